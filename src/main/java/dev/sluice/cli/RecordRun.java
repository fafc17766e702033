package dev.sluice.cli;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.bus.RecordPlan;
import dev.sluice.bus.RecordStart;
import dev.sluice.bus.RecordStop;
import dev.sluice.bus.RecordingEnded;
import dev.sluice.bus.RecordingProgress;
import dev.sluice.bus.SegmentNews;
import dev.sluice.bus.Topics;
import dev.sluice.platform.Platform.Identity;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import dev.sluice.settings.Connection;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** One run of {@code sluice record}: asks for a recorder per room and waits until all are over. */
final class RecordRun extends VerticleBase {
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(12);
  private static final long LOOK_AGAIN_MS = 2000;

  private final Map<Identity, String> rooms;
  private final Function<String, RecordPlan> plan;
  private final Connection connection;
  private final boolean wait;
  private final Printer printer;
  private final Map<RoomKey, Run> running = new LinkedHashMap<>();
  private final CompletableFuture<Integer> finished = new CompletableFuture<>();
  private long questions;
  private volatile boolean stopping;
  private boolean failed;

  /** A room that is not over yet. */
  private static final class Run {
    private final Identity identity;
    private final String link;
    private long question;
    private boolean open;
    private Reason notLive;

    Run(Identity identity, String link) {
      this.identity = identity;
      this.link = link;
    }
  }

  RecordRun(
      Map<Identity, String> rooms,
      Function<String, RecordPlan> plan,
      Connection connection,
      boolean wait,
      Printer printer) {
    this.rooms = rooms;
    this.plan = plan;
    this.connection = connection;
    this.wait = wait;
    this.printer = printer;
  }

  /** Completes with the exit code. */
  CompletableFuture<Integer> finished() {
    return finished;
  }

  /** Stops every recording and waits until the files are closed. From a plain thread. */
  void stop(Duration limit) {
    stopping = true;
    // Without a context it is not deployed yet, and start() will see the flag.
    if (context != null) {
      context.runOnContext(v -> endAll());
    }
    try {
      finished.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      System.err.println("sluice: not every file could be closed in time");
    }
  }

  private void endAll() {
    for (Run run : Map.copyOf(running).values()) {
      if (run.open) {
        Topics.RECORD_STOP.send(
            vertx, new RecordStop(run.identity.key(), run.question, EndCause.STOPPED));
      } else {
        over(run);
      }
    }
  }

  @Override
  public Future<?> start() {
    Topics.RECORDING_ENDED.consume(vertx, this::onEnded);
    Topics.RECORDING_PROGRESS.consume(vertx, this::onProgress);
    Topics.SEGMENT.consume(vertx, this::onSegment);
    rooms.forEach((identity, link) -> running.put(identity.key(), new Run(identity, link)));
    new HashMap<>(running).values().forEach(this::ask);
    if (stopping) {
      endAll();
    }
    return Future.succeededFuture();
  }

  private void ask(Run run) {
    if (stopping || !running.containsValue(run)) {
      return;
    }
    run.question = ++questions;
    run.open = true;
    RecordStart job =
        new RecordStart(
            run.identity.key(),
            run.link,
            run.question,
            true,
            plan.apply(run.identity.name()),
            connection);
    Topics.RECORD_START
        .request(vertx, job, RecordAnswer.class, ANSWER_WITHIN)
        .onSuccess(answer -> onAnswer(run, answer))
        .onFailure(
            failure -> {
              run.notLive = Reason.of("failed", "no answer of the recorder");
              run.open = false;
              notLive(run);
            });
  }

  private void onAnswer(Run run, RecordAnswer answer) {
    if (answer.outcome() == RecordAnswer.Outcome.STARTED) {
      run.notLive = null;
      printer.live(run.identity, answer.epoch());
    } else {
      run.notLive = answer.reason();
    }
  }

  private void onEnded(RecordingEnded end) {
    Run run = running.get(end.room());
    if (run == null || run.question != end.question()) {
      return;
    }
    run.open = false;
    if (end.epoch() == 0) {
      run.notLive = end.reason();
      notLive(run);
      return;
    }
    boolean bad = end.cause() != EndCause.OVER && end.cause() != EndCause.STOPPED;
    failed |= bad;
    printer.ended(run.identity, end.cause(), end.reason());
    over(run);
  }

  private void notLive(Run run) {
    if (stopping) {
      over(run);
    } else if (wait) {
      printer.waiting(run.identity, run.notLive);
      vertx.setTimer(LOOK_AGAIN_MS, id -> ask(run));
    } else {
      failed = true;
      printer.notLive(run.identity, run.notLive);
      over(run);
    }
  }

  private void over(Run run) {
    running.remove(run.identity.key());
    if (running.isEmpty()) {
      printer.done();
      finished.complete(failed ? Main.FAILED : Main.OK);
    }
  }

  private void onProgress(RecordingProgress progress) {
    Run run = running.get(progress.room());
    if (run != null) {
      printer.progress(run.identity, progress);
    }
  }

  private void onSegment(SegmentNews news) {
    Run run = running.get(news.room());
    if (run != null && news.what() != SegmentNews.What.READY) {
      printer.segment(run.identity, news);
    }
  }
}
