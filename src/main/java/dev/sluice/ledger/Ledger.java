package dev.sluice.ledger;

import dev.sluice.room.RoomKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The durable record of recordings, segments, gaps and deliveries. Every call is run as one
 * transaction on the ledger's own thread; what a completed future told is on disk.
 */
public interface Ledger extends AutoCloseable {

  /**
   * Runs work as one transaction. The future fails with a {@link LedgerException} when the database
   * refuses; then nothing of it is stored.
   */
  <T> CompletableFuture<T> call(Function<Rows, T> work);

  /** Waits for running work, then closes the database. */
  @Override
  void close();

  /** The rows, inside one transaction. Valid only on the ledger's thread during the call. */
  interface Rows {
    /** The highest epoch ever given for the room, 0 for none. */
    long epoch(RoomKey room);

    /** Enters a new attempt; its epoch must be higher than any before for the room. */
    void beginAttempt(RoomKey room, long epoch, long recording, Instant at);

    /** Enters the end of an attempt. */
    void endAttempt(RoomKey room, long epoch, Instant at, String cause);

    /** Enters a new recording and answers its id. */
    long beginRecording(RoomKey room, String roomName, String title, Instant at);

    /** The newest recording of the room. */
    Optional<RecordingRow> lastRecording(RoomKey room);

    /** One recording. */
    Optional<RecordingRow> recording(long id);

    /**
     * Recordings that are kept, newest first, with an id below {@code before} (Long.MAX_VALUE: from
     * the newest).
     */
    List<RecordingRow> recordings(long before, int limit);

    /** Notes that the recording was still growing at this moment. */
    void touchRecording(long id, Instant lastByteAt, long duplicateFrames);

    /**
     * Enters the end of a recording and, when {@code coverage} names its file, the deliveries of
     * the coverage file. Does nothing if it has ended already.
     */
    void endRecording(long id, Instant at, Optional<String> coverage, List<String> targets);

    /** Recordings without an end. */
    List<RecordingRow> unendedRecordings();

    /** Enters an OPEN segment before its part is created, and answers its id. */
    long openSegment(SegmentRow segment);

    /** OPEN to CLOSED, with its deliveries, in the same transaction. */
    void closeSegment(SegmentRow closed, Instant at, List<String> targets);

    /** An OPEN segment whose part held nothing worth keeping. */
    void dropSegment(long id);

    /** CLOSED to READY. */
    void segmentReady(long id);

    /** One segment. */
    Optional<SegmentRow> segment(long id);

    /** Segments in this state, oldest first. */
    List<SegmentRow> segmentsIn(SegmentRow.State state);

    /** Segments of a recording by index. */
    List<SegmentRow> segmentsOf(long recording);

    /** Enters a gap. */
    void addGap(long recording, GapRow gap);

    /** Enters what else is known of a recording; a note of the same name is replaced. */
    void note(long recording, String name, String value);

    /** What else is known of a recording, by name. */
    Map<String, String> notesOf(long recording);

    /** Gaps of a recording by time. */
    List<GapRow> gapsOf(long recording);

    /**
     * Deliveries that may be sent now: waiting, or retry with its time come, file ready; oldest
     * first.
     */
    List<DeliveryRow> deliveriesDue(Instant now, int limit);

    /** The oldest due delivery of each target, so that no target waits behind another's queue. */
    List<DeliveryRow> nextDeliveries(Instant now);

    /** The earliest time at which a delivery in retry becomes due. */
    Optional<Instant> nextRetry();

    /** One delivery. */
    Optional<DeliveryRow> delivery(long id);

    /**
     * Deliveries, newest first, with an id below {@code before}; {@code state} filters when
     * present.
     */
    List<DeliveryRow> deliveries(Optional<DeliveryRow.State> state, long before, int limit);

    /** How many deliveries of the room are in each state; a state without any is left out. */
    Map<DeliveryRow.State, Long> deliveryCounts(RoomKey room);

    /**
     * Enters what is missing of a recording's deliveries to these targets; files that are written
     * still come when they are closed.
     *
     * @param again also those that are done or skipped are sent once more
     * @return how many wait because of it
     */
    int orderDeliveries(long recording, List<String> targets, boolean again, Instant at);

    /** Since when a person has nothing sent; empty while deliveries go on. */
    Optional<Instant> deliveriesHeldSince();

    /** Sends nothing from now on, or goes on. */
    void holdDeliveries(Optional<Instant> since);

    /** Enters a delivery's new state. */
    void updateDelivery(DeliveryRow delivery);

    /** Every delivery that says sending becomes waiting: whoever sent them is gone. */
    int requeueSending();

    /** Whether the user stopped the present broadcast of the room. */
    boolean isStopped(RoomKey room);

    /** Remembers or forgets that the user stopped the present broadcast of the room. */
    void setStopped(RoomKey room, boolean stopped);

    /** What is kept, and what is on its way out. */
    StorageRows storage();

    /** The events of webhooks. */
    WebhookRows webhooks();

    /** Sums over the rows. */
    TotalsRows totals();

    /** Sessions, API keys and the audit log. */
    DoorRows door();
  }
}
