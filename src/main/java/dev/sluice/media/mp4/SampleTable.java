package dev.sluice.media.mp4;

import dev.sluice.media.flv.FlvTag;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Where the samples of one track of a plain MP4 stand, and when (ISO/IEC 14496-12 §8.6 to 8.7).
 * About 13 bytes a sample.
 */
final class SampleTable implements Mp4Tracks.Samples {
  private static final int FIRST_SIZE = 1024;

  private final long usualMs;
  private int[] sizes = new int[FIRST_SIZE];
  private int[] times = new int[FIRST_SIZE];
  private int[] compositions = new int[FIRST_SIZE];
  private final BitSet keys = new BitSet();
  private long[] chunks = new long[FIRST_SIZE];
  private int[] chunkSamples = new int[FIRST_SIZE];
  private int samples;
  private int chunked;
  private int chunkCount;
  private boolean composed;
  private long pendingBytes;

  /**
   * @param usualMs how long a sample lasts where nothing better is known
   */
  SampleTable(long usualMs) {
    this.usualMs = usualMs;
  }

  void add(FlvTag tag) {
    add(tag.time(), tag.size() - tag.dataAt(), tag.compositionMs(), tag.isKeyFrame());
  }

  void add(long time, int size, int compositionMs, boolean key) {
    if (samples == sizes.length) {
      sizes = Arrays.copyOf(sizes, 2 * samples);
      times = Arrays.copyOf(times, 2 * samples);
      compositions = Arrays.copyOf(compositions, 2 * samples);
    }
    sizes[samples] = size;
    times[samples] = (int) time;
    compositions[samples] = compositionMs;
    composed |= compositions[samples] != 0;
    keys.set(samples, key);
    samples++;
    pendingBytes += size;
  }

  /** The samples since the last call stand one behind the other from here on. */
  long chunk(long offset) {
    if (samples == chunked) {
      return offset;
    }
    if (chunkCount == chunks.length) {
      chunks = Arrays.copyOf(chunks, 2 * chunkCount);
      chunkSamples = Arrays.copyOf(chunkSamples, 2 * chunkCount);
    }
    chunks[chunkCount] = offset;
    chunkSamples[chunkCount++] = samples - chunked;
    chunked = samples;
    long end = offset + pendingBytes;
    pendingBytes = 0;
    return end;
  }

  int count() {
    return samples;
  }

  @Override
  public long startMs() {
    return samples == 0 ? 0 : times[0];
  }

  @Override
  public long durationMs() {
    return samples == 0 ? 0 : times[samples - 1] + lasting(samples - 1) - startMs();
  }

  private long lasting(int n) {
    if (n + 1 < samples) {
      return times[n + 1] - times[n];
    }
    return n > 0 ? times[n] - times[n - 1] : usualMs;
  }

  /**
   * @param base where the data of all begins in the file
   */
  void write(BoxWriter out, long base) {
    times(out);
    if (composed) {
      compositions(out);
    }
    if (keys.cardinality() > 0 && keys.cardinality() < samples) {
      out.full(
          "stss",
          0,
          0,
          () -> {
            out.u32(keys.cardinality());
            keys.stream().forEach(n -> out.u32(n + 1));
          });
    }
    chunks(out);
    out.full(
        "stsz",
        0,
        0,
        () -> {
          out.u32(0);
          out.u32(samples);
          for (int n = 0; n < samples; n++) {
            out.u32(sizes[n]);
          }
        });
    out.full(
        "co64",
        0,
        0,
        () -> {
          out.u32(chunkCount);
          for (int n = 0; n < chunkCount; n++) {
            out.u64(base + chunks[n]);
          }
        });
  }

  private void times(BoxWriter out) {
    out.full("stts", 0, 0, () -> runs(out, samples, this::lasting));
  }

  private void compositions(BoxWriter out) {
    out.full("ctts", 1, 0, () -> runs(out, samples, n -> compositions[n]));
  }

  /** A value of each sample or chunk. */
  private interface Value {
    long of(int n);
  }

  /** Equal values in a row as one entry. */
  private static void runs(BoxWriter out, int count, Value value) {
    int countAt = out.size();
    out.u32(0);
    int entries = 0;
    for (int n = 0; n < count; entries++) {
      int first = n;
      while (n < count && value.of(n) == value.of(first)) {
        n++;
      }
      out.u32(n - first);
      out.u32((int) value.of(first));
    }
    out.set32(countAt, entries);
  }

  private void chunks(BoxWriter out) {
    out.full(
        "stsc",
        0,
        0,
        () -> {
          int countAt = out.size();
          out.u32(0);
          int entries = 0;
          for (int n = 0; n < chunkCount; n++) {
            if (n == 0 || chunkSamples[n] != chunkSamples[n - 1]) {
              out.u32(n + 1);
              out.u32(chunkSamples[n]);
              out.u32(1);
              entries++;
            }
          }
          out.set32(countAt, entries);
        });
  }
}
