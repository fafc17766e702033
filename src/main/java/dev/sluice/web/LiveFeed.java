package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.DeliveryNews;
import dev.sluice.bus.DisposalNews;
import dev.sluice.bus.RecordingEnded;
import dev.sluice.bus.RecordingProgress;
import dev.sluice.bus.RoomStatus;
import dev.sluice.bus.SegmentNews;
import dev.sluice.bus.SettingsChanged;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.Ledger;
import dev.sluice.room.RoomKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the live view up to date. Messages are hints: rows are read after them, at most once a
 * second, and everything is read again once a minute in case a message was lost.
 */
final class LiveFeed {
  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
  private static final int TICKS_BETWEEN_FULL_READS = 60;

  /** More deliveries than this at once are read by a full read. */
  private static final int MAX_DIRTY = 1000;

  private final Vertx vertx;
  private final Ledger ledger;
  private final Siblings siblings;
  private final LiveView view;

  private final RateHistory rates = new RateHistory();
  private final Set<Long> dirtyDeliveries = new HashSet<>();
  private final Set<RoomKey> dirtyRooms = new HashSet<>();
  private boolean newDeliveries;
  private boolean everything = true;
  private boolean order;
  private boolean reading;
  private int ticks;

  LiveFeed(Vertx vertx, Ledger ledger, Siblings siblings, LiveView view) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.siblings = siblings;
    this.view = view;
  }

  /** Listens from now on, and reads what is there. */
  Future<Void> start() {
    Topics.ROOM_STATUS.consume(vertx, this::onStatus);
    Topics.RECORDING_PROGRESS.consume(vertx, this::onProgress);
    Topics.RECORDING_ENDED.consume(vertx, this::onEnded);
    Topics.SEGMENT.consume(vertx, this::onSegment);
    Topics.DELIVERY.consume(vertx, this::onDelivery);
    Topics.STORAGE_GATE.consume(vertx, view::take);
    Topics.DISPOSAL.consume(vertx, this::onDisposal);
    Topics.NOTICES.consume(vertx, view::take);
    Topics.SETTINGS_CHANGED.consume(vertx, this::onSettings);
    siblings.notices().onSuccess(view::take);
    return refreshRooms().otherwiseEmpty().compose(v -> read()).otherwiseEmpty();
  }

  /** Asks for all rooms; fails with a {@link Refusal} when nobody answers. */
  Future<Void> refreshRooms() {
    return siblings
        .rooms()
        .map(
            all -> {
              order = false;
              all.stream()
                  .filter(status -> view.room(status.id()).isEmpty())
                  .forEach(status -> dirtyRooms.add(status.key()));
              view.take(all);
              return null;
            });
  }

  /** To be called once a second. */
  void tick() {
    if (++ticks % TICKS_BETWEEN_FULL_READS == 0) {
      everything = true;
      order = true;
    }
    if (order) {
      order = false;
      refreshRooms().onFailure(failure -> order = true);
    }
    if (!reading) {
      read();
    }
  }

  private void onProgress(RecordingProgress progress) {
    view.take(progress);
    rates.take(progress, System.nanoTime() / 1_000_000);
  }

  /** How fast a room received and wrote of late, as the API shows it. */
  ObjectNode rates(String id) {
    return rates.json(id, System.nanoTime() / 1_000_000);
  }

  private void onStatus(RoomStatus status) {
    if (!status.removed() && view.room(status.id()).isEmpty()) {
      dirtyRooms.add(status.key());
      order = true;
    }
    view.take(status);
  }

  /** What is not delivered goes with its recording, and comes back with it. */
  private void onDisposal(DisposalNews news) {
    view.touched(news.recording());
    everything = true;
  }

  private void onSettings(SettingsChanged change) {
    order = true;
  }

  private void onEnded(RecordingEnded end) {
    view.take(end);
    newDeliveries = true;
    dirtyRooms.add(end.room());
  }

  private void onSegment(SegmentNews news) {
    view.touched(news.recording());
    if (news.what() != SegmentNews.What.OPENED) {
      newDeliveries = true;
      dirtyRooms.add(news.room());
    }
  }

  private void onDelivery(DeliveryNews news) {
    if (view.take(news)) {
      everything |= dirtyDeliveries.size() >= MAX_DIRTY;
      if (!everything) {
        dirtyDeliveries.add(news.delivery());
      }
    }
  }

  private Future<Void> read() {
    LedgerNews.Wanted wanted = wanted();
    if (wanted.isNothing()) {
      return Future.succeededFuture();
    }
    reading = true;
    return Future.fromCompletionStage(
            ledger.call(rows -> LedgerNews.read(rows, wanted)), vertx.getOrCreateContext())
        .onComplete(done -> reading = false)
        .onFailure(failure -> again(wanted, failure))
        .map(
            news -> {
              take(news);
              return null;
            });
  }

  private LedgerNews.Wanted wanted() {
    Set<Long> recordings = new HashSet<>();
    view.rooms().forEach(room -> room.unknownStart().ifPresent(recordings::add));
    LedgerNews.Wanted wanted =
        new LedgerNews.Wanted(
            everything,
            newDeliveries ? view.newestDelivery() : Long.MAX_VALUE,
            everything ? view.pending() : Set.copyOf(dirtyDeliveries),
            Set.copyOf(dirtyRooms),
            recordings);
    everything = false;
    newDeliveries = false;
    dirtyDeliveries.clear();
    dirtyRooms.clear();
    return wanted;
  }

  private void again(LedgerNews.Wanted wanted, Throwable failure) {
    LOG.warn("the ledger could not be read for the page: {}", failure.getMessage());
    everything = true;
    dirtyRooms.addAll(wanted.rooms());
  }

  private void take(LedgerNews news) {
    news.deliveries().forEach(each -> view.take(each.row(), each.roomName()));
    news.gone().forEach(view::gone);
    news.counts().forEach((room, counts) -> view.counts(room.publicId(), counts));
    news.starts().forEach(view::startedAt);
  }
}
