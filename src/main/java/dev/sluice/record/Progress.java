package dev.sluice.record;

import dev.sluice.bus.RecordingProgress;
import dev.sluice.media.flv.FlvRecording;
import dev.sluice.room.RoomKey;

/**
 * What a recorder shows of itself. Written by the recorder's thread, read once a second by another:
 * the rate is taken from two readings.
 */
final class Progress {
  private static final double WEIGHT_OF_NEW = 0.4;
  private static final long GROWING_NANOS = 3_000_000_000L;

  private volatile long epoch;
  private volatile long recording;
  private volatile boolean receiving;
  private volatile long grewNanos = System.nanoTime();
  private long askedNanos;
  private volatile long received;
  private volatile long bytes;
  private volatile long durationMs;
  private volatile int segments;
  private volatile int gaps;
  private volatile long gapMs;
  private volatile long duplicates;
  private volatile String quality = "";
  private volatile String file = "";

  private long readBytes;
  private long readNanos;
  private double rate;

  void began(long newEpoch, long newRecording) {
    epoch = newEpoch;
    recording = newRecording;
  }

  // One thread writes, so these plain additions lose nothing.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void received(int count) {
    received += count;
    receiving = true;
  }

  void lineDown() {
    receiving = false;
  }

  /** Frames were let through: the recording grows. */
  void grew() {
    grewNanos = System.nanoTime();
  }

  /** Whether the recording grew since this was asked the last time; for one thread. */
  boolean grewSinceAsked() {
    boolean grew = grewNanos != askedNanos;
    askedNanos = grewNanos;
    return grew;
  }

  /** Whether media comes that is kept: repeats that are dropped do not count. */
  private boolean isGrowing() {
    return receiving && System.nanoTime() - grewNanos < GROWING_NANOS;
  }

  void update(RecordingWriter writer, FlvRecording source) {
    bytes = writer.bytes();
    durationMs = source.durationMs();
    segments = writer.segments();
    gaps = writer.gaps();
    gapMs = writer.gapMs();
    duplicates = writer.duplicates();
    String open = writer.openFile();
    if (!open.equals(file)) {
      file = open;
      quality = source.quality();
    }
  }

  long epoch() {
    return epoch;
  }

  long recording() {
    return recording;
  }

  long duplicates() {
    return duplicates;
  }

  boolean isReceiving() {
    return isGrowing();
  }

  /** A reading; called by one other thread, about once a second. */
  RecordingProgress read(RoomKey room) {
    long now = System.nanoTime();
    long total = received;
    if (readNanos != 0 && now > readNanos) {
      double current = (total - readBytes) * 1e9 / (now - readNanos);
      rate = current == 0 ? 0 : rate + WEIGHT_OF_NEW * (current - rate);
    }
    readBytes = total;
    readNanos = now;
    return new RecordingProgress(
        room,
        epoch,
        recording,
        isGrowing(),
        bytes,
        total,
        Math.round(rate),
        durationMs,
        segments,
        gaps,
        gapMs,
        quality,
        file);
  }
}
