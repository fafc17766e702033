package dev.sluice.media.flv;

import dev.sluice.media.flv.FlvException.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A push parser: takes the bytes of one connection or file as they come, in pieces of any size, and
 * hands out whole tags. Payload is not copied; what is held between two pieces is at most one tag
 * (16 MiB by the format's own field). Not thread-safe.
 */
public final class FlvReader {
  /** Receives what was read. */
  public interface Sink {
    /** The file header; the flags say which tracks are announced. */
    void header(boolean audio, boolean video);

    /** A whole tag. */
    void tag(FlvTag tag) throws FlvException;
  }

  private enum State {
    HEADER,
    SKIP,
    TAG_HEADER,
    BODY,
    TRAILER
  }

  private static final int FILE_HEADER_SIZE = 9;
  private static final int MAX_OFFSET = 64 * 1024;
  private static final int ENCRYPTED = 0x20;
  private static final int MAX_PIECES = 512;

  private final Sink sink;
  private final byte[] field = new byte[FlvTag.HEADER_SIZE];
  private final FirstBytes first = new FirstBytes();
  private State state = State.HEADER;
  private int have;
  private long skip;
  private int type;
  private long time;
  private int missing;
  private List<ByteBuffer> pieces = new ArrayList<>(2);
  private ByteBuffer gathered;
  private long consumed;
  private long wholeTags;

  public FlvReader(Sink sink) {
    this.sink = sink;
  }

  /**
   * Takes the next bytes. The buffer's array is kept by the tags that are handed out; its position
   * is moved to its limit.
   *
   * @throws FlvException when the bytes are not FLV; the reader must not be used after it
   */
  public void accept(ByteBuffer chunk) throws FlvException {
    first.look(chunk);
    while (chunk.hasRemaining()) {
      switch (state) {
        case HEADER -> readFileHeader(chunk);
        case SKIP -> skip(chunk);
        case TAG_HEADER -> readTagHeader(chunk);
        case BODY -> readBody(chunk);
        case TRAILER -> readTrailer(chunk);
      }
    }
  }

  /** Bytes up to the end of the last whole tag, or of the header: a file may be cut there. */
  public long wholeTags() {
    return wholeTags;
  }

  /** The first bytes in printable form, for an error message; at most 64 characters. */
  public String head() {
    return first.printable();
  }

  private void readFileHeader(ByteBuffer chunk) throws FlvException {
    if (!first.mayBeFlv()) {
      chunk.position(chunk.limit());
      first.refuse();
      return;
    }
    if (!fill(chunk, FILE_HEADER_SIZE)) {
      return;
    }
    long offset = unsigned(5, 4);
    if (offset > MAX_OFFSET) {
      throw new FlvException(Kind.BROKEN, "the file header says that it is " + offset + " bytes");
    }
    sink.header((field[4] & 4) != 0, (field[4] & 1) != 0);
    skip = Math.max(0, offset - FILE_HEADER_SIZE) + FlvTag.TRAILER_SIZE;
    have = 0;
    state = State.SKIP;
  }

  private void skip(ByteBuffer chunk) {
    int n = (int) Math.min(skip, chunk.remaining());
    chunk.position(chunk.position() + n);
    consumed += n;
    skip -= n;
    if (skip == 0) {
      wholeTags = consumed;
      state = State.TAG_HEADER;
    }
  }

  private void readTagHeader(ByteBuffer chunk) throws FlvException {
    if (!fill(chunk, FlvTag.HEADER_SIZE)) {
      return;
    }
    have = 0;
    type = field[0] & 0x1F;
    missing = (int) unsigned(1, 3);
    time = (field[7] & 0xFFL) << 24 | unsigned(4, 3);
    if (type != FlvTag.AUDIO && type != FlvTag.VIDEO && type != FlvTag.SCRIPT) {
      throw new FlvException(
          Kind.BROKEN, "unknown tag type " + type + " at byte " + (consumed - FlvTag.HEADER_SIZE));
    }
    if ((field[0] & ENCRYPTED) != 0) {
      throw new FlvException(Kind.CODEC, "encrypted FLV");
    }
    state = missing > 0 ? State.BODY : State.TRAILER;
  }

  private void readBody(ByteBuffer chunk) {
    int n = Math.min(missing, chunk.remaining());
    if (pieces.size() == MAX_PIECES) {
      gather();
    }
    ByteBuffer piece = chunk.slice(chunk.position(), n);
    if (gathered == null) {
      pieces.add(piece);
    } else {
      gathered.put(piece);
    }
    chunk.position(chunk.position() + n);
    consumed += n;
    missing -= n;
    if (missing == 0) {
      state = State.TRAILER;
      if (gathered != null) {
        gathered.flip();
        gathered = null;
      }
    }
  }

  /**
   * From here on the tag's bytes are copied into one buffer: the objects of very many tiny pieces
   * would take far more room than the bytes.
   */
  private void gather() {
    gathered = ByteBuffer.allocate(missing + pieces.stream().mapToInt(ByteBuffer::remaining).sum());
    pieces.forEach(gathered::put);
    pieces.clear();
    pieces.add(gathered);
  }

  private void readTrailer(ByteBuffer chunk) throws FlvException {
    // The value itself is wrong in real streams (flv.md §6 row 15); the chain does not need it.
    if (!fill(chunk, FlvTag.TRAILER_SIZE)) {
      return;
    }
    have = 0;
    wholeTags = consumed;
    state = State.TAG_HEADER;
    if (!pieces.isEmpty()) {
      FlvTag tag = new FlvTag(type, time, pieces);
      pieces = new ArrayList<>(2);
      sink.tag(tag);
    }
  }

  private boolean fill(ByteBuffer chunk, int size) {
    int n = Math.min(size - have, chunk.remaining());
    chunk.get(field, have, n);
    have += n;
    consumed += n;
    return have == size;
  }

  private long unsigned(int at, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | field[at + i] & 0xFF;
    }
    return value;
  }
}
