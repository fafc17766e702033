package dev.sluice.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One live time line, made by looping a sample with rising timestamps. Every connection to it sees
 * the same frames with the same timestamps, as from a real server; one that joins gets all since
 * the last key frame first.
 *
 * <p>Thread-safe. A time line has no end and takes no memory: tag number n is computed.
 */
public final class Broadcast {
  private final List<FlvTag> opening;
  private final List<FlvTag> media;
  private final long period;
  private double speed = 1;
  private long firstTimestamp;
  private volatile Run run;

  private Broadcast(List<FlvTag> tags) {
    opening = tags.stream().filter(Broadcast::isOpening).map(tag -> tag.at(0)).toList();
    List<FlvTag> frames = tags.stream().filter(FlvTag::isMedia).toList();
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("a broadcast needs a sample with media frames");
    }
    period = period(frames);
    media = loopable(frames, period);
  }

  /** A broadcast of this FLV file, off the air. */
  public static Broadcast of(Path sample) {
    return new Broadcast(FlvTags.read(sample));
  }

  /** A broadcast of these tags, off the air. */
  public static Broadcast of(List<FlvTag> tags) {
    return new Broadcast(tags);
  }

  /** How much faster than real time it runs; set before it goes on the air. */
  public Broadcast speed(double factor) {
    speed = factor;
    return this;
  }

  /** The timestamp (ms) at which a new time line begins; for joins near a wrap of the clock. */
  public Broadcast startingAt(long timestamp) {
    firstTimestamp = timestamp;
    return this;
  }

  /** Goes on the air with a new time line from a key frame on, as a publisher that starts anew. */
  public synchronized Broadcast onAir() {
    run = new Run(System.nanoTime(), 0, true);
    return this;
  }

  /** Leaves the air: connections end, new ones are answered with 404. */
  public synchronized void offAir() {
    if (run != null) {
      run = new Run(run.startNanos, 0, false);
    }
  }

  /**
   * Returns to the air on the old time line, which ran on meanwhile: what passed is lost, and the
   * first frame is the next key frame. Does nothing when on the air.
   *
   * @throws IllegalStateException when it was never on the air
   */
  public synchronized void resume() {
    if (run == null) {
      throw new IllegalStateException("was never on the air");
    }
    if (!run.onAir) {
      run = new Run(run.startNanos, run.nextKeyFrame(System.nanoTime()), true);
    }
  }

  public boolean isOnAir() {
    Run now = run;
    return now != null && now.onAir;
  }

  /** Script data and configuration, at time 0: what a server sends first. */
  public List<FlvTag> opening() {
    return opening;
  }

  /** Milliseconds by which each loop of the sample is later than the one before. */
  public long period() {
    return period;
  }

  /** The tags of one loop. */
  public List<FlvTag> media() {
    return media;
  }

  Optional<Run> current() {
    return Optional.ofNullable(run).filter(now -> now.onAir);
  }

  private static boolean isOpening(FlvTag tag) {
    return tag.isScript() || tag.isAudioConfig() || tag.isVideoConfig();
  }

  /** The length of the picture's track (without one, of the sound's), its last frame included. */
  private static long period(List<FlvTag> frames) {
    boolean video = frames.stream().anyMatch(FlvTag::isVideo);
    List<FlvTag> track = frames.stream().filter(tag -> tag.isVideo() == video).toList();
    return Math.round(step(track) * track.size());
  }

  private static double step(List<FlvTag> track) {
    long length = track.get(track.size() - 1).timestamp() - track.get(0).timestamp();
    return track.size() < 2 ? 40 : (double) length / (track.size() - 1);
  }

  /** Where a time line begins: the first key frame, or without pictures the first frame. */
  private static FlvTag start(List<FlvTag> frames) {
    return frames.stream().filter(FlvTag::isKeyFrame).findFirst().orElse(frames.get(0));
  }

  /**
   * The frames in order, at 0 to period - 1. Sound that reaches beyond the picture would overlap
   * the next loop, so it is left out; what came before the first key frame moves to the end.
   */
  private static List<FlvTag> loopable(List<FlvTag> frames, long period) {
    List<FlvTag> audio = frames.stream().filter(FlvTag::isAudio).toList();
    double end = audio.isEmpty() ? 0 : audio.get(0).timestamp() + period - step(audio) / 2;
    long base = start(frames).timestamp();
    List<FlvTag> kept = new ArrayList<>();
    for (FlvTag tag : frames) {
      if (tag.isVideo() || tag.timestamp() < end) {
        kept.add(tag.at(Math.floorMod(tag.timestamp() - base, period)));
      }
    }
    kept.sort(Comparator.comparingLong(FlvTag::timestamp));
    return List.copyOf(kept);
  }

  /** One stay on the air; a new object whenever the state changes. */
  final class Run {
    private final long startNanos;
    private final long first;
    private final boolean onAir;

    private Run(long startNanos, long first, boolean onAir) {
      this.startNanos = startNanos;
      this.first = first;
      this.onAir = onAir;
    }

    /** Whether tags of this run may still be sent. */
    boolean isCurrent() {
      return run == this;
    }

    /** Tag number n of the time line. */
    FlvTag tag(long n) {
      return media.get(place(n)).at(firstTimestamp + millis(n));
    }

    /** When tag number n is due, by {@link System#nanoTime()}. */
    long dueNanos(long n) {
      return startNanos + (long) (millis(n) * 1e6 / speed);
    }

    /** The number of the first tag that is not due yet. */
    long live(long nowNanos) {
      double millis = (nowNanos - startNanos) / 1e6 * speed;
      long n = Math.max(0, (long) (millis / period)) * media.size();
      while (dueNanos(n) <= nowNanos) {
        n++;
      }
      return n;
    }

    /** Where a connection that joins now starts: the last key frame that was due. */
    long join(long nowNanos) {
      long live = live(nowNanos);
      for (long n = live - 1; n >= Math.max(first, live - media.size()); n--) {
        if (media.get(place(n)).isKeyFrame()) {
          return n;
        }
      }
      return Math.max(first, live - 1);
    }

    private long nextKeyFrame(long nowNanos) {
      long live = live(nowNanos);
      for (long n = live; n < live + media.size(); n++) {
        if (media.get(place(n)).isKeyFrame()) {
          return n;
        }
      }
      return live;
    }

    private int place(long n) {
      return (int) (n % media.size());
    }

    private long millis(long n) {
      return n / media.size() * period + media.get(place(n)).timestamp();
    }
  }
}
