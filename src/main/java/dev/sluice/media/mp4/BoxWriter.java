package dev.sluice.media.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes boxes, one inside the other, into an array that grows. */
final class BoxWriter {
  private byte[] bytes;
  private int size;

  BoxWriter(int expected) {
    bytes = new byte[Math.max(64, expected)];
  }

  /** What stands in a box. */
  interface Content {
    void write();
  }

  /** A box with its size (ISO/IEC 14496-12 §4.2). */
  void box(String type, Content content) {
    int at = size;
    u32(0);
    text(type);
    content.write();
    set32(at, size - at);
  }

  /** A box with version and flags. */
  void full(String type, int version, int flags, Content content) {
    box(
        type,
        () -> {
          u32(version << 24 | flags);
          content.write();
        });
  }

  /** An MPEG-4 descriptor; its length is always written in four bytes (ISO/IEC 14496-1 §8.3.3). */
  void descriptor(int tag, Content content) {
    u8(tag);
    int at = size;
    u32(0);
    content.write();
    int length = size - at - 4;
    for (int i = 0; i < 4; i++) {
      int more = i < 3 ? 0x80 : 0;
      bytes[at + i] = (byte) (more | length >> 7 * (3 - i) & 0x7F);
    }
  }

  void u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  void u16(int value) {
    u8(value >> 8);
    u8(value);
  }

  void u32(int value) {
    room(4);
    set32(size, value);
    size += 4;
  }

  void u64(long value) {
    u32((int) (value >> 32));
    u32((int) value);
  }

  void zeros(int count) {
    room(count);
    size += count;
  }

  void text(String ascii) {
    put(ByteBuffer.wrap(ascii.getBytes(StandardCharsets.US_ASCII)));
  }

  void put(ByteBuffer source) {
    int count = source.remaining();
    room(count);
    source.get(bytes, size, count);
    size += count;
  }

  /** How much was written. */
  int size() {
    return size;
  }

  /** Writes over what stands there. */
  void set32(int at, int value) {
    bytes[at] = (byte) (value >> 24);
    bytes[at + 1] = (byte) (value >> 16);
    bytes[at + 2] = (byte) (value >> 8);
    bytes[at + 3] = (byte) value;
  }

  byte[] done() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  private void room(int count) {
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
    }
  }
}
