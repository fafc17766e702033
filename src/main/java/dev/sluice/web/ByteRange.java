package dev.sluice.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a request wants.
 *
 * @param kind whether it is all, a part, or lies outside of the file
 * @param start first byte
 * @param length number of bytes
 */
record ByteRange(Kind kind, long start, long length) {
  private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d*)-(\\d*)\\s*");

  /** More digits are more than any file has. */
  private static final int MAX_DIGITS = 18;

  enum Kind {
    WHOLE,
    PART,
    OUTSIDE
  }

  /**
   * Reads a Range header. Several ranges, other units and what makes no sense are ignored, as RFC
   * 9110 allows: the whole file is the answer.
   *
   * @param header null without one
   * @param size of the file
   */
  static ByteRange of(String header, long size) {
    Matcher matcher = ONE.matcher(header == null ? "" : header);
    if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
      return whole(size);
    }
    if (matcher.group(1).isEmpty()) {
      long suffix = Math.min(number(matcher.group(2)), size);
      return suffix == 0 ? outside() : part(size - suffix, size - 1);
    }
    long first = number(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? Long.MAX_VALUE : number(matcher.group(2));
    if (last < first) {
      return whole(size);
    }
    return first >= size ? outside() : part(first, Math.min(last, size - 1));
  }

  static ByteRange whole(long size) {
    return new ByteRange(Kind.WHOLE, 0, size);
  }

  private static ByteRange outside() {
    return new ByteRange(Kind.OUTSIDE, 0, 0);
  }

  private static ByteRange part(long first, long last) {
    return new ByteRange(Kind.PART, first, last - first + 1);
  }

  private static long number(String digits) {
    return digits.length() > MAX_DIGITS ? Long.MAX_VALUE - 1 : Long.parseLong(digits);
  }

  /** The Content-Range header of a part, or of a refusal. */
  String contentRange(long size) {
    String range = kind == Kind.OUTSIDE ? "*" : start + "-" + (start + length - 1);
    return "bytes " + range + "/" + size;
  }
}
