package dev.sluice.web;

import java.util.ArrayList;
import java.util.List;

/** Ways in which people write a path that leads out of a folder. */
final class Traversals {
  private static final List<String> DOTS =
      List.of("..", "%2e%2e", ".%2e", "%2e.", "%252e%252e", "%c0%ae%c0%ae", "%u002e%u002e", "...");
  private static final List<String> SLASHES =
      List.of("/", "%2f", "%2F", "\\", "%5c", "%252f", "%c0%af", "//", "/./", "%00/", ";/");

  private Traversals() {}

  /** Below a folder, to a file that stands one, two or eight folders above. */
  static List<String> to(String file) {
    List<String> all = new ArrayList<>();
    for (String dots : DOTS) {
      for (String slash : SLASHES) {
        all.add(dots + slash + file);
        all.add((dots + slash).repeat(2) + file);
        all.add("x" + slash + (dots + slash).repeat(8) + file);
      }
    }
    for (String prefix : List.of("/", "%2f", "file:///", "file:", "C:%5c", "~/", "%00", "./")) {
      all.add(prefix + file);
    }
    all.add(file + "%00.flv");
    all.add(file + "%00");
    all.add(file + ".");
    all.add(file + "::$DATA");
    return all;
  }
}
