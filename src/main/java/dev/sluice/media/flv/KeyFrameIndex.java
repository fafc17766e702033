package dev.sluice.media.flv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where key frames stand in a file, for seeking. Bounded: when it is full, every second entry goes
 * and the spacing doubles, so that it always covers the whole file (flv.md §4.1).
 */
public final class KeyFrameIndex {
  private static final int NUMBER_SIZE = 9;
  private static final String TIMES = "\0\u0005times\n";
  private static final String POSITIONS = "\0\rfilepositions\n";

  private final int capacity;
  private long[] times = new long[64];
  private long[] positions = new long[64];
  private int size;
  private long spacingMs;

  /**
   * @param capacity entries, at least 2
   */
  public KeyFrameIndex(int capacity) {
    this.capacity = Math.max(2, capacity);
  }

  /** A key frame; both values rise from call to call. */
  public void add(long timeMs, long position) {
    if (size > 0 && timeMs - times[size - 1] < spacingMs) {
      return;
    }
    if (size == capacity) {
      thin();
      if (timeMs - times[size - 1] < spacingMs) {
        return;
      }
    }
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      positions = Arrays.copyOf(positions, 2 * size);
    }
    times[size] = timeMs;
    positions[size] = position;
    size++;
  }

  private void thin() {
    int kept = 0;
    for (int i = 0; i < size; i += 2) {
      times[kept] = times[i];
      positions[kept] = positions[i];
      kept++;
    }
    size = kept;
    spacingMs = Math.max(spacingMs, (times[size - 1] - times[0]) / Math.max(1, size - 1));
  }

  /** Key frame times, milliseconds. */
  public long[] times() {
    return Arrays.copyOf(times, size);
  }

  /** Offsets of the key frames' tags, bytes from the file's beginning. */
  public long[] positions() {
    return Arrays.copyOf(positions, size);
  }

  int encodedSize() {
    return encodedSize(capacity);
  }

  private static int encodedSize(int capacity) {
    // Three named strict arrays and an end marker; every number takes nine bytes.
    int names = 2 + "times".length() + 2 + "filepositions".length() + 2 + "spacer".length();
    return 1 + names + 3 * 5 + 2 * capacity * NUMBER_SIZE + 3;
  }

  /** The AMF object; always {@link #encodedSize()} bytes. The order matters to ffmpeg. */
  void encode(ByteBuffer to) {
    to.put((byte) Amf.OBJECT);
    Amf.key(to, "times");
    array(to, size);
    for (int i = 0; i < size; i++) {
      Amf.number(to, times[i] / 1000.0);
    }
    Amf.key(to, "filepositions");
    array(to, size);
    for (int i = 0; i < size; i++) {
      Amf.number(to, positions[i]);
    }
    Amf.key(to, "spacer");
    int spare = 2 * (capacity - size);
    array(to, spare);
    for (int i = 0; i < spare; i++) {
      Amf.number(to, Double.NaN);
    }
    Amf.end(to);
  }

  /**
   * Reads the index out of a metadata tag, ours or another program's.
   *
   * @param metadata payload of a script tag
   * @return an index without entries when there is none that makes sense
   */
  public static KeyFrameIndex decode(byte[] metadata) {
    String text = new String(metadata, StandardCharsets.ISO_8859_1);
    double[] times = numbers(metadata, text, TIMES);
    double[] positions = numbers(metadata, text, POSITIONS);
    KeyFrameIndex index = new KeyFrameIndex(times.length);
    for (int i = 0; i < times.length && times.length == positions.length; i++) {
      long timeMs = Math.round(times[i] * 1000);
      long position = (long) positions[i];
      boolean rises = i == 0 || timeMs > times[i - 1] * 1000 && position > positions[i - 1];
      if (!rises || timeMs < 0 || position < 0) {
        return new KeyFrameIndex(0);
      }
      index.add(timeMs, position);
    }
    return index;
  }

  private static double[] numbers(byte[] bytes, String text, String name) {
    int at = text.indexOf(name) + name.length();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int count = at < name.length() || at + 4 > bytes.length ? 0 : in.getInt(at);
    if (count < 0 || count > (bytes.length - at - 4) / NUMBER_SIZE) {
      return new double[0];
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.getDouble(at + 5 + i * NUMBER_SIZE);
    }
    return values;
  }

  private static void array(ByteBuffer to, int count) {
    to.put((byte) Amf.STRICT_ARRAY).putInt(count);
  }
}
