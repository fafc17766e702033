package dev.sluice.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * A good stream and what is done to it: changes the tags of a sample, and the bytes they become, in
 * the ways of real sources. Times are those of the tags, milliseconds; places are indices into
 * {@link #tags()} as it is at that moment.
 */
public final class FaultScript {
  private static final int TRAILER = 4;

  private final List<Item> items = new ArrayList<>();

  /** A tag as it goes onto the wire: bytes that stand before it, and its PreviousTagSize. */
  private record Item(FlvTag tag, byte[] before, int trailerError) {
    Item(FlvTag tag) {
      this(tag, new byte[0], 0);
    }
  }

  private FaultScript(List<FlvTag> tags) {
    tags.forEach(tag -> items.add(new Item(tag)));
  }

  public static FaultScript of(Path sample) {
    return new FaultScript(FlvTags.read(sample));
  }

  public static FaultScript of(List<FlvTag> tags) {
    return new FaultScript(tags);
  }

  /** The tags as they are now; what stands between them is not shown. */
  public List<FlvTag> tags() {
    return items.stream().map(Item::tag).toList();
  }

  /** Media tags of this time or later. */
  public static Predicate<FlvTag> from(long ms) {
    return tag -> tag.isMedia() && tag.timestamp() >= ms;
  }

  /** Media tags at or after one time and before another. */
  public static Predicate<FlvTag> between(long from, long until) {
    return from(from).and(tag -> tag.timestamp() < until);
  }

  /** The index of the first tag like this. */
  public int index(Predicate<FlvTag> like) {
    for (int i = 0; i < items.size(); i++) {
      if (like.test(items.get(i).tag)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no such tag");
  }

  /** Moves the times of these tags, modulo 2^32. */
  public FaultScript shift(Predicate<FlvTag> which, long byMs) {
    for (int i = 0; i < items.size(); i++) {
      FlvTag tag = items.get(i).tag;
      if (which.test(tag)) {
        replace(i, tag.at(tag.timestamp() + byMs));
      }
    }
    return this;
  }

  public FaultScript remove(Predicate<FlvTag> which) {
    items.removeIf(one -> which.test(one.tag));
    return this;
  }

  public FaultScript insert(int index, FlvTag... tags) {
    return insert(index, List.of(tags));
  }

  public FaultScript insert(int index, List<FlvTag> tags) {
    items.addAll(index, tags.stream().map(Item::new).toList());
    return this;
  }

  /** Sends the tag at this place twice. */
  public FaultScript duplicate(int index) {
    return insert(index, items.get(index).tag);
  }

  public FaultScript swap(int one, int other) {
    Collections.swap(items, one, other);
    return this;
  }

  public FaultScript replace(int index, FlvTag tag) {
    Item one = items.get(index);
    items.set(index, new Item(tag, one.before, one.trailerError));
    return this;
  }

  /** Puts bytes that are no tag before the tag at this place. */
  public FaultScript bytesBefore(int index, byte[] bytes) {
    Item one = items.get(index);
    items.set(index, new Item(one.tag, bytes, one.trailerError));
    return this;
  }

  /** Makes the PreviousTagSize behind these tags wrong by this much. */
  public FaultScript previousTagSize(Predicate<FlvTag> which, int error) {
    items.replaceAll(one -> which.test(one.tag) ? new Item(one.tag, one.before, error) : one);
    return this;
  }

  /** The bytes of all tags with what is wrong between them, without a file header. */
  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Item item : items) {
      out.writeBytes(item.before);
      byte[] tag = item.tag.toBytes();
      ByteBuffer trailer = ByteBuffer.wrap(tag, tag.length - TRAILER, TRAILER);
      trailer.putInt(tag.length - TRAILER + item.trailerError);
      out.writeBytes(tag);
    }
    return out.toByteArray();
  }

  /** An answer with a file header and {@link #bytes()}, which then ends. */
  public Script script() {
    return Script.flv().bytes(bytes()).fin();
  }
}
