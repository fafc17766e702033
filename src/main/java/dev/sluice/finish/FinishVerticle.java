package dev.sluice.finish;

import dev.sluice.bus.SegmentNews;
import dev.sluice.bus.Topics;
import dev.sluice.file.PlainMp4;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.room.Container;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes closed segments ready for delivery: an MP4 in fragments becomes a plain one, in its place,
 * and every CLOSED row READY. What goes wrong with a file does not hold it up: it is delivered as
 * it was recorded. Rows whose hint was lost are found by looking again from time to time.
 */
public final class FinishVerticle extends VerticleBase {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(FinishVerticle.class);

  private final Ledger ledger;
  private final Duration lookEvery;

  /** One thread a disk: one that hangs holds up its own files only. */
  private final Map<Path, WorkerExecutor> disks = new HashMap<>();

  private final Set<Long> working = new HashSet<>();
  private boolean looking;
  private boolean lookAgain;

  public FinishVerticle(Ledger ledger) {
    this(ledger, LOOK_EVERY);
  }

  FinishVerticle(Ledger ledger, Duration lookEvery) {
    this.ledger = ledger;
    this.lookEvery = lookEvery;
  }

  @Override
  public Future<?> start() {
    Topics.SEGMENT.consume(vertx, this::onSegment);
    vertx.setPeriodic(lookEvery.toMillis(), timer -> look());
    look();
    return Future.succeededFuture();
  }

  private void onSegment(SegmentNews news) {
    if (news.what() == SegmentNews.What.CLOSED) {
      look();
    }
  }

  /** One look at a time; a hint that comes meanwhile makes another follow. */
  private void look() {
    lookAgain = looking;
    if (looking) {
      return;
    }
    looking = true;
    Future.fromCompletionStage(
            ledger.call(rows -> rows.segmentsIn(SegmentRow.State.CLOSED)), context)
        .onSuccess(this::finish)
        .onFailure(e -> LOG.warn("closed segments cannot be made ready: {}", e.getMessage()))
        .onComplete(ready -> looked());
  }

  private void looked() {
    looking = false;
    if (lookAgain) {
      look();
    }
  }

  private void finish(List<SegmentRow> closed) {
    List<SegmentRow> asTheyAre =
        closed.stream().filter(row -> !row.file().endsWith(Container.MP4.ending())).toList();
    if (!asTheyAre.isEmpty()) {
      makeReady(asTheyAre);
    }
    for (SegmentRow row : closed) {
      if (!asTheyAre.contains(row) && working.add(row.id())) {
        disk(row.root())
            .executeBlocking(() -> makePlain(row), false)
            .compose(done -> makeReady(List.of(row)))
            .onComplete(done -> working.remove(row.id()));
      }
    }
  }

  private WorkerExecutor disk(Path root) {
    return disks.computeIfAbsent(
        root, path -> vertx.createSharedWorkerExecutor("finish " + path, 1, 1, TimeUnit.HOURS));
  }

  private static Void makePlain(SegmentRow row) throws ClosedByInterruptException {
    try {
      PlainMp4.Outcome outcome = PlainMp4.make(row.path(), row.videoFrames(), row.audioFrames());
      switch (outcome) {
        case NO_ROOM ->
            LOG.info("{} stays in fragments: it is too long to be made plain", row.file());
        case DIFFERS ->
            LOG.warn("{} stays in fragments: it does not hold what was counted", row.file());
        default -> {}
      }
    } catch (ClosedByInterruptException e) {
      // The program ends; it is done at the next start.
      throw e;
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "{} could not be made a plain MP4 and stays in fragments: {}", row.file(), e.toString());
    }
    return null;
  }

  private Future<Void> makeReady(List<SegmentRow> closed) {
    return Future.fromCompletionStage(
            ledger.call(
                rows -> {
                  closed.forEach(row -> rows.segmentReady(row.id()));
                  return closed;
                }),
            context)
        .onSuccess(ready -> ready.forEach(row -> Topics.SEGMENT.publish(vertx, news(row))))
        .onFailure(e -> LOG.warn("closed segments cannot be made ready: {}", e.getMessage()))
        .mapEmpty();
  }

  private static SegmentNews news(SegmentRow row) {
    return new SegmentNews(
        row.room(),
        row.epoch(),
        row.recording(),
        row.id(),
        row.index(),
        row.file(),
        row.bytes(),
        SegmentNews.What.READY);
  }
}
