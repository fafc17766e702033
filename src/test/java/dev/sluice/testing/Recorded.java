package dev.sluice.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.file.RecordedTags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What stands in a recordings folder, read as a user's script would: by the coverage files. */
public final class Recorded {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COVERAGE = ".coverage.json";

  private final Path root;

  public Recorded(Path root) {
    this.root = root;
  }

  /** All files below the folder whose name ends so, without those of the folder's locks. */
  public List<Path> files(String ending) {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".lock"))
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The finished media files. */
  public List<Path> media() {
    List<Path> media = new ArrayList<>(files(".flv"));
    media.addAll(files(".mp4"));
    return media;
  }

  /** The parts; one that gets its final name meanwhile may be missing. */
  public List<Path> parts() {
    return files(".part");
  }

  /** Frames in all parts as they stand now, which may end inside a tag. */
  public List<Frame> framesInParts() {
    List<Frame> frames = new ArrayList<>();
    for (Path part : parts()) {
      try {
        byte[] bytes = Files.readAllBytes(part);
        if (bytes.length > 0 && part.toString().contains(".mp4.")) {
          frames.addAll(FlvTags.frames(tags(part)));
        } else if (bytes.length > 13) {
          frames.addAll(FlvTags.frames(FlvTags.parseCut(bytes)));
        }
      } catch (NoSuchFileException e) {
        // It has its final name now.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return frames;
  }

  /** The coverage files, in the order of their names. */
  public List<JsonNode> coverages() {
    return files(COVERAGE).stream().map(Recorded::json).toList();
  }

  /** The coverage file of the only recording. */
  public JsonNode coverage() {
    return json(coverageFile());
  }

  /** All frames of the only recording, on its time line, as its coverage file puts them. */
  public List<Frame> frames() {
    return frames(coverageFile());
  }

  /** Every frame of a recording, in the order of the files. */
  public static List<Frame> frames(Path coverageFile) {
    List<Frame> frames = new ArrayList<>();
    for (JsonNode segment : json(coverageFile).get("segments")) {
      Path file = coverageFile.resolveSibling(segment.get("file").asText());
      long start = segment.get("start_ms").asLong();
      for (Frame frame : FlvTags.frames(tags(file))) {
        frames.add(
            new Frame(frame.track(), frame.timestamp() + start, frame.payloadHash(), frame.key()));
      }
    }
    return frames;
  }

  /** What a file of either container holds, as tags. */
  public static List<FlvTag> tags(Path file) {
    if (!file.toString().contains(".mp4")) {
      return FlvTags.read(file);
    }
    List<FlvTag> tags = new ArrayList<>();
    try {
      RecordedTags.read(
          file, tag -> tags.add(new FlvTag(tag.type(), tag.time(), tag.copyPayload())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tags;
  }

  /** Fails unless every media file decodes and no part is left. */
  public void assertPlayable() {
    for (Path file : media()) {
      String errors = Media.decodeErrors(file);
      if (!errors.isEmpty()) {
        throw new AssertionError(file + ": " + errors);
      }
    }
    if (!parts().isEmpty()) {
      throw new AssertionError("parts are left: " + parts());
    }
  }

  /**
   * Fails unless the files of the only recording, put together, decode, and no part is left. A file
   * that joins on after a restart may begin inside a group of pictures, and does not decode alone.
   */
  public void assertPlayableTogether() {
    List<FlvTag> tags = new ArrayList<>();
    for (JsonNode segment : coverage().get("segments")) {
      Path file = coverageFile().resolveSibling(segment.get("file").asText());
      long start = segment.get("start_ms").asLong();
      for (FlvTag tag : tags(file)) {
        if (tag.isMedia() || start == 0) {
          tags.add(tag.at(tag.timestamp() + start));
        }
      }
    }
    try {
      Path joined = Files.createTempFile("joined-", ".flv");
      String errors = Media.decodeErrors(FlvTags.write(joined, tags));
      Files.delete(joined);
      if (!errors.isEmpty() || !parts().isEmpty()) {
        throw new AssertionError(errors + parts());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails unless these frames stand in the only recording once each, at their times. */
  public void assertHolds(List<Frame> sent) {
    FlvTags.assertSameFrames(sorted(expected(sent)), sorted(frames()));
    assertInOrder(frames());
  }

  /**
   * Fails unless the beginning of these frames, at least so many of them, stands in the only
   * recording once each: for a recording that was ended while the source was sending.
   */
  public void assertHoldsBeginning(List<Frame> sent, int atLeast) {
    List<Frame> found = frames();
    List<Frame> expected = expected(sent);
    if (found.size() < atLeast || found.size() > expected.size()) {
      throw new AssertionError(found.size() + " frames, not " + atLeast + " to " + expected.size());
    }
    for (Frame.Track track : Frame.Track.values()) {
      List<Frame> wanted = of(track, expected);
      List<Frame> came = of(track, found);
      FlvTags.assertSameFrames(wanted.subList(0, Math.min(came.size(), wanted.size())), came);
    }
  }

  /**
   * Fails unless the only recording holds these frames except where its coverage file tells of a
   * gap, and nothing twice or out of order.
   *
   * @return how many were missing
   */
  public int assertHoldsButForGaps(List<Frame> sent) {
    List<Frame> found = frames();
    assertInOrder(found);
    Set<Frame> set = new HashSet<>(found);
    List<Frame> expected = expected(sent);
    if (!new HashSet<>(expected).containsAll(set)) {
      throw new AssertionError("frames that nobody sent: " + foreign(set, expected));
    }
    long end = found.stream().mapToLong(Frame::timestamp).max().orElse(0);
    List<Frame> missing =
        expected.stream().filter(f -> f.timestamp() <= end && !set.contains(f)).toList();
    for (Frame frame : missing) {
      if (!isInGap(frame)) {
        throw new AssertionError(frame + " is missing, and no gap says so: " + coverage());
      }
    }
    return missing.size();
  }

  private boolean isInGap(Frame frame) {
    for (JsonNode gap : coverage().get("gaps")) {
      long from = gap.get("at_ms").asLong() - FRAME_MS;
      long to = gap.get("at_ms").asLong() + gap.get("duration_ms").asLong() + FRAME_MS;
      if (frame.timestamp() >= from && frame.timestamp() <= to) {
        return true;
      }
    }
    return false;
  }

  /** A gap is told by one track; another one's frames may begin this much beside it. */
  private static final long FRAME_MS = 60;

  private static Frame foreign(Set<Frame> found, List<Frame> sent) {
    Set<Frame> left = new HashSet<>(found);
    sent.forEach(left::remove);
    return left.stream().min(Comparator.comparingLong(Frame::timestamp)).orElseThrow();
  }

  private static void assertInOrder(List<Frame> frames) {
    for (Frame.Track track : Frame.Track.values()) {
      List<Frame> own = of(track, frames);
      for (int i = 1; i < own.size(); i++) {
        if (own.get(i).timestamp() <= own.get(i - 1).timestamp()) {
          throw new AssertionError("not after " + own.get(i - 1) + ": " + own.get(i));
        }
      }
    }
  }

  private static List<Frame> expected(List<Frame> sent) {
    return FlvTags.rebased(FlvTags.fromFirstKeyFrame(sent));
  }

  private static List<Frame> of(Frame.Track track, List<Frame> frames) {
    return frames.stream().filter(frame -> frame.track() == track).toList();
  }

  private static List<Frame> sorted(List<Frame> frames) {
    return frames.stream()
        .sorted(Comparator.comparingLong(Frame::timestamp).thenComparing(Frame::track))
        .toList();
  }

  private Path coverageFile() {
    List<Path> found = files(COVERAGE);
    if (found.size() != 1) {
      throw new AssertionError("one coverage file was expected: " + found);
    }
    return found.get(0);
  }

  private static JsonNode json(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
