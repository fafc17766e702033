package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.bus.RecordPlan;
import dev.sluice.bus.RecordStart;
import dev.sluice.bus.Topics;
import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.Holes;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Recorded;
import dev.sluice.testing.Script;
import dev.sluice.testing.ServedConnection;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/** One room whose stream breaks in one way at one place, and comes back. */
final class CaptureCase {
  private static final Duration GOOD = Duration.ofMillis(800);

  private final CaptureFault fault;
  private final CutPlace place;
  private final LiveSource source;
  private final Recorder recorder;
  private final int connections;
  private Future<RecordAnswer> asked;

  CaptureCase(
      CaptureFault fault,
      CutPlace place,
      Broadcast live,
      Random random,
      LiveSource source,
      Recorder recorder) {
    this.fault = fault;
    this.place = place;
    this.source = source;
    this.recorder = recorder;
    List<Script> scripts = new ArrayList<>();
    if (place.isInOpening()) {
      scripts.add(Script.join(live).live(GOOD).fin());
    }
    scripts.addAll(fault.scripts(place, live, random));
    scripts.add(Script.join(live).live(GOOD).fin());
    connections = scripts.size();
    scripts.add(Script.status(404));
    source.on(path(), scripts.toArray(Script[]::new));
  }

  private String name() {
    return fault + "-" + place;
  }

  private String path() {
    return "/" + name();
  }

  void start() {
    RecordStart plain = recorder.job(source.uri(path()), true);
    RecordPlan plan = recorder.plan();
    RecordPlan own =
        new RecordPlan(
            plan.root(),
            name(),
            "{name}/{part:000}",
            plan.container(),
            plan.splitEvery(),
            plan.splitSize(),
            plan.grace(),
            plan.stallTimeout(),
            plan.targets());
    RecordStart job =
        new RecordStart(
            plain.room(), plain.link(), plain.question(), true, own, plain.connection());
    asked = Topics.RECORD_START.request(recorder.vertx, job, RecordAnswer.class, Recorder.LIMIT);
  }

  /** Waits until all has happened, then ends the recording and compares; holds what was missing. */
  long finish(Path root) {
    RecordAnswer answer = Recorder.join(asked);
    assertEquals(Outcome.STARTED, answer.outcome(), this::toString);
    Await.until(
        Recorder.LIMIT,
        this::toString,
        () -> served().size() > connections || recorder.hasEnded(answer));
    recorder.stop(answer, EndCause.STOPPED);
    assertEquals(EndCause.STOPPED, recorder.awaitEnd(answer).cause(), this::toString);

    Recorded recorded = new Recorded(root.resolve(name()));
    recorded.assertHolds(source.framesOnce(path()));
    Holes holes = Holes.between(source.framesOnce(path()));
    holes.assertTold(recorded.coverage());
    assertEquals(1, recorded.media().size(), "files");
    assertEquals(2, recorded.files("").size(), () -> "left over: " + recorded.files(""));
    assertEquals(1, source.mostOpen(path()), "connections at a time");
    return holes.sumMs();
  }

  /** How long after an end the source was asked again; nothing for faults of other kinds. */
  OptionalLong reconnectMs() {
    ServedConnection next = served().get(brokenAt() + 1);
    return fault == CaptureFault.RESET || fault == CaptureFault.CLOSED
        ? OptionalLong.of((next.beganNanos() - broken().endedNanos()) / 1_000_000)
        : OptionalLong.empty();
  }

  /** How long a silence was borne; nothing for faults of other kinds, or if nothing was sent. */
  OptionalLong silenceMs() {
    return fault == CaptureFault.STALLED && broken().bytesSent() > 0
        ? OptionalLong.of((broken().endedNanos() - broken().sentNanos()) / 1_000_000)
        : OptionalLong.empty();
  }

  private int brokenAt() {
    return place.isInOpening() ? 1 : 0;
  }

  private ServedConnection broken() {
    return served().get(brokenAt());
  }

  private List<ServedConnection> served() {
    return source.connections(path());
  }

  @Override
  public String toString() {
    List<ServedConnection> served = served();
    return name() + ": " + served.subList(0, Math.min(served.size(), connections + 1));
  }
}
