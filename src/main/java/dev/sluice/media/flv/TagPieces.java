package dev.sluice.media.flv;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The payload of a tag as it comes, in slices of the buffers it comes in. */
final class TagPieces {
  private static final int MAX_PIECES = 512;

  private List<ByteBuffer> pieces = new ArrayList<>(2);
  private ByteBuffer gathered;

  /**
   * @param missing bytes of the payload from this piece on
   */
  void add(ByteBuffer piece, int missing) {
    if (pieces.size() == MAX_PIECES) {
      gather(missing);
    }
    if (gathered == null) {
      pieces.add(piece);
    } else {
      gathered.put(piece);
    }
  }

  /**
   * From here on the tag's bytes are copied into one buffer: the objects of very many tiny pieces
   * would take far more room than the bytes.
   */
  private void gather(int missing) {
    gathered = ByteBuffer.allocate(missing + pieces.stream().mapToInt(ByteBuffer::remaining).sum());
    pieces.forEach(gathered::put);
    pieces.clear();
    pieces.add(gathered);
  }

  /** Gives away what came. */
  List<ByteBuffer> take() {
    if (gathered != null) {
      gathered.flip();
      gathered = null;
    }
    List<ByteBuffer> all = pieces;
    pieces = new ArrayList<>(2);
    return all;
  }
}
