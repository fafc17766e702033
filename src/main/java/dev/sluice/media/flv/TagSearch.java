package dev.sluice.media.flv;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds where tags begin again behind bytes that are none. A place counts when a tag header may
 * stand there and what follows bears it out: its PreviousTagSize or that of the tag behind it, or
 * two more headers where servers write that wrongly. Memory is bounded by {@value #MAX_BYTES} bytes
 * and what it is begun with.
 */
final class TagSearch {
  private static final int MAX_BYTES = 4 * 1024 * 1024;
  private static final int FIRST_STEP = 4096;
  private static final int MAX_PLACES = 1024;
  private static final int STREAM_ID_AT = 8;

  private byte[] bytes;
  private int length;
  private int looked;
  private int limit;
  private long dropped;
  private List<Integer> places = new ArrayList<>();

  /**
   * @param begun bytes to search first; kept
   */
  TagSearch(byte[] begun) {
    bytes = begun;
    length = begun.length;
    limit = begun.length + MAX_BYTES;
  }

  /**
   * Whether a tag header may stand there: a known type, nothing encrypted, stream id 0.
   *
   * @param at there must be 11 bytes from here
   */
  static boolean isHeader(byte[] in, int at) {
    int type = in[at] & 0xFF;
    boolean known = type == FlvTag.AUDIO || type == FlvTag.VIDEO || type == FlvTag.SCRIPT;
    int id = at + STREAM_ID_AT;
    return known && (in[id] | in[id + 1] | in[id + 2]) == 0;
  }

  /** Takes some of the bytes, the more the longer the search lasts. */
  void take(ByteBuffer chunk) {
    int n = Math.min(chunk.remaining(), Math.max(FIRST_STEP, length));
    if (length + n > limit) {
      forgetHalf();
    }
    if (length + n > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + n, Math.min(limit, 2 * bytes.length)));
    }
    chunk.get(bytes, length, n);
    length += n;
  }

  private void forgetHalf() {
    int gone = length / 2;
    bytes = Arrays.copyOfRange(bytes, gone, length);
    length -= gone;
    looked = Math.max(0, looked - gone);
    dropped += gone;
    limit = Math.max(length, MAX_BYTES) + MAX_BYTES;
    List<Integer> kept = new ArrayList<>();
    for (int place : places) {
      if (place >= gone) {
        kept.add(place - gone);
      }
    }
    places = kept;
  }

  /** Whether a place was found; then the rest begins there. */
  boolean find() {
    while (looked + FlvTag.HEADER_SIZE <= length) {
      if (isHeader(bytes, looked)) {
        note(looked);
      }
      looked++;
    }
    int found = -1;
    int soonest = Integer.MAX_VALUE;
    for (int place : places) {
      int known = borneOutAt(place);
      if (known < soonest) {
        found = place;
        soonest = known;
      }
    }
    if (found < 0) {
      return false;
    }
    dropped += found;
    bytes = Arrays.copyOfRange(bytes, found, length);
    length = bytes.length;
    return true;
  }

  private void note(int place) {
    if (places.size() == MAX_PLACES) {
      places = new ArrayList<>(places.subList(MAX_PLACES / 2, MAX_PLACES));
    }
    places.add(place);
  }

  /**
   * How many bytes it takes to know that a tag stands there: the place for which that was known
   * first is taken, so that the pieces in which bytes come make no difference.
   *
   * @return more than any number where it is not known
   */
  private int borneOutAt(int place) {
    int at = place;
    for (int headers = 0; ; headers++) {
      int end = end(at);
      if (end > length) {
        return Integer.MAX_VALUE;
      }
      if (number(end - FlvTag.TRAILER_SIZE, 4) == end - FlvTag.TRAILER_SIZE - at) {
        return end;
      }
      if (!isFollowed(end)) {
        return Integer.MAX_VALUE;
      }
      if (headers == 1) {
        return end + FlvTag.HEADER_SIZE;
      }
      at = end;
    }
  }

  private boolean isFollowed(int at) {
    return at + FlvTag.HEADER_SIZE <= length && isHeader(bytes, at);
  }

  /** Behind the tag whose header stands there. */
  private int end(int place) {
    return place + FlvTag.HEADER_SIZE + (int) number(place + 1, 3) + FlvTag.TRAILER_SIZE;
  }

  private long number(int at, int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | bytes[at + i] & 0xFF;
    }
    return value;
  }

  /** Bytes before the place, or given up so far. */
  long dropped() {
    return dropped;
  }

  /** Bytes held. */
  int held() {
    return length;
  }

  /** From the place that was found on. */
  ByteBuffer rest() {
    return ByteBuffer.wrap(bytes, 0, length);
  }
}
