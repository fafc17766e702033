package dev.sluice.record;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.bus.RecordPlan;
import dev.sluice.bus.RecordStart;
import dev.sluice.bus.SourceNews;
import dev.sluice.bus.Topics;
import dev.sluice.media.flv.FlvException;
import dev.sluice.media.flv.FlvRecording;
import dev.sluice.net.StreamClient.Answer;
import dev.sluice.room.Reason;
import dev.sluice.settings.Connection;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one recorder of a room: opens the link, answers whether it is live, and writes until the
 * broadcast is over. A worker verticle on its disk root's pool: what blocks here blocks only rooms
 * of that root, and reaches the socket as back-pressure.
 */
final class RecorderVerticle extends VerticleBase implements Leg.Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(RecorderVerticle.class);

  private enum Phase {
    /** No media yet. */
    ASKING,
    RECORDING,
    ENDED
  }

  private static final long CLOSE_SECONDS = 5;
  private static final Reason STOPPED = Reason.of("stopped", "stopped");

  private final RecordStart job;
  private final RecordTools tools;
  private final Recorders recorders;
  private final RecordingWriter writer;
  private final FlvRecording recording;
  private final Progress progress = new Progress();
  private final ReconnectPolicy policy;
  private volatile RecordPlan plan;
  private volatile Connection connection;
  private volatile EndCause stop;
  private volatile boolean turnAsked;
  private volatile Leg leg;
  private volatile Phase phase = Phase.ASKING;
  private Optional<FlvException> refusal = Optional.empty();
  private long newFrames;
  private final Promise<Void> over = Promise.promise();

  RecorderVerticle(
      RecordStart job,
      RecordTools tools,
      DiskRoot root,
      RecordingWriter.Listener files,
      Recorders recorders) {
    this.job = job;
    this.tools = tools;
    this.recorders = recorders;
    this.plan = job.plan();
    this.connection = job.connection();
    this.writer = new RecordingWriter(job.room(), root, tools.ledger(), () -> plan, files);
    this.recording = new FlvRecording(writer, this::goLive);
    this.policy =
        new ReconnectPolicy(plan.grace().toMillis(), plan.stallTimeout().toMillis(), now());
  }

  @Override
  public Future<?> start() {
    context.runOnContext(v -> guarded(this::prepare));
    return Future.succeededFuture();
  }

  RecordStart job() {
    return job;
  }

  Progress progress() {
    return progress;
  }

  long epoch() {
    return progress.epoch();
  }

  boolean isRecording() {
    return phase == Phase.RECORDING;
  }

  /**
   * New values: times from now on, names and limits from the next segment, the way to connect from
   * the next connection. From any thread.
   */
  void plan(RecordPlan next, Connection nextConnection) {
    plan = next;
    connection = nextConnection;
    onContext(() -> policy.limits(next.grace().toMillis(), next.stallTimeout().toMillis()));
  }

  /** From any thread. */
  void cut() {
    onContext(recording::requestCut);
  }

  /** Ends the attempt; the first cause counts. From any thread. */
  void stop(EndCause cause) {
    if (stop == null) {
      stop = cause;
    }
    onContext(() -> end(stop, STOPPED));
  }

  /** A parent that is undeployed undeploys its children first: the files are closed here, too. */
  @Override
  public Future<?> stop() {
    stop(EndCause.SHUTDOWN);
    return over.future();
  }

  /** Before the deployment there is no context yet; then {@link #connect} sees the stop flag. */
  private void onContext(Runnable work) {
    Context deployed = context;
    if (deployed != null) {
      deployed.runOnContext(v -> guarded(work::run));
    }
  }

  /**
   * Called once a second from elsewhere: closes a connection that brings nothing. While our own
   * threads have not come to the turn that was asked for last time, the disk is slow and not the
   * source.
   */
  void watch() {
    // Before the deployment nobody would take the turn, and it would be asked for but once.
    if (turnAsked || context == null) {
      return;
    }
    Leg current = leg;
    if (current != null) {
      current.watch(plan.stallTimeout().toMillis(), progress.grewSinceAsked());
    }
    turnAsked = true;
    onContext(() -> turnAsked = false);
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }

  /** Something that may fail in any way: then the attempt ends, and says so. */
  private interface Work {
    void run() throws IOException;
  }

  private void guarded(Work work) {
    try {
      work.run();
    } catch (UncheckedIOException e) {
      fail(e.getCause());
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException | Error e) {
      LOG.atError()
          .addKeyValue("room", job.room().publicId())
          .setCause(e)
          .log("{}: the recorder failed", job.plan().roomName());
      end(EndCause.FAILED, Reason.of("failed", "detail", e.toString(), e.toString()));
    }
  }

  private void prepare() throws IOException {
    writer.prepare(recording, job.wanted(), now());
    connect();
  }

  private void connect() {
    if (phase == Phase.ENDED) {
      return;
    }
    if (stop != null) {
      end(stop, STOPPED);
      return;
    }
    tools
        .platforms()
        .named(job.room().platform())
        .source(job.link(), connection)
        .compose(source -> tools.client().open(source.address(), source.connection()))
        .onSuccess(answer -> guarded(() -> answered(answer)))
        .onFailure(failure -> guarded(() -> unanswered(failure)));
  }

  private void answered(Answer answer) {
    tell(new SourceNews.Asked(job.room(), answer.status()));
    if (phase == Phase.ENDED || stop != null) {
      new Leg(answer, this).drop();
    } else if (answer.status() == 200) {
      recording.legStarted(now());
      policy.legOpened(now());
      Leg fresh = new Leg(answer, this);
      leg = fresh;
      fresh.begin();
    } else {
      Finding finding = Finding.ofStatus(answer);
      notLive(finding, finding.isOffline() ? policy.offline(now()) : policy.unclear(now()));
    }
  }

  private void unanswered(Throwable failure) {
    tell(new SourceNews.Asked(job.room(), 0));
    if (phase == Phase.ENDED) {
      return;
    }
    Finding finding = Finding.ofNoAnswer(failure);
    notLive(finding, finding.isOffline() ? policy.offline(now()) : policy.silent(now()));
  }

  private void tell(SourceNews news) {
    Topics.SOURCE.publish(vertx, news);
  }

  private void notLive(Finding finding, ReconnectPolicy.Next next) {
    if (phase == Phase.ASKING) {
      answerAndEnd(finding.outcome(), finding.reason());
    } else {
      act(next);
    }
  }

  private void act(ReconnectPolicy.Next next) {
    if (next instanceof ReconnectPolicy.Next.Over over) {
      end(over.cause(), over.reason());
    } else if (next instanceof ReconnectPolicy.Next.Again again) {
      if (again.delayMs() <= 0) {
        connect();
      } else {
        vertx.setTimer(again.delayMs(), id -> guarded(this::connect));
      }
    }
  }

  @Override
  public void bytes(Leg from, ByteBuffer bytes) {
    if (phase == Phase.ENDED) {
      return;
    }
    progress.received(bytes.remaining());
    guarded(() -> take(from, bytes));
  }

  private void take(Leg from, ByteBuffer bytes) throws IOException {
    long now = now();
    try {
      recording.accept(bytes, now);
      writer.flush();
    } catch (FlvException e) {
      writer.flush();
      refused(from, e);
      return;
    }
    if (phase == Phase.ENDED) {
      return;
    }
    if (recording.newFrames() > newFrames) {
      newFrames = recording.newFrames();
      progress.grew();
      policy.newMedia(now);
    } else if (hasBegun() && policy.isExhausted(now)) {
      end(EndCause.OVER, Reason.of("no_new_media", "the link answers, but nothing new comes"));
    }
    progress.update(writer, recording);
  }

  /** Frames before the first key frame are nothing new, and yet no sign of an end. */
  private boolean hasBegun() {
    return newFrames > 0 || recording.duplicates() > 0;
  }

  private void refused(Leg from, FlvException e) {
    if (phase == Phase.RECORDING && e.kind() == FlvException.Kind.CODEC) {
      end(EndCause.REFUSED, Finding.of(e, recording.head()).reason());
      return;
    }
    refusal = Optional.of(e);
    from.drop();
    legEnded(from, "broken stream");
  }

  /** The first frame is here, and not yet taken. */
  private void goLive() {
    try {
      if (!job.wanted()) {
        answerAndEnd(Outcome.LIVE, Reason.of("live", "live"));
        return;
      }
      Optional<Long> epoch = writer.begin();
      if (epoch.isEmpty()) {
        answerAndEnd(Outcome.REFUSED, LOCKED);
        return;
      }
      progress.began(epoch.get(), writer.recording());
      phase = Phase.RECORDING;
      recorders.answered(this, Outcome.STARTED, Reason.of("recording", "recording"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static final Reason LOCKED =
      Reason.of(
          "refused.locked", "another program records this room into the same recordings folder");

  @Override
  public void legEnded(Leg ended, String cause) {
    leg = null;
    progress.lineDown();
    if (phase == Phase.ENDED || stop != null) {
      return;
    }
    guarded(() -> afterLeg(cause));
  }

  private void afterLeg(String cause) throws IOException {
    recording.legEnded(cause);
    writer.flush();
    progress.update(writer, recording);
    if (phase == Phase.ASKING) {
      Finding finding =
          Finding.of(cause.equals(Leg.STALLED), plan.stallTimeout(), refusal, recording.head());
      answerAndEnd(finding.outcome(), finding.reason());
    } else {
      tell(new SourceNews.Lost(job.room(), cause));
      act(policy.legEnded(now()));
    }
  }

  private void answerAndEnd(Outcome outcome, Reason reason) {
    recording.stop();
    phase = Phase.ENDED;
    recorders.answered(this, outcome, reason);
    // Events of an open connection would come to a verticle that is gone.
    dropLeg().onComplete(closed -> tellEnd(EndCause.OVER, reason));
  }

  /** A file or the ledger failed: nothing more can be written by this attempt. */
  private void fail(IOException e) {
    LOG.atError()
        .addKeyValue("room", job.room().publicId())
        .log("{}: {}", job.plan().roomName(), e.toString());
    end(EndCause.DISK, Reason.of("failed", "detail", String.valueOf(e.getMessage()), e.toString()));
  }

  private void end(EndCause cause, Reason reason) {
    if (phase == Phase.ENDED) {
      return;
    }
    boolean asking = phase == Phase.ASKING;
    phase = Phase.ENDED;
    Future<Void> dropped = dropLeg();
    Optional<String> trouble = new Closing(recording, writer).close(cause);
    progress.update(writer, recording);
    if (asking) {
      recorders.answered(this, Outcome.UNKNOWN, reason);
    }
    EndCause finalCause = trouble.isPresent() ? EndCause.DISK : cause;
    Reason finalReason =
        trouble
            .map(text -> Reason.of("failed", "detail", text, "closing failed: " + text))
            .orElse(reason);
    dropped.onComplete(closed -> tellEnd(finalCause, finalReason));
  }

  /**
   * On our own thread, whoever closed the connection: Vert.x interrupts the thread of a worker's
   * last task when it closes the context (seen with 5.2.0). Told from another thread that comes
   * late, when the thread writes the file of another room.
   */
  private void tellEnd(EndCause cause, Reason reason) {
    context.runOnContext(
        v -> {
          recorders.ended(this, cause, reason);
          over.complete();
        });
  }

  private Future<Void> dropLeg() {
    Leg current = leg;
    leg = null;
    progress.lineDown();
    return current == null
        ? Future.succeededFuture()
        : current.drop().timeout(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
