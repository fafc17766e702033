package dev.sluice.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Names of recorded files in addresses and headers. */
final class FileNaming {
  private static final String PLAIN = "-._~";
  private static final Map<String, String> TYPES =
      Map.of(
          "flv", "video/x-flv",
          "ts", "video/mp2t",
          "mp4", "video/mp4",
          "m4s", "video/iso.segment",
          "json", "application/json");

  private FileNaming() {}

  /** The last part of a path of the ledger. */
  static String base(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The type by the ending: fixed, never guessed from what a stranger's stream holds. */
  static String type(String name) {
    return TYPES.getOrDefault(
        name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
  }

  /** As one segment of an address. */
  static String encoded(String name) {
    StringBuilder text = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(b) || PLAIN.indexOf(b) >= 0) {
        text.append((char) b);
      } else {
        text.append(String.format("%%%02X", b & 0xFF));
      }
    }
    return text.toString();
  }

  private static boolean isPlain(int c) {
    return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
  }

  /** A Content-Disposition that saves the file under its name (RFC 6266). */
  static String attachment(String name) {
    StringBuilder plain = new StringBuilder();
    name.codePoints()
        .forEach(c -> plain.append(isPlain(c) || " -._()".indexOf(c) >= 0 ? (char) c : '_'));
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded(name);
  }

  static String url(long recording, String name) {
    return Routes.API + "/recordings/" + recording + "/files/" + encoded(name);
  }
}
