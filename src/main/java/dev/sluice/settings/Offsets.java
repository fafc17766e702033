package dev.sluice.settings;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Turns the parser's marks, which count code points, into offsets of chars. */
final class Offsets {
  /** Offset of each code point; null where both counts are the same. */
  private final int[] charOffset;

  Offsets(String text) {
    int count = text.codePointCount(0, text.length());
    charOffset = count == text.length() ? null : new int[count + 1];
    if (charOffset != null) {
      int offset = 0;
      for (int i = 0; i < count; i++) {
        charOffset[i] = offset;
        offset += Character.charCount(text.codePointAt(offset));
      }
      charOffset[count] = offset;
    }
  }

  int start(Event event) {
    return offset(event.getStartMark().orElseThrow());
  }

  int end(Event event) {
    return offset(event.getEndMark().orElseThrow());
  }

  Place place(Event event, int end) {
    Mark mark = event.getStartMark().orElseThrow();
    return new Place(offset(mark), end, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private int offset(Mark mark) {
    return charOffset == null ? mark.getIndex() : charOffset[mark.getIndex()];
  }
}
