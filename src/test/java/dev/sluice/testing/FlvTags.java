package dev.sluice.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes whole FLV files for tests. Deliberately simple, strict, and independent of the
 * production parser, so that the two can be held against each other.
 */
public final class FlvTags {
  private static final int HEADER = 9;
  private static final int TAG_HEADER = 11;

  private FlvTags() {}

  /**
   * All tags of a file.
   *
   * @throws IllegalArgumentException naming file and offset when anything but whole tags with right
   *     PreviousTagSizes stands in the file
   */
  public static List<FlvTag> read(Path file) {
    try {
      return parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** All tags of a whole FLV file in memory; as strict as {@link #read}. */
  public static List<FlvTag> parse(byte[] bytes) {
    List<FlvTag> tags = new ArrayList<>();
    int end = walk(bytes, tags);
    if (end != bytes.length) {
      throw bad(end, "a partial tag of " + (bytes.length - end) + " bytes");
    }
    return tags;
  }

  /** The whole tags in front of a stream that may have been cut anywhere after its header. */
  public static List<FlvTag> parseCut(byte[] bytes) {
    List<FlvTag> tags = new ArrayList<>();
    walk(bytes, tags);
    return tags;
  }

  private static int walk(byte[] bytes, List<FlvTag> tags) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int at = checkHeader(in);
    while (in.limit() - at >= TAG_HEADER) {
      int size = in.getInt(at) & 0xFFFFFF;
      int end = at + TAG_HEADER + size;
      FlvTag empty = checkTagHeader(in, at);
      if (in.limit() - 4 < end) {
        return at;
      }
      if (in.getInt(end) != TAG_HEADER + size) {
        throw bad(end, "PreviousTagSize " + in.getInt(end) + ", not " + (TAG_HEADER + size));
      }
      byte[] payload = new byte[size];
      in.get(at + TAG_HEADER, payload);
      tags.add(new FlvTag(empty.type(), empty.timestamp(), payload));
      at = end + 4;
    }
    return at;
  }

  private static int checkHeader(ByteBuffer in) {
    if (in.limit() < HEADER + 4 || in.getInt(0) != 0x464C5601) {
      throw bad(0, "no FLV header");
    }
    int offset = in.getInt(5);
    if ((in.get(4) & 0xFA) != 0 || offset < HEADER || offset > in.limit() - 4) {
      throw bad(4, "bad FLV header");
    }
    if (in.getInt(offset) != 0) {
      throw bad(offset, "first PreviousTagSize is not 0");
    }
    return offset + 4;
  }

  private static FlvTag checkTagHeader(ByteBuffer in, int at) {
    int type = in.get(at) & 0xFF;
    if (type != FlvTag.AUDIO && type != FlvTag.VIDEO && type != FlvTag.SCRIPT) {
      throw bad(at, "tag type " + type);
    }
    if ((in.getInt(at + 7) & 0xFFFFFF) != 0) {
      throw bad(at + 8, "stream id is not 0");
    }
    long timestamp = (in.getInt(at + 4) >>> 8) | (long) (in.get(at + 7) & 0xFF) << 24;
    return new FlvTag(type, timestamp, new byte[0]);
  }

  private static IllegalArgumentException bad(int offset, String what) {
    return new IllegalArgumentException("not FLV at byte " + offset + ": " + what);
  }

  /** The nine bytes of a file header and PreviousTagSize0. */
  public static byte[] header(boolean audio, boolean video) {
    byte flags = (byte) ((audio ? 4 : 0) | (video ? 1 : 0));
    return new byte[] {'F', 'L', 'V', 1, flags, 0, 0, 0, HEADER, 0, 0, 0, 0};
  }

  /** A whole FLV file of these tags; its header names the tracks that occur. */
  public static byte[] toBytes(List<FlvTag> tags) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean audio = tags.stream().anyMatch(FlvTag::isAudio);
    boolean video = tags.stream().anyMatch(FlvTag::isVideo);
    out.writeBytes(header(audio, video));
    tags.forEach(tag -> out.writeBytes(tag.toBytes()));
    return out.toByteArray();
  }

  /** Writes a new file of these tags. */
  public static Path write(Path file, List<FlvTag> tags) {
    try {
      return Files.write(file, toBytes(tags));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The media frames of these files, one file after the other, in the order of the bytes. */
  public static List<Frame> frames(Path... files) {
    List<Frame> frames = new ArrayList<>();
    for (Path file : files) {
      frames.addAll(frames(read(file)));
    }
    return frames;
  }

  /** The media frames among these tags. */
  public static List<Frame> frames(List<FlvTag> tags) {
    return tags.stream().filter(FlvTag::isMedia).map(Frame::of).toList();
  }

  /** What follows from the first key frame on; without any picture, the whole list. */
  public static List<Frame> fromFirstKeyFrame(List<Frame> frames) {
    if (frames.stream().noneMatch(frame -> frame.track() == Frame.Track.VIDEO)) {
      return frames;
    }
    return frames.stream().dropWhile(frame -> !frame.key()).toList();
  }

  /** The same frames with times counted (modulo 2^32) from the earliest of the first 20. */
  public static List<Frame> rebased(List<Frame> frames) {
    if (frames.isEmpty()) {
      return frames;
    }
    int base = (int) frames.get(0).timestamp();
    for (Frame frame : frames.subList(0, Math.min(20, frames.size()))) {
      int time = (int) frame.timestamp();
      base = time - base < 0 ? time : base;
    }
    List<Frame> moved = new ArrayList<>(frames.size());
    for (Frame frame : frames) {
      long time = (frame.timestamp() - base) & 0xFFFF_FFFFL;
      moved.add(new Frame(frame.track(), time, frame.payloadHash(), frame.key()));
    }
    return moved;
  }

  /**
   * Fails with the first place where two lists differ; a message of bounded length, unlike that of
   * an assertion over thousands of frames.
   */
  public static void assertSameFrames(List<Frame> expected, List<Frame> actual) {
    int shorter = Math.min(expected.size(), actual.size());
    for (int i = 0; i < shorter; i++) {
      if (!expected.get(i).equals(actual.get(i))) {
        throw new AssertionError(
            sizes(expected, actual, i) + expected.get(i) + " expected, " + actual.get(i) + " came");
      }
    }
    if (expected.size() != actual.size()) {
      boolean missing = expected.size() > shorter;
      Frame frame = (missing ? expected : actual).get(shorter);
      throw new AssertionError(
          sizes(expected, actual, shorter) + frame + (missing ? " missing" : " too many"));
    }
  }

  private static String sizes(List<Frame> expected, List<Frame> actual, int at) {
    return expected.size() + " frames expected, " + actual.size() + " came; at " + at + ": ";
  }
}
