package dev.sluice.media.flv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes AMF0 values (flv.md §4). */
final class Amf {
  static final int NUMBER = 0;
  static final int BOOLEAN = 1;
  static final int STRING = 2;
  static final int OBJECT = 3;
  static final int ECMA_ARRAY = 8;
  static final int STRICT_ARRAY = 10;
  private static final int END = 9;

  private Amf() {}

  static void number(ByteBuffer to, double value) {
    to.put((byte) NUMBER).putDouble(value);
  }

  static void bool(ByteBuffer to, boolean value) {
    to.put((byte) BOOLEAN).put((byte) (value ? 1 : 0));
  }

  static void string(ByteBuffer to, String value) {
    to.put((byte) STRING);
    key(to, value);
  }

  /** The name of a member: a string without its type. */
  static void key(ByteBuffer to, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    to.putShort((short) bytes.length).put(bytes);
  }

  static void end(ByteBuffer to) {
    to.putShort((short) 0).put((byte) END);
  }
}
