package dev.sluice.ledger;

import dev.sluice.room.RoomKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows as SQL tables; what touches several tables at once is decided here. */
final class SqlRows implements Ledger.Rows {
  private final RecordingTable recordings;
  private final SegmentTable segments;
  private final DeliveryTable deliveries;
  private final StorageTable storage;
  private final WebhookTable webhooks;
  private final TotalsTable totals;
  private final DoorTable door;

  SqlRows(Statements statements) {
    recordings = new RecordingTable(statements);
    segments = new SegmentTable(statements);
    deliveries = new DeliveryTable(statements);
    storage = new StorageTable(statements);
    webhooks = new WebhookTable(statements);
    totals = new TotalsTable(statements);
    door = new DoorTable(statements);
  }

  @Override
  public long epoch(RoomKey room) {
    return recordings.epoch(room);
  }

  @Override
  public void beginAttempt(RoomKey room, long epoch, long recording, Instant at) {
    recordings.beginAttempt(room, epoch, recording, at);
  }

  @Override
  public void endAttempt(RoomKey room, long epoch, Instant at, String cause) {
    recordings.endAttempt(room, epoch, at, cause);
  }

  @Override
  public long beginRecording(RoomKey room, String roomName, String title, Instant at) {
    return recordings.begin(room, roomName, title, at);
  }

  @Override
  public Optional<RecordingRow> lastRecording(RoomKey room) {
    return recordings.last(room);
  }

  @Override
  public Optional<RecordingRow> recording(long id) {
    return recordings.byId(id);
  }

  @Override
  public List<RecordingRow> recordings(long before, int limit) {
    return recordings.newest(before, limit);
  }

  @Override
  public void touchRecording(long id, Instant lastByteAt, long duplicateFrames) {
    recordings.touch(id, lastByteAt, duplicateFrames);
  }

  @Override
  public void endRecording(long id, Instant at, Optional<String> coverage, List<String> targets) {
    if (recordings.end(id, at, coverage)) {
      coverage.ifPresent(file -> deliveries.addCoverage(id, file, at, targets));
    }
  }

  @Override
  public List<RecordingRow> unendedRecordings() {
    return recordings.unended();
  }

  @Override
  public long openSegment(SegmentRow segment) {
    return segments.open(segment);
  }

  @Override
  public void closeSegment(SegmentRow closed, Instant at, List<String> targets) {
    if (segments.close(closed)) {
      deliveries.add(closed, at, targets);
    }
  }

  @Override
  public void dropSegment(long id) {
    segments.drop(id);
  }

  @Override
  public void segmentReady(long id) {
    segments.ready(id);
  }

  @Override
  public Optional<SegmentRow> segment(long id) {
    return segments.byId(id);
  }

  @Override
  public List<SegmentRow> segmentsIn(SegmentRow.State state) {
    return segments.in(state);
  }

  @Override
  public List<SegmentRow> segmentsOf(long recording) {
    return segments.of(recording);
  }

  @Override
  public void addGap(long recording, GapRow gap) {
    recordings.addGap(recording, gap);
  }

  @Override
  public void note(long recording, String name, String value) {
    recordings.note(recording, name, value);
  }

  @Override
  public Map<String, String> notesOf(long recording) {
    return recordings.notesOf(recording);
  }

  @Override
  public List<GapRow> gapsOf(long recording) {
    return recordings.gapsOf(recording);
  }

  @Override
  public int orderDeliveries(long recording, List<String> targets, boolean again, Instant at) {
    int ordered = 0;
    for (SegmentRow segment : segments.of(recording)) {
      if (segment.state() != SegmentRow.State.OPEN) {
        ordered += deliveries.add(segment, at, targets);
      }
    }
    Optional<String> coverage =
        recordings
            .byId(recording)
            .filter(row -> row.endedAt().isPresent())
            .flatMap(RecordingRow::coverage);
    if (coverage.isPresent()) {
      ordered += deliveries.addCoverage(recording, coverage.get(), at, targets);
    }
    for (String target : again ? targets : List.<String>of()) {
      ordered += deliveries.sendAgain(recording, target);
    }
    return ordered;
  }

  @Override
  public Optional<Instant> deliveriesHeldSince() {
    return deliveries.heldSince();
  }

  @Override
  public void holdDeliveries(Optional<Instant> since) {
    deliveries.hold(since);
  }

  @Override
  public List<DeliveryRow> deliveriesDue(Instant now, int limit) {
    return deliveries.due(now, limit);
  }

  @Override
  public List<DeliveryRow> nextDeliveries(Instant now) {
    return deliveries.next(now);
  }

  @Override
  public Optional<Instant> nextRetry() {
    return deliveries.nextRetry();
  }

  @Override
  public Optional<DeliveryRow> delivery(long id) {
    return deliveries.byId(id);
  }

  @Override
  public List<DeliveryRow> deliveries(Optional<DeliveryRow.State> state, long before, int limit) {
    return deliveries.newest(state, before, limit);
  }

  @Override
  public Map<DeliveryRow.State, Long> deliveryCounts(RoomKey room) {
    return deliveries.counts(room);
  }

  @Override
  public void updateDelivery(DeliveryRow delivery) {
    deliveries.update(delivery);
  }

  @Override
  public int requeueSending() {
    return deliveries.requeueSending();
  }

  @Override
  public boolean isStopped(RoomKey room) {
    return recordings.isStopped(room);
  }

  @Override
  public void setStopped(RoomKey room, boolean stopped) {
    recordings.setStopped(room, stopped);
  }

  @Override
  public StorageRows storage() {
    return storage;
  }

  @Override
  public WebhookRows webhooks() {
    return webhooks;
  }

  @Override
  public DoorRows door() {
    return door;
  }

  @Override
  public TotalsRows totals() {
    return totals;
  }
}
