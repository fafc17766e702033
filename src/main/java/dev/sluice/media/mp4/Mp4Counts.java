package dev.sluice.media.mp4;

import java.nio.ByteBuffer;

/**
 * How many samples a finished MP4 says that it has, read back from it: what was written is believed
 * only then.
 *
 * @param pictures samples of its picture tracks
 * @param sounds samples of its sound tracks
 * @param dataEnd where the data ends by its tables
 */
public record Mp4Counts(long pictures, long sounds, long dataEnd) {
  private static final int BOX = 8;
  private static final int SIZES_AT = 20;

  /** Of the whole moov box. */
  public static Mp4Counts of(ByteBuffer moov) {
    long[] counts = new long[3];
    for (int at = moov.position() + BOX; at + BOX <= moov.limit(); at += moov.getInt(at)) {
      if (is(moov, at, "trak")) {
        count(moov, at, counts);
      }
    }
    return new Mp4Counts(counts[0], counts[1], counts[2]);
  }

  private static void count(ByteBuffer in, int trak, long[] counts) {
    int media = find(in, trak, "mdia");
    int table = find(in, find(in, media, "minf"), "stbl");
    int sizes = find(in, table, "stsz");
    int samples = in.getInt(sizes + 16);
    counts[is(in, find(in, media, "hdlr") + BOX + 4, "vide") ? 0 : 1] += samples;
    long end = end(in, sizes, find(in, table, "stsc"), find(in, table, "co64"), samples);
    counts[2] = Math.max(counts[2], end);
  }

  /** Behind the last chunk, whose samples are the last ones. */
  private static long end(ByteBuffer in, int sizes, int runs, int offsets, int samples) {
    int chunks = in.getInt(offsets + 12);
    int entries = in.getInt(runs + 12);
    if (chunks == 0 || entries == 0) {
      return 0;
    }
    int inLast = in.getInt(runs + 16 + (entries - 1) * 12 + 4);
    long end = in.getLong(offsets + 16 + (chunks - 1) * 8);
    for (int n = samples - inLast; n < samples; n++) {
      end += in.getInt(sizes + SIZES_AT + 4 * n);
    }
    return end;
  }

  private static int find(ByteBuffer in, int parent, String type) {
    int end = parent + in.getInt(parent);
    for (int at = parent + BOX; at + BOX <= end; at += in.getInt(at)) {
      if (is(in, at, type)) {
        return at;
      }
    }
    throw new IllegalArgumentException("no " + type);
  }

  private static boolean is(ByteBuffer in, int at, String type) {
    for (int i = 0; i < 4; i++) {
      if (in.get(at + 4 + i) != type.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
