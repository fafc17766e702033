package dev.sluice.finish;

import dev.sluice.bus.SegmentNews;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.SegmentRow;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes closed segments ready for delivery. There is nothing to convert yet, so every CLOSED row
 * becomes READY; rows whose hint was lost are found by looking again from time to time.
 */
public final class FinishVerticle extends VerticleBase {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(FinishVerticle.class);

  private final Ledger ledger;
  private final Duration lookEvery;
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
    Future.fromCompletionStage(ledger.call(FinishVerticle::makeReady), context)
        .onSuccess(ready -> ready.forEach(row -> Topics.SEGMENT.publish(vertx, news(row))))
        .onFailure(e -> LOG.warn("closed segments cannot be made ready: {}", e.getMessage()))
        .onComplete(ready -> looked());
  }

  private void looked() {
    looking = false;
    if (lookAgain) {
      look();
    }
  }

  private static List<SegmentRow> makeReady(Ledger.Rows rows) {
    List<SegmentRow> closed = rows.segmentsIn(SegmentRow.State.CLOSED);
    closed.forEach(row -> rows.segmentReady(row.id()));
    return closed;
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
