package dev.sluice.media.flv;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes enhanced tags apart that carry several tracks or extra fields (flv.md §2.3 ModEx and
 * Multitrack): what stands in them for the default track comes out as a plain tag. Payload is not
 * copied. Not thread-safe.
 */
final class PlainTags {
  /** Names of other tracks that are kept. */
  private static final int MOST_NAMES = 16;

  private static final int MOST_MODIFIERS = 8;
  private static final int ONE_TRACK = 0;
  private static final int MANY_CODECS = 2;

  private final Set<String> otherTracks = new LinkedHashSet<>();

  /** Tracks that came and are not recorded, in words; at most {@value #MOST_NAMES}. */
  List<String> otherTracks() {
    return List.copyOf(otherTracks);
  }

  /** The plain tags of a wrapped one, one at most; none where it makes no sense. */
  List<FlvTag> of(FlvTag wrapped) {
    try {
      return unwrap(new Cursor(wrapped));
    } catch (IndexOutOfBoundsException e) {
      return List.of();
    }
  }

  private static final class Cursor {
    private final FlvTag tag;
    private final int upper;
    private int at = 1;
    private int packet;

    Cursor(FlvTag tag) {
      this.tag = tag;
      upper = tag.byteAt(0) & 0xF0;
      packet = tag.byteAt(0) & 0x0F;
    }

    int u8() {
      return tag.byteAt(at++);
    }

    int u24() {
      return u8() << 16 | u8() << 8 | u8();
    }

    int fourCc() {
      at += 4;
      return tag.intAt(at - 4);
    }
  }

  private List<FlvTag> unwrap(Cursor in) {
    skipModifiers(in);
    boolean multitrack =
        in.packet == (in.tag.isVideo() ? TagBody.VIDEO_MULTITRACK : TagBody.AUDIO_MULTITRACK);
    if (!multitrack) {
      int fourCc = in.fourCc();
      return plain(in, fourCc, in.tag.size() - in.at);
    }
    int next = in.u8();
    in.packet = next & 0x0F;
    return tracks(in, next >> 4);
  }

  /** Their nanoseconds are less than FLV's own times can say. */
  private static void skipModifiers(Cursor in) {
    for (int i = 0; in.packet == TagBody.MOD_EX; i++) {
      if (i == MOST_MODIFIERS) {
        throw new IndexOutOfBoundsException("too many modifiers");
      }
      int size = in.u8() + 1;
      if (size == 256) {
        size = (in.u8() << 8 | in.u8()) + 1;
      }
      in.at += size;
      in.packet = in.u8() & 0x0F;
    }
  }

  private List<FlvTag> tracks(Cursor in, int type) {
    List<FlvTag> found = List.of();
    int fourCc = type == MANY_CODECS ? 0 : in.fourCc();
    while (in.at < in.tag.size()) {
      int codec = type == MANY_CODECS ? in.fourCc() : fourCc;
      int track = in.u8();
      int size = type == ONE_TRACK ? in.tag.size() - in.at : in.u24();
      if (size > in.tag.size() - in.at) {
        throw new IndexOutOfBoundsException("a track longer than its tag");
      }
      if (track == 0 && found.isEmpty()) {
        found = plain(in, codec, size);
      } else {
        note(in, track, codec);
      }
      in.at += size;
    }
    return found;
  }

  private void note(Cursor in, int track, int fourCc) {
    if (otherTracks.size() < MOST_NAMES) {
      Codec codec = Codec.ofFourCc(in.tag.isVideo() ? Track.VIDEO : Track.AUDIO, fourCc);
      String name = codec == null ? "unknown codec" : codec.words();
      otherTracks.add((in.tag.isVideo() ? "video " : "audio ") + track + " (" + name + ")");
    }
  }

  private static List<FlvTag> plain(Cursor in, int fourCc, int size) {
    ByteBuffer head = ByteBuffer.allocate(TagBody.ENHANCED_SIZE);
    head.put((byte) (in.upper | in.packet)).putInt(fourCc).flip();
    List<ByteBuffer> pieces = new ArrayList<>(4);
    pieces.add(head);
    pieces.addAll(in.tag.slice(in.at, size));
    FlvTag plain = new FlvTag(in.tag.type(), in.tag.time(), pieces);
    return plain.isWrapped() ? List.of() : List.of(plain);
  }
}
