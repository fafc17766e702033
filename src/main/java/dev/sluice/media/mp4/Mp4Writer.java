package dev.sluice.media.mp4;

import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvTag;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes an MP4 of frames as they come that plays from the first piece on and when it is cut
 * anywhere: a front, then pieces of half a second at most, each with its {@link FrameList}, a new
 * one at each key frame; behind them, when all has come, where the key frames stand. Not
 * thread-safe.
 */
public final class Mp4Writer {
  private static final long PIECE_MS = 500;
  private static final int PIECE_BYTES = 1 << 20;

  private static final byte[] ZEROS = new byte[64 * 1024];
  private static final int BOX = 8;

  private final Mp4Movie.Target target;
  private final int room;
  private final Mp4Fragments fragments = new Mp4Fragments(0, PIECE_BYTES);
  private final FragmentIndex index = new FragmentIndex();
  private Optional<CodecConfig> video;
  private Optional<CodecConfig> audio;
  private boolean begun;
  private int durationAt = -1;
  private long position;
  private long pendingBytes;
  private long pieceStartMs = -1;

  /**
   * @param video configuration of the pictures, null for none
   * @param audio configuration of the sound, null for none or for one that the first frame tells
   * @param room bytes kept free in front, in which {@link PlainFront} finds its place later
   */
  public Mp4Writer(CodecConfig video, CodecConfig audio, int room, Mp4Movie.Target target) {
    this.room = Math.max(BOX, room);
    this.video = Optional.ofNullable(video);
    this.audio = Optional.ofNullable(audio);
    this.target = target;
  }

  /**
   * The next frame; tags of other kinds are passed over.
   *
   * @param timeMs inside this file
   * @return false when its track is not in the file: sound without a configuration that begins when
   *     the front is written
   */
  public boolean add(FlvTag tag, long timeMs) {
    if (!tag.isFrame()) {
      return true;
    }
    if (!begun) {
      audio = CodecConfig.ofFrame(tag).or(() -> audio);
      video = video.map(config -> config.shownBy(tag));
    }
    if (begun && (tag.isVideo() ? video : audio).isEmpty()) {
      return false;
    }
    fragments.add(new FlvTag(tag.type(), timeMs, tag.pieces()));
    pendingBytes += tag.size();
    boolean due = pieceStartMs >= 0 && timeMs - pieceStartMs >= PIECE_MS;
    while (fragments.isFull() || fragments.readyBytes() > 0 && (due || tag.isKeyFrame())) {
      write(fragments.takePiece());
      pieceStartMs = timeMs;
    }
    pieceStartMs = pieceStartMs < 0 ? timeMs : pieceStartMs;
    return true;
  }

  /** Bytes that were handed out and about those that will be, of what came up to now. */
  public long size() {
    return position + pendingBytes;
  }

  /** Writes what is left, and the index. */
  public void end() {
    fragments.end(-1);
    while (!fragments.isEmpty()) {
      write(fragments.takePiece());
    }
    if (begun) {
      hand(index.encode(video.isPresent()));
    }
  }

  /** Where the length of the whole belongs, four bytes; -1 before anything was handed out. */
  public int durationAt() {
    return durationAt;
  }

  /** Where among these bytes, the tracks of a file, its length belongs; -1 for nowhere. */
  public static int durationAt(ByteBuffer front) {
    for (int at = front.position(); at + 16 <= front.limit(); at++) {
      if (front.getInt(at + 4) == 0x6D656864 && front.getInt(at) == 16) {
        return at + 12;
      }
    }
    return -1;
  }

  private void write(Mp4Fragments.Piece piece) {
    List<FrameList.Entry> entries = new ArrayList<>();
    if (!begun) {
      begin();
      for (Optional<CodecConfig> config : List.of(video, audio)) {
        config.filter(FrameList.Entry::fits).map(FrameList.Entry::of).ifPresent(entries::add);
      }
    }
    piece.samples().forEach(sample -> entries.add(FrameList.Entry.of(sample)));
    long moofAt = position + FrameList.size(entries);
    int dataAt = piece.dataAt();
    int length = piece.bytes().length;
    int checksum = FrameList.checksum(ByteBuffer.wrap(piece.bytes(), dataAt, length - dataAt));
    FrameList list = new FrameList(moofAt + dataAt, moofAt + length, checksum, entries);
    if (list.isKey(video.isPresent())) {
      index.add(list.shownMs(), moofAt);
    }
    hand(list.encode());
    hand(piece.bytes());
    pendingBytes = fragments.readyBytes();
  }

  private void begin() {
    begun = true;
    BoxWriter brand = new BoxWriter(64);
    Mp4Tracks.brand(brand);
    brand.u32(room);
    brand.text("free");
    hand(brand.done());
    for (int left = room - BOX; left > 0; left -= ZEROS.length) {
      hand(left < ZEROS.length ? new byte[left] : ZEROS);
    }
    int[] inside = {0};
    byte[] tracks = new Mp4Tracks(video, audio).front(at -> inside[0] = at);
    durationAt = (int) position + inside[0];
    hand(tracks);
  }

  private void hand(byte[] bytes) {
    position += bytes.length;
    target.write(ByteBuffer.wrap(bytes));
  }
}
