package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.bus.RecordPlan;
import dev.sluice.bus.RecordPlanChange;
import dev.sluice.bus.RecordStart;
import dev.sluice.bus.RecordingEnded;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.RecordingRow;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.settings.Connection;
import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Script;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** An attempt that fails ends, says why, and leaves the room free and the ledger true. */
class RecorderFailureTest extends RecorderCase {
  private static final String USUAL = "{name} {part:000}";

  /** Makes the recorder throw what it does not expect. */
  private static final String BROKEN = null;

  @Test
  void anythingUnforeseenEndsTheAttemptAndGivesTheRoomBack() {
    onAir();

    RecordAnswer answer = recorder.ask(job(source.uri(PATH), BROKEN));

    assertEquals(Outcome.STARTED, answer.outcome());
    RecordingEnded end = recorder.awaitEnd(answer);
    assertEquals(EndCause.FAILED, end.cause());
    assertEquals("failed", end.reason().key());
    assertEquals(List.of(), recorder.leftovers());
    assertEquals(List.of(), open());
    assertEquals(Outcome.STARTED, recorder.start(source.uri(PATH)).outcome(), "the room is free");
  }

  @Test
  void whatWasRecordedBeforeSomethingUnforeseenStays() {
    onAir();
    RecordAnswer answer = recorder.start(source.uri(PATH));
    awaitDuration(1000);
    RecordPlan broken = plan(BROKEN);
    Topics.RECORD_PLAN.send(
        recorder.vertx, new RecordPlanChange(answer.room(), broken, Connection.PLAIN));
    recorder.cut(answer);

    assertEquals(EndCause.FAILED, recorder.awaitEnd(answer).cause());
    assertEquals(1, recorder.files().size());
    assertEquals(List.of(), recorder.walk(".part"));
    assertEquals(List.of(), open());
    assertTimeoutPreemptively(Duration.ofSeconds(10), recorder::shutDown);
  }

  @Test
  void anErrorWhileTheFileIsClosedEndsTheAttemptTooAndGivesTheRoomBack() throws IOException {
    onAir();
    FailingLedger failing = new FailingLedger(recorder.ledger);
    Path other = Files.createDirectory(root.resolve("other"));
    try (Recorder second = new Recorder(other, failing)) {
      RecordAnswer answer = second.start(source.uri(PATH));
      Await.until(Recorder.LIMIT, "a part is there", () -> !second.walk(".part").isEmpty());
      failing.broken = true;
      second.stop(answer, EndCause.STOPPED);
      assertEquals(EndCause.DISK, second.awaitEnd(answer).cause());
      failing.broken = false;
      assertEquals(Outcome.STARTED, second.start(source.uri(PATH)).outcome(), "the room is free");
      assertTimeoutPreemptively(Duration.ofSeconds(10), second::shutDown);
    }
  }

  /** A ledger whose calls end in an error of the machine when it is told so. */
  private static final class FailingLedger implements Ledger {
    private final Ledger inner;
    private volatile boolean broken;

    FailingLedger(Ledger inner) {
      this.inner = inner;
    }

    @Override
    public <T> CompletableFuture<T> call(Function<Rows, T> work) {
      if (broken) {
        throw new OutOfMemoryError("as the test has it");
      }
      return inner.call(work);
    }

    @Override
    public void close() {}
  }

  @Test
  void aFolderThatCannotBeWrittenLeavesNothingHoweverOftenItIsTried() throws IOException {
    onAir();
    Path blocked = Files.createFile(root.resolve("blocked"));
    long recording = 0;
    for (int attempt = 1; attempt <= 3; attempt++) {
      RecordAnswer answer = recorder.ask(job(source.uri(PATH), "blocked/" + USUAL));
      RecordingEnded end = recorder.awaitEnd(answer);
      assertEquals(EndCause.DISK, end.cause());
      assertEquals(List.of(), open());
      assertEquals(List.of(blocked), recorder.leftovers());
      recording = end.recording();
    }

    Files.delete(blocked);
    RecordAnswer answer = recorder.ask(job(source.uri(PATH), "blocked/" + USUAL));
    awaitDuration(200);
    recorder.stop(answer, EndCause.STOPPED);
    assertEquals(recording, recorder.awaitEnd(answer).recording(), "the same broadcast");
    assertEquals(1, recorder.files().size());
  }

  @Test
  void aProxyThatRefusesSaysNothingOfTheRoom() {
    source.on(PATH, Script.status(404));
    URI given = source.uri(PATH);
    source.refuse();
    RecordAnswer refused = recorder.start(given);
    assertEquals(Outcome.OFFLINE, refused.outcome(), "refused by the room itself");
    recorder.awaitEnd(refused);
    for (String scheme : List.of("http", "socks5")) {
      URI proxy = URI.create(scheme + "://127.0.0.1:" + source.port());
      Optional<URI> through = Optional.of(proxy);
      Connection connection =
          new Connection(Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), through);
      RecordStart plain = job(given, USUAL);
      RecordAnswer answer =
          recorder.ask(
              new RecordStart(
                  plain.room(), plain.link(), plain.question(), true, plain.plan(), connection));
      assertEquals(Outcome.UNKNOWN, answer.outcome(), scheme);
      recorder.awaitEnd(answer);
    }
    source.accept();
  }

  @Test
  void aCodecThatCannotBeKeptEndsTheRecordingInOrder() {
    List<FlvTag> tags = new ArrayList<>(FlvTags.read(FlvSamples.avcAac(Duration.ofSeconds(4))));
    FlvTag last = tags.get(tags.size() - 1);
    // A key frame of On2 VP6.
    tags.add(new FlvTag(FlvTag.VIDEO, last.timestamp() + 40, new byte[] {0x14, 0, 1, 2, 3}));
    source.on(PATH, Script.flv().tags(tags).stall());

    RecordAnswer answer = recorder.start(source.uri(PATH));

    assertEquals(Outcome.STARTED, answer.outcome());
    RecordingEnded end = recorder.awaitEnd(answer);
    assertEquals(EndCause.REFUSED, end.cause());
    assertEquals("refused.codec", end.reason().key());
    assertEquals(1, source.connections(PATH).size(), "it is not asked again");
    assertEquals(1, recorder.files().size());
    assertEquals(List.of(), recorder.walk(".part"));
    assertTrue(recording(end.recording()).endedAt().isPresent());
  }

  @Test
  void aSourceThatSendsLittleAndClosesIsNotAskedWithoutAPause() {
    Broadcast broadcast = onAir();
    source.on(PATH, Script.join(broadcast).live(Duration.ofMillis(40)).fin());
    Duration watched = Duration.ofSeconds(3);
    long begin = System.nanoTime();
    RecordAnswer answer = recorder.start(source.uri(PATH));
    Await.until(Recorder.LIMIT, "3 s", () -> System.nanoTime() - begin > watched.toNanos());
    int asked = source.connections(PATH).size();
    recorder.stop(answer, EndCause.STOPPED);
    recorder.awaitEnd(answer);
    assertTrue(asked > 2 && asked <= 5 * watched.toSeconds(), asked + " connections");
  }

  @Test
  void theAddressStandsInNoFileThatIsDelivered() throws IOException {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(4));
    source.on(PATH, Script.flv().tags(FlvTags.read(sample)).fin(), Script.status(404));
    recorder.awaitEnd(recorder.start(source.uri(PATH + "?token=s3cret")));
    Path coverage = recorder.walk(".coverage.json").get(0);
    String text = Files.readString(coverage);
    assertFalse(text.contains("s3cret"), text);
    assertFalse(text.contains("token"), text);
  }

  @Test
  void theLastByteWasWhenItCameAndNotWhenTheAttemptEnded() {
    Broadcast broadcast = onAir();
    source.on(PATH, Script.join(broadcast).live(Duration.ofSeconds(1)).fin(), Script.status(503));
    recorder.grace = Duration.ofMinutes(1);
    RecordAnswer answer = recorder.start(source.uri(PATH));
    Await.until(Recorder.LIMIT, "the source refuses", () -> source.connections(PATH).size() >= 3);
    Instant silent = Instant.now();
    Await.until(
        Recorder.LIMIT,
        "2 s go by",
        () -> Duration.between(silent, Instant.now()).toMillis() > 2000);

    recorder.shutDown();

    RecordingEnded end = recorder.awaitEnd(answer);
    Instant lastByte = recording(end.recording()).lastByteAt();
    assertFalse(lastByte.isAfter(silent), lastByte + " is after " + silent);
  }

  private Broadcast onAir() {
    Broadcast broadcast =
        Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(8), 25, Duration.ofSeconds(1), 200));
    source.on(PATH, Script.live(broadcast.onAir()));
    return broadcast;
  }

  private void awaitDuration(long ms) {
    Await.until(
        Recorder.LIMIT,
        ms + " ms are recorded",
        () -> recorder.progress.stream().anyMatch(p -> p.durationMs() > ms));
  }

  private RecordPlan plan(String template) {
    RecordPlan usual = recorder.plan();
    return new RecordPlan(
        usual.root(),
        usual.roomName(),
        template,
        usual.container(),
        usual.splitEvery(),
        usual.splitSize(),
        usual.grace(),
        usual.stallTimeout(),
        usual.targets());
  }

  private RecordStart job(URI link, String template) {
    RecordStart usual = recorder.job(link, true);
    return new RecordStart(
        usual.room(), usual.link(), usual.question(), true, plan(template), usual.connection());
  }

  private List<SegmentRow> open() {
    return recorder.ledger.call(rows -> rows.segmentsIn(SegmentRow.State.OPEN)).join();
  }

  private RecordingRow recording(long id) {
    return recorder.ledger.call(rows -> rows.recording(id)).join().orElseThrow();
  }
}
