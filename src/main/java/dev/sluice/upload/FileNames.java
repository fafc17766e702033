package dev.sluice.upload;

import java.nio.charset.StandardCharsets;

/** Names at the target that come from a file's own name. All fit into 255 bytes of UTF-8. */
final class FileNames {
  private static final int MAX_BYTES = 255;
  private static final String COVERAGE = ".coverage.json";

  private FileNames() {}

  /** The name under which the file is being written. */
  static String temporary(String name, long delivery) {
    return "." + fit(name, "." + delivery + ".sluice-tmp", 1);
  }

  /** The n-th name for a file whose names before that are taken: {@code name (2).flv}. */
  static String numbered(String name, int n) {
    if (n == 1) {
      return name;
    }
    int dot = name.endsWith(COVERAGE) ? name.length() - COVERAGE.length() : name.lastIndexOf('.');
    int end = dot > 0 ? dot : name.length();
    return fit(name.substring(0, end), " (" + n + ")" + name.substring(end), 0);
  }

  /** The name, shortened if it must be, with the ending whole. */
  private static String fit(String name, String ending, int reserved) {
    int room = MAX_BYTES - reserved - bytes(ending);
    int end = name.length();
    while (end > 1 && bytes(name.substring(0, end)) > room) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end) + ending;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
