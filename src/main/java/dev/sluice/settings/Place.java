package dev.sluice.settings;

/**
 * Where a node stands in its text.
 *
 * @param start offset of its first char
 * @param end offset behind its last char; white space and comments that follow do not count
 * @param line from 1
 * @param column from 1, in code points
 */
record Place(int start, int end, int line, int column) {
  static final Place TOP = new Place(0, 0, 1, 1);
}
