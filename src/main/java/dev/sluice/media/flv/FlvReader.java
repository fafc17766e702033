package dev.sluice.media.flv;

import dev.sluice.media.flv.FlvException.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A push parser: takes the bytes of one connection or file as they come, in pieces of any size, and
 * hands out whole tags. Payload is not copied; what is held between two pieces is at most one tag
 * (16 MiB by the format's own field). Bytes that are no tags are passed over, and told ({@link
 * TagSearch}). Not thread-safe.
 */
public final class FlvReader {
  /** Receives what was read. */
  public interface Sink {
    /** The file header; the flags say which tracks are announced. */
    void header(boolean audio, boolean video);

    /** A whole tag. */
    void tag(FlvTag tag) throws FlvException;

    /**
     * Bytes that could not be read were passed over.
     *
     * @param bytes how many
     */
    default void damaged(long bytes) throws FlvException {}
  }

  private enum State {
    HEADER,
    SKIP,
    TAG_HEADER,
    BODY,
    TRAILER,
    SEARCH
  }

  private static final int FILE_HEADER_SIZE = 9;
  private static final int MAX_OFFSET = 64 * 1024;
  private static final int ENCRYPTED = 0x20;
  private static final long MAX_SEARCHED = 64L * 1024 * 1024;

  private final Sink sink;
  private final byte[] field = new byte[FlvTag.HEADER_SIZE];
  private final byte[] header = new byte[FlvTag.HEADER_SIZE];
  private final FirstBytes first = new FirstBytes();
  private final Deque<ByteBuffer> input = new ArrayDeque<>(2);
  private final TagPieces body = new TagPieces();
  private State state = State.HEADER;
  private int have;
  private long skip;
  private int missing;
  private DoubtfulTag doubtful;
  private TagSearch search;

  /** Handed out if the search finds the next tag right behind it. */
  private FlvTag waiting;

  private boolean trailersAgree;
  private long passedOver;
  private long consumed;
  private long wholeTags;
  private boolean anyTag;

  public FlvReader(Sink sink) {
    this.sink = sink;
  }

  /**
   * A tag whose PreviousTagSize is wrong, as it is in some real streams (flv.md §6 row 15). Where
   * it was right before, that is damage until the tag behind proves the contrary.
   */
  private record DoubtfulTag(FlvTag tag, byte[] header, byte[] trailer) {}

  /**
   * Takes the next bytes. The buffer's array is kept by the tags that are handed out; its position
   * is moved to its limit.
   *
   * @throws FlvException when the bytes are not FLV; the reader must not be used after it
   */
  public void accept(ByteBuffer chunk) throws FlvException {
    first.look(chunk);
    input.addLast(chunk);
    drain();
  }

  /**
   * No more bytes come. A tag whose end was in doubt is handed out now; one that is cut off is not,
   * but what whole tags stand in it if its length was wrong.
   */
  public void end() throws FlvException {
    boolean cut = false;
    while (doubtful != null || state == State.BODY || state == State.TRAILER) {
      cut = doubtful == null;
      beginSearch(cut ? cutOff() : withDoubtful(Arrays.copyOf(field, have)));
      drain();
    }
    if (state == State.SEARCH && waiting != null) {
      sink.tag(waiting);
      waiting = null;
    } else if (state == State.SEARCH && !cut) {
      sink.damaged(passedOver + search.dropped() + search.held());
    }
  }

  private void drain() throws FlvException {
    while (!input.isEmpty()) {
      ByteBuffer chunk = input.getFirst();
      if (!chunk.hasRemaining()) {
        input.removeFirst();
        continue;
      }
      switch (state) {
        case HEADER -> readFileHeader(chunk);
        case SKIP -> skip(chunk);
        case TAG_HEADER -> readTagHeader(chunk);
        case BODY -> readBody(chunk);
        case TRAILER -> readTrailer(chunk);
        case SEARCH -> search(chunk);
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
      readWithoutHeader(chunk);
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

  /** A server may let a listener join in the middle, without a header (flv.md §6 row 31). */
  private void readWithoutHeader(ByteBuffer chunk) throws FlvException {
    if (!first.mayBeTag()) {
      chunk.position(chunk.limit());
      first.refuse();
    } else if (fill(chunk, FlvTag.HEADER_SIZE)) {
      sink.header(true, true);
      beginSearch(field.clone());
    }
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
    if (!TagSearch.isHeader(field, 0)) {
      refuseEncrypted();
      byte[] begun = field.clone();
      beginSearch(doubtful == null ? begun : withDoubtful(begun));
      return;
    }
    have = 0;
    if (doubtful != null) {
      FlvTag tag = doubtful.tag();
      doubtful = null;
      wholeTags = consumed - FlvTag.HEADER_SIZE;
      sink.tag(tag);
    }
    System.arraycopy(field, 0, header, 0, FlvTag.HEADER_SIZE);
    missing = (int) unsigned(1, 3);
    state = missing > 0 ? State.BODY : State.TRAILER;
  }

  /** Later on a bit that says so is damage. */
  private void refuseEncrypted() throws FlvException {
    byte[] plain = field.clone();
    plain[0] &= ~ENCRYPTED;
    if (!anyTag && TagSearch.isHeader(plain, 0)) {
      throw new FlvException(Kind.CODEC, "encrypted FLV");
    }
  }

  private void readBody(ByteBuffer chunk) {
    int n = Math.min(missing, chunk.remaining());
    body.add(chunk.slice(chunk.position(), n), missing);
    chunk.position(chunk.position() + n);
    consumed += n;
    missing -= n;
    state = missing == 0 ? State.TRAILER : State.BODY;
  }

  private void readTrailer(ByteBuffer chunk) throws FlvException {
    if (!fill(chunk, FlvTag.TRAILER_SIZE)) {
      return;
    }
    have = 0;
    state = State.TAG_HEADER;
    FlvTag tag = new FlvTag(header[0], time(), body.take());
    anyTag = true;
    if (unsigned(0, 4) != FlvTag.HEADER_SIZE + tag.size()) {
      doubtful = new DoubtfulTag(tag, header.clone(), Arrays.copyOf(field, FlvTag.TRAILER_SIZE));
      if (trailersAgree) {
        beginSearch(withDoubtful(new byte[0]));
      }
      return;
    }
    trailersAgree = true;
    wholeTags = consumed;
    if (tag.size() > 0) {
      sink.tag(tag);
    }
  }

  private long time() {
    int low = (header[4] & 0xFF) << 16 | (header[5] & 0xFF) << 8 | header[6] & 0xFF;
    return (header[7] & 0xFFL) << 24 | low;
  }

  /** The doubtful tag and what came behind it, for others may stand in it if it is too long. */
  private byte[] withDoubtful(byte[] behind) {
    ByteBuffer end = ByteBuffer.allocate(FlvTag.TRAILER_SIZE + behind.length);
    end.put(doubtful.trailer()).put(behind);
    waiting = doubtful.tag();
    byte[] all = behindFirst(doubtful.header(), waiting.pieces(), end.flip());
    doubtful = null;
    return all;
  }

  /** A tag that did not come whole. */
  private byte[] cutOff() {
    int trailer = state == State.TRAILER ? have : 0;
    return behindFirst(header, body.take(), ByteBuffer.wrap(field, 0, trailer));
  }

  /** All bytes of a tag but the first: it is not to be found again. */
  private byte[] behindFirst(byte[] head, List<ByteBuffer> pieces, ByteBuffer end) {
    int size = pieces.stream().mapToInt(ByteBuffer::remaining).sum();
    ByteBuffer all = ByteBuffer.allocate(FlvTag.HEADER_SIZE - 1 + size + end.remaining());
    all.put(head, 1, FlvTag.HEADER_SIZE - 1);
    pieces.forEach(piece -> all.put(piece.duplicate()));
    all.put(end);
    passedOver = 1;
    return all.array();
  }

  private void beginSearch(byte[] begun) throws FlvException {
    have = 0;
    state = State.SEARCH;
    search = new TagSearch(begun);
    endSearchIfFound();
  }

  private void search(ByteBuffer chunk) throws FlvException {
    int before = chunk.remaining();
    search.take(chunk);
    consumed += before - chunk.remaining();
    endSearchIfFound();
    if (state == State.SEARCH && search.dropped() > MAX_SEARCHED) {
      throw new FlvException(Kind.BROKEN, "no tag in " + search.dropped() + " bytes");
    }
  }

  private void endSearchIfFound() throws FlvException {
    if (search.find()) {
      long lost = passedOver + search.dropped();
      FlvTag before = waiting != null && lost == waiting.fileSize() ? waiting : null;
      passedOver = 0;
      waiting = null;
      consumed -= search.held();
      input.addFirst(search.rest());
      search = null;
      state = State.TAG_HEADER;
      if (before == null) {
        sink.damaged(lost);
      } else {
        wholeTags = consumed;
        sink.tag(before);
      }
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
