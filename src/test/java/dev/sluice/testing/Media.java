package dev.sluice.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What ffprobe and ffmpeg, as judges that we did not write, say of a media file. */
public final class Media {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private Media() {}

  /** How many packets each kind of track ({@code video}, {@code audio}) has. */
  public static Map<String, Long> packetCounts(Path file) {
    Map<String, Long> counts = new TreeMap<>();
    for (String line : probe(file, "packet=codec_type").split("\\R")) {
      String kind = line.replaceAll("[^a-z]", "");
      if (!kind.isEmpty()) {
        counts.merge(kind, 1L, Long::sum);
      }
    }
    return counts;
  }

  /** Whether a full decode has nothing to complain about. */
  public static boolean decodesSilently(Path file) {
    return decodeErrors(file).isEmpty();
  }

  /** What a full decode prints; empty when all is well. */
  public static String decodeErrors(Path file) {
    List<String> words = List.of("ffmpeg", "-nostdin", "-v", "error", "-i", file.toString());
    List<String> command = new ArrayList<>(words);
    command.addAll(List.of("-f", "null", "-"));
    try (TestProcess ffmpeg = TestProcess.start(command)) {
      if (!ffmpeg.endsWithin(LIMIT)) {
        throw new AssertionError("decoding took more than " + LIMIT.toSeconds() + " s: " + file);
      }
      return ffmpeg.errors().strip();
    }
  }

  /** The duration that ffprobe reports, in seconds. */
  public static double durationSeconds(Path file) {
    String answer = probe(file, "format=duration").strip();
    try {
      return Double.parseDouble(answer);
    } catch (NumberFormatException e) {
      throw new AssertionError("no duration of " + file + ": " + answer, e);
    }
  }

  /** When a track ({@code v}, {@code a}) begins to play, in seconds. */
  public static double startSeconds(Path file, String track) {
    List<String> command =
        List.of(
            "ffprobe",
            "-v",
            "error",
            "-select_streams",
            track,
            "-show_entries",
            "stream=start_time",
            "-of",
            "csv=p=0",
            file.toString());
    return Double.parseDouble(TestProcess.run(LIMIT, command).output().strip());
  }

  private static String probe(Path file, String entries) {
    List<String> command =
        List.of("ffprobe", "-v", "error", "-show_entries", entries, "-of", "csv=p=0", "" + file);
    return TestProcess.run(LIMIT, command).output();
  }
}
