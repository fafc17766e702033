package dev.sluice.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.ledger.GapRow;
import dev.sluice.ledger.RecordingRow;
import dev.sluice.ledger.SegmentRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file beside a recording that says what of the broadcast is on disk. Users' scripts read it:
 * the names in it are an interface (docs/guide.md).
 */
final class CoverageFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String ENDING = ".coverage.json";

  private CoverageFile() {}

  /** Path of the coverage file of a recording whose first segment has this path. */
  static String besides(String firstSegment) {
    int dot = firstSegment.lastIndexOf('.');
    int slash = firstSegment.lastIndexOf('/');
    return (dot > slash ? firstSegment.substring(0, dot) : firstSegment) + ENDING;
  }

  /**
   * What the ledger holds of a recording.
   *
   * @param notes by the names of {@link RecordingNotes}
   */
  record Held(List<SegmentRow> segments, List<GapRow> gaps, Map<String, String> notes) {}

  /** Writes it anew, by a temporary file: a reader sees the old one or the new one, whole. */
  static void write(Path target, RecordingRow recording, Optional<Instant> ended, Held held)
      throws IOException {
    ObjectNode tree = tree(recording, held);
    tree.put("ended_at", ended.map(Object::toString).orElse(null));
    byte[] bytes = JSON.writeValueAsBytes(tree);
    Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    Publishing.forceFolder(target.toAbsolutePath().getParent());
  }

  private static ObjectNode tree(RecordingRow recording, Held held) {
    ObjectNode root = JSON.createObjectNode();
    // Not the room's address: its query may hold a key, and this file is delivered.
    root.put("room", recording.room().publicId());
    root.put("platform", recording.room().platform());
    root.put("name", recording.roomName());
    root.put("title", recording.title());
    root.put("started_at", recording.startedAt().toString());
    root.putNull("ended_at");
    List<SegmentRow> closed =
        held.segments().stream().filter(row -> row.state() != SegmentRow.State.OPEN).toList();
    root.put("video_frames", closed.stream().mapToLong(SegmentRow::videoFrames).sum());
    root.put("audio_frames", closed.stream().mapToLong(SegmentRow::audioFrames).sum());
    ArrayNode files = root.putArray("segments");
    closed.forEach(segment -> files.add(segment(segment, held)));
    ArrayNode holes = root.putArray("gaps");
    for (GapRow gap : held.gaps()) {
      holes.add(
          JSON.createObjectNode()
              .put("at_ms", gap.atMs())
              .put("duration_ms", gap.durationMs())
              .put("cause", gap.cause()));
    }
    root.put("gap_ms", held.gaps().stream().mapToLong(GapRow::durationMs).sum());
    root.putObject("duplicates_dropped").put("frames", recording.duplicateFrames());
    Map<String, String> notes = held.notes();
    root.putObject("damaged")
        .put("places", RecordingNotes.number(notes, RecordingNotes.DAMAGED_PLACES))
        .put("bytes", RecordingNotes.number(notes, RecordingNotes.DAMAGED_BYTES));
    root.put("mended_times", RecordingNotes.number(notes, RecordingNotes.MENDED_TIMES));
    ArrayNode tracks = root.putArray("other_tracks");
    RecordingNotes.tracks(notes).forEach(tracks::add);
    ObjectNode said = root.putObject("source_says");
    RecordingNotes.said(notes).forEach(said::put);
    return root;
  }

  private static ObjectNode segment(SegmentRow segment, Held held) {
    String duplicates = RecordingNotes.DUPLICATES + segment.index();
    return JSON.createObjectNode()
        .put("file", Path.of(segment.file()).getFileName().toString())
        .put("bytes", segment.bytes())
        .put("video_frames", segment.videoFrames())
        .put("audio_frames", segment.audioFrames())
        .put("start_ms", segment.startMs())
        .put("end_ms", segment.endMs())
        .put("gap_ms", gapsWithin(segment, held.gaps()))
        .put("duplicates_dropped", RecordingNotes.number(held.notes(), duplicates));
  }

  /** How much is missing inside of a file; what is missing before it counts for none. */
  private static long gapsWithin(SegmentRow segment, List<GapRow> gaps) {
    return gaps.stream()
        .filter(gap -> gap.atMs() > segment.startMs() && gap.atMs() < segment.endMs())
        .mapToLong(GapRow::durationMs)
        .sum();
  }
}
