package dev.sluice.media.mp4;

import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.flv.Track;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * What stands in one piece of an MP4 of ours, in a box of our own before it (ISO/IEC 14496-12
 * §11.1: players pass over it). With it the frames can be taken out as the tags that they came in,
 * byte for byte: to play the file, to join on after a restart, to make another file of it.
 *
 * @param dataAt where the data begins in the file; that of all frames, one after the other
 * @param next where the next list stands, if there is one
 * @param checksum of the data (CRC-32C): a disk that lost power may keep lengths and not what stood
 *     there
 * @param entries configurations first, then frames in the order of their data
 */
public record FrameList(long dataAt, long next, int checksum, List<Entry> entries) {
  /** Bytes before the entries. */
  public static final int FRONT = 48;

  /** More than a piece can need. */
  public static final int LARGEST = 1 << 22;

  /** A piece ends at a megabyte, or with the frame that makes it larger, at most 16 MiB each. */
  private static final long LARGEST_DATA = 1 << 26;

  private static final byte[] NAME = "Sluice frames v1".getBytes(StandardCharsets.US_ASCII);
  private static final int UUID = 0x75756964;
  private static final int CONFIG = 0x80;

  public FrameList {
    entries = List.copyOf(entries);
  }

  /**
   * One tag.
   *
   * @param type of the tag
   * @param config whether it is a configuration; then it is whole in {@code head}
   * @param time of the tag, milliseconds
   * @param size bytes of its data
   * @param head what stands before the data in its payload
   */
  record Entry(int type, boolean config, long time, int size, byte[] head) {
    /** MP3 has no configuration of its own; nothing sensible needs more than there is room for. */
    static boolean fits(CodecConfig config) {
      return config.payload().length > 0 && config.payload().length <= 0xFFFF;
    }

    static Entry of(CodecConfig config) {
      int type = config.track() == Track.VIDEO ? FlvTag.VIDEO : FlvTag.AUDIO;
      return new Entry(type, true, 0, 0, config.payload());
    }

    static Entry of(Mp4Sample sample) {
      FlvTag tag = sample.tag();
      byte[] head = new byte[tag.size() - sample.size()];
      ByteBuffer into = ByteBuffer.wrap(head);
      for (ByteBuffer piece : tag.pieces()) {
        int n = Math.min(into.remaining(), piece.remaining());
        into.put(piece.slice(piece.position(), n));
      }
      return new Entry(tag.type(), false, sample.decodeMs(), sample.size(), head);
    }

    private int bytes() {
      return 11 + head.length;
    }

    private void write(BoxWriter out) {
      out.u8(type | (config ? CONFIG : 0));
      out.u32((int) time);
      out.u32(size);
      out.u16(head.length);
      out.put(ByteBuffer.wrap(head));
    }

    private static Entry read(ByteBuffer in) {
      int kind = in.get() & 0xFF;
      long time = in.getInt() & 0xFFFFFFFFL;
      int size = in.getInt();
      byte[] head = new byte[in.getShort() & 0xFFFF];
      in.get(head);
      return new Entry(kind & ~CONFIG, (kind & CONFIG) != 0, time, size, head);
    }

    /** Its kind and times; without its data. */
    FlvTag bare() {
      return tag(ByteBuffer.allocate(1));
    }

    private FlvTag tag(ByteBuffer data) {
      ByteBuffer front = ByteBuffer.wrap(head);
      return new FlvTag(type, time, size == 0 ? List.of(front) : List.of(front, data));
    }
  }

  /** Bytes that a list of these will have. */
  static int size(List<Entry> entries) {
    return FRONT + entries.stream().mapToInt(Entry::bytes).sum();
  }

  static int checksum(ByteBuffer data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return (int) crc.getValue();
  }

  /** Whether this is the data that the list was written for. */
  public boolean isData(ByteBuffer data) {
    return data.remaining() == dataSize() && checksum(data.duplicate()) == checksum;
  }

  byte[] encode() {
    BoxWriter out = new BoxWriter(size(entries));
    out.box(
        "uuid",
        () -> {
          out.put(ByteBuffer.wrap(NAME));
          out.u64(dataAt);
          out.u64(next);
          out.u32(checksum);
          out.u32(entries.size());
          entries.forEach(entry -> entry.write(out));
        });
    return out.done();
  }

  /**
   * How many bytes the list has that begins with these, {@link #FRONT} of them.
   *
   * @return 0 when no list of ours begins so
   */
  public static int sizeOf(ByteBuffer front) {
    if (front.remaining() < FRONT) {
      return 0;
    }
    int at = front.position();
    int size = front.getInt(at);
    boolean ours = front.getInt(at + 4) == UUID;
    for (int i = 0; i < NAME.length && ours; i++) {
      ours = front.get(at + 8 + i) == NAME[i];
    }
    return ours && size >= FRONT && size <= LARGEST ? size : 0;
  }

  /**
   * Of a whole list.
   *
   * @throws IllegalArgumentException when it is damaged
   */
  public static FrameList parse(ByteBuffer bytes) {
    ByteBuffer in = bytes.duplicate();
    if (sizeOf(in) != in.remaining()) {
      throw new IllegalArgumentException("no list of frames");
    }
    in.position(in.position() + 8 + NAME.length);
    try {
      long dataAt = in.getLong();
      long next = in.getLong();
      int checksum = in.getInt();
      int count = in.getInt();
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        entries.add(Entry.read(in));
      }
      FrameList list = new FrameList(dataAt, next, checksum, entries);
      if (entries.stream().anyMatch(entry -> entry.size() < 0) || list.dataSize() > LARGEST_DATA) {
        throw new IllegalArgumentException("a list of frames of impossible sizes");
      }
      return list;
    } catch (java.nio.BufferUnderflowException e) {
      throw new IllegalArgumentException("a list of frames that is cut off", e);
    }
  }

  /** How many frames there are in tags of this type. */
  public long frames(int type) {
    return frames().filter(entry -> entry.type() == type).count();
  }

  /** Time of the last frame, milliseconds; -1 for none. */
  public long lastMs() {
    return frames().mapToLong(Entry::time).max().orElse(-1);
  }

  /** Where the piece begins whose list stands there. */
  public long pieceAt(long listAt) {
    return listAt + size(entries);
  }

  /** Bytes of the data of all frames. */
  public long dataSize() {
    return entries.stream().mapToLong(Entry::size).sum();
  }

  /** When the first picture is due, or without any the first sound, milliseconds; -1 for none. */
  public long startMs() {
    return first().map(Entry::time).orElse(-1L);
  }

  /** When that is shown, milliseconds; -1 for none. */
  public long shownMs() {
    return first().map(entry -> entry.time() + entry.bare().compositionMs()).orElse(-1L);
  }

  /** Whether the file has pictures, as its first list says. */
  public boolean announcesPictures() {
    return entries.stream().anyMatch(entry -> entry.type() == FlvTag.VIDEO);
  }

  /** When the first picture is due, milliseconds; -1 for none. */
  public long pictureMs() {
    return first().filter(entry -> entry.type() == FlvTag.VIDEO).map(Entry::time).orElse(-1L);
  }

  /**
   * Whether a player can begin here: with a key frame, or with sound where there is only sound.
   *
   * @param pictures whether there are any in the file
   */
  public boolean isKey(boolean pictures) {
    return first().map(entry -> !pictures || entry.bare().isKeyFrame()).orElse(false);
  }

  private Optional<Entry> first() {
    return frames().filter(entry -> entry.type() == FlvTag.VIDEO).findFirst().or(this::firstFrame);
  }

  private Optional<Entry> firstFrame() {
    return frames().findFirst();
  }

  private Stream<Entry> frames() {
    return entries.stream().filter(entry -> !entry.config());
  }

  /**
   * The tags, configurations first and frames in the order of time.
   *
   * @param data {@link #dataSize()} bytes from {@link #dataAt()} on; the tags keep slices of it
   */
  public List<FlvTag> tags(ByteBuffer data) {
    List<FlvTag> tags = new ArrayList<>(entries.size());
    int at = data.position();
    for (Entry entry : entries) {
      tags.add(entry.tag(data.slice(at, entry.size())));
      at += entry.size();
    }
    tags.sort(Comparator.comparing((FlvTag tag) -> !tag.isConfig()).thenComparing(FlvTag::time));
    return tags;
  }
}
