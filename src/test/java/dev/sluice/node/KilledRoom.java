package dev.sluice.node;

import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import dev.sluice.testing.Holes;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Recorded;
import dev.sluice.testing.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A live room of a server that is killed again and again. */
final class KilledRoom {
  private static final int FILE_HEADER = 13;

  private final String name;
  private final String path;
  private final LiveSource source;
  private final Recorded recorded;
  private Set<Path> partsBefore = Set.of();
  private List<Frame> sent = List.of();

  /** What stood in each part after a kill, by the name that its file gets. */
  private final Map<Path, List<Frame>> left = new TreeMap<>();

  KilledRoom(int number, LiveSource source, Broadcast live, Path recordings) {
    name = "room" + number;
    path = "/" + name + ".flv";
    this.source = source;
    recorded = new Recorded(recordings.resolve(name));
    source.on(path, Script.live(live));
  }

  /** Its entry below {@code rooms}. */
  String settings() {
    return "  - {link: \"%s\", recordings: {name: \"%s/{part:0000}\"}}%n"
        .formatted(source.uri(path), name);
  }

  void noteParts() {
    partsBefore = Set.copyOf(recorded.parts());
  }

  /** Whether a part of after {@link #noteParts} holds more than a file header. */
  boolean hasNewBytes() {
    return recorded.parts().stream()
        .filter(part -> !partsBefore.contains(part))
        .anyMatch(part -> size(part) > FILE_HEADER);
  }

  private static long size(Path part) {
    try {
      return Files.size(part);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void noteWhatWasSent() {
    sent = source.framesOnce(path);
  }

  /** After a kill: by how many milliseconds the files are behind what was sent before it. */
  long lostMs() {
    Set<String> held = new HashSet<>();
    for (Path part : recorded.parts()) {
      List<Frame> frames = framesIn(part);
      left.put(finalName(part), frames);
      frames.forEach(frame -> held.add(content(frame)));
    }
    // The program may not have come to a part of its own. Older files may hold an earlier loop.
    List<Path> files = recorded.media();
    for (Path file : files.subList(Math.max(0, files.size() - 2), files.size())) {
      FlvTags.frames(file).forEach(frame -> held.add(content(frame)));
    }
    List<Frame> there = sent.stream().filter(frame -> held.contains(content(frame))).toList();
    return newest(sent) - newest(there);
  }

  private static List<Frame> framesIn(Path part) {
    try {
      byte[] bytes = Files.readAllBytes(part);
      return bytes.length < FILE_HEADER ? List.of() : FlvTags.frames(FlvTags.parseCut(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path finalName(Path part) {
    String name = part.getFileName().toString().replaceFirst("\\.\\d+\\.part$", "");
    return part.resolveSibling(name);
  }

  private static String content(Frame frame) {
    return frame.track() + frame.payloadHash();
  }

  private static long newest(List<Frame> frames) {
    return frames.stream().mapToLong(Frame::timestamp).max().orElse(0);
  }

  /** At the end: each part became a file as it was, nothing is there twice, the rest is told. */
  void assertWholeAndTold() {
    recorded.assertHoldsButForGaps(source.framesOnce(path));
    left.forEach(KilledRoom::assertFinished);
    Holes.between(recorded.frames()).assertTold(recorded.coverage());
    recorded.assertPlayableTogether();
  }

  private static void assertFinished(Path file, List<Frame> inPart) {
    if (!inPart.isEmpty()) {
      FlvTags.assertSameFrames(inPart, FlvTags.frames(file));
    }
  }
}
