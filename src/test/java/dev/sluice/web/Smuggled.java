package dev.sluice.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests of which two readers could find different ends; each hides a second one. */
final class Smuggled {
  private Smuggled() {}

  private static final List<String> ENCODINGS =
      List.of(
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: Chunked",
          "transfer-encoding: CHUNKED",
          "Transfer-Encoding:chunked",
          "Transfer-Encoding:\tchunked",
          "Transfer-Encoding:  chunked  ",
          "Transfer-Encoding : chunked",
          "Transfer-Encoding\t: chunked",
          "Transfer-Encoding:\r\n chunked",
          "Transfer-Encoding: xchunked",
          "Transfer-Encoding: chunkedx",
          "Transfer-Encoding: chunked, identity",
          "Transfer-Encoding: identity, chunked",
          "Transfer-Encoding: identity",
          "Transfer-Encoding: gzip, chunked",
          "Transfer-Encoding: chunked, chunked",
          "Transfer-Encoding: chunked;q=0.5",
          "Transfer-Encoding: \"chunked\"",
          "Transfer-Encoding: 'chunked'",
          "Transfer-Encoding: \u000bchunked",
          "Transfer-Encoding: \u000cchunked",
          "Transfer-Encoding: chunked\u0000",
          "Transfer-Encoding: \u0000chunked",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
          "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
          "Transfer-Encoding:",
          "Transfer-Encoding: ,chunked",
          "Transfer-Encoding: chunked,",
          "Transfer-Encoding: cow",
          "Transfer-Encoding: \u00e7hunked",
          "Transfer-Encoding: chun\rked",
          "X: x\rTransfer-Encoding: chunked",
          "X: x\nTransfer-Encoding: chunked",
          "Transfer-Encoding\u0000: chunked",
          "\u0000Transfer-Encoding: chunked");

  private static final List<String> LENGTHS =
      List.of(
          "Content-Length: 4\r\nContent-Length: 0",
          "Content-Length: 0\r\nContent-Length: 4",
          "Content-Length: 4, 0",
          "Content-Length: 4,4",
          "Content-Length: +4",
          "Content-Length: -4",
          "Content-Length: -0",
          "Content-Length: 0x4",
          "Content-Length: 4.0",
          "Content-Length: 4e0",
          "Content-Length: 4;",
          "Content-Length: 4 0",
          "Content-Length: \"4\"",
          "Content-Length:",
          "Content-Length: x",
          "Content-Length: 99999999999999999999",
          "Content-Length: 18446744073709551620",
          "Content-Length: 4\u0000",
          "Content-Length: \u00004",
          "Content-Length : 4",
          "Content-Length\t: 4",
          "Content-Length: 0\r\n 4",
          "Content-Length: \u06604",
          "Content-Length: 4\u000b",
          "Content-Length: 0\r\ncontent-length: 4",
          "Content-Length: 0\nContent-Length: 4",
          "Content-Length: 0\rContent-Length: 4",
          "Content-Length: 0_4");

  private static final List<String> CHUNKS =
      List.of(
          "0\r\n\r\n",
          "0\n\n",
          "0\r\n\n",
          "0;x\r\n\r\n",
          "0;\n\r\n\r\n",
          "00\r\n\r\n",
          "0x0\r\n\r\n",
          "-0\r\n\r\n",
          "+0\r\n\r\n",
          " 0\r\n\r\n",
          "0 \r\n\r\n",
          "G\r\n\r\n",
          "\r\n0\r\n\r\n",
          "FFFFFFFFFFFFFFFF0\r\n\r\n",
          "1\r\nZ0\r\n\r\n",
          "1\r\nZ\n0\r\n\r\n",
          "0\r\nContent-Length: 5\r\n\r\n",
          "0\r\nHost: evil.test\r\n\r\n",
          "0\r\nTransfer-Encoding: chunked\r\n\r\n",
          "0\r\r\n\r\n");

  private static final List<String> LINES =
      List.of(
          "POST %s",
          "POST %s HTTP/2.0",
          "POST %s HTTP/1.2",
          "POST %s http/1.1",
          "POST %s HTTP/1.1x",
          "POST %s HTTP/11",
          "P\u0000ST %s HTTP/1.1",
          "POST %s HTTP /1.1",
          "POST %s HTTP/1,1",
          "(POST) %s HTTP/1.1");

  /**
   * The corpus by what is wrong with it.
   *
   * @param path that is asked for first
   * @param headers of both, each with its line end
   * @param second the whole of the one that is hidden
   */
  static Map<String, String> requests(String path, String headers, String second) {
    Map<String, String> all = new LinkedHashMap<>();
    String post = "POST " + path + " HTTP/1.1\r\n" + headers;
    for (String encoding : ENCODINGS) {
      String length = "Content-Length: " + ("0\r\n\r\n".length() + second.length()) + "\r\n";
      all.put("with length, " + encoding, post + length + encoding + "\r\n\r\n0\r\n\r\n" + second);
      all.put(
          "before length, " + encoding,
          post + encoding + "\r\n" + length + "\r\n0\r\n\r\n" + second);
    }
    for (String length : LENGTHS) {
      all.put(length, post + length + "\r\n\r\n    " + second);
    }
    for (String chunk : CHUNKS) {
      all.put("chunk " + chunk, post + "Transfer-Encoding: chunked\r\n\r\n" + chunk + second);
    }
    for (String line : LINES) {
      all.put(line, String.format(line, path) + "\r\n" + headers + "\r\n" + second);
    }
    for (String header :
        List.of("X", "X : x", "X\u0000: x", "X: \u0000", "(): x", "X Y: z", "X:\ry\r")) {
      all.put("header " + header, post + header + "\r\n\r\n" + second);
    }
    return all;
  }

  /** For messages: control characters as escapes. */
  static String shown(String text) {
    List<String> parts = new ArrayList<>();
    text.chars()
        .forEach(c -> parts.add(c < 32 || c > 126 ? String.format("\\u%04x", c) : "" + (char) c));
    return String.join("", parts);
  }
}
