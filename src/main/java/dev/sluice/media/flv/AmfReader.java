package dev.sluice.media.flv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads AMF0 values of any source (flv.md §4): as far as they can be understood, within bounds, and
 * without an error. Numbers become {@link Double}, dates too; objects and ECMA arrays a {@link
 * Map}; strict arrays a {@link List}; what has no value becomes null.
 */
final class AmfReader {
  private static final int MOST_VALUES = 20_000;
  private static final int DEEPEST = 16;

  private static final int NULL = 5;
  private static final int UNDEFINED = 6;
  private static final int REFERENCE = 7;
  private static final int END = 9;
  private static final int DATE = 11;
  private static final int LONG_STRING = 12;
  private static final int UNSUPPORTED = 13;
  private static final int XML = 15;
  private static final int TYPED_OBJECT = 16;

  private final ByteBuffer in;
  private int values;
  private boolean ended;

  private AmfReader(ByteBuffer in) {
    this.in = in;
  }

  /** All values of a script tag's payload, up to its end or the first that makes no sense. */
  static List<Object> values(byte[] payload) {
    AmfReader reader = new AmfReader(ByteBuffer.wrap(payload));
    List<Object> all = new ArrayList<>();
    while (reader.in.hasRemaining() && !reader.ended) {
      Object value = reader.value(0);
      if (!reader.ended || value != null) {
        all.add(value);
      }
    }
    return all;
  }

  private Object value(int depth) {
    if (depth > DEEPEST || ++values > MOST_VALUES || !has(1)) {
      return end();
    }
    int type = in.get() & 0xFF;
    return switch (type) {
      case Amf.NUMBER -> number();
      case Amf.BOOLEAN -> has(1) ? (Object) (in.get() != 0) : end();
      case Amf.STRING -> string(2);
      case LONG_STRING, XML -> string(4);
      case Amf.OBJECT -> members(depth);
      case TYPED_OBJECT -> {
        string(2);
        yield members(depth);
      }
      case Amf.ECMA_ARRAY -> {
        // The count is a hint that is often wrong.
        skip(4);
        yield members(depth);
      }
      case Amf.STRICT_ARRAY -> elements(depth);
      case DATE -> {
        Object time = number();
        skip(2);
        yield time;
      }
      case REFERENCE -> skip(2);
      case NULL, UNDEFINED, UNSUPPORTED -> null;
      default -> end();
    };
  }

  private Object number() {
    return has(Double.BYTES) ? (Object) in.getDouble() : end();
  }

  private String string(int lengthBytes) {
    if (!has(lengthBytes)) {
      end();
      return null;
    }
    int length = lengthBytes == 2 ? in.getShort() & 0xFFFF : in.getInt();
    if (length < 0 || !has(length)) {
      end();
      return null;
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Of an object: up to its end marker, or to where the payload ends without one. */
  private Map<String, Object> members(int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    while (!ended && in.hasRemaining()) {
      String name = string(2);
      if (name == null) {
        break;
      }
      if (name.isEmpty() && has(1) && in.get(in.position()) == END) {
        in.get();
        break;
      }
      Object value = value(depth + 1);
      if (!ended || value != null) {
        members.put(name, value);
      }
    }
    return members;
  }

  private List<Object> elements(int depth) {
    List<Object> elements = new ArrayList<>();
    long count = has(4) ? in.getInt() & 0xFFFFFFFFL : 0;
    for (long i = 0; i < count && !ended && in.hasRemaining(); i++) {
      elements.add(value(depth + 1));
    }
    return elements;
  }

  private Object skip(int bytes) {
    if (!has(bytes)) {
      return end();
    }
    in.position(in.position() + bytes);
    return null;
  }

  private boolean has(int bytes) {
    return in.remaining() >= bytes;
  }

  private Object end() {
    ended = true;
    return null;
  }
}
