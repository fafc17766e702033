package dev.sluice.storage;

import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.RecordingRow;
import dev.sluice.ledger.SegmentRow;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One file of a recording, where it belongs and where it lies in the trash. The trash is on the
 * same root, so that files get there and back by their names alone.
 *
 * @param root recordings root
 * @param file path relative to the root, as the row has it
 * @param bytes that we wrote; empty where the row does not say
 */
record StoredFile(Path root, String file, Optional<Long> bytes) {
  /** Folder of ours on each root; what stands in it is never taken for a recording. */
  static final String OURS = ".sluice";

  private static final String TRASH = "trash";

  /** A path in a row that no recorder has written: nothing is done to what it names. */
  static final class Outside extends Exception {
    private static final long serialVersionUID = 1L;

    Outside(String message) {
      super(message);
    }
  }

  /** Every finished file of a recording, its coverage file last. To be called in a transaction. */
  static List<StoredFile> of(Ledger.Rows rows, RecordingRow recording) {
    List<SegmentRow> segments = rows.segmentsOf(recording.id());
    List<StoredFile> files = new ArrayList<>();
    for (SegmentRow segment : segments) {
      if (segment.state() != SegmentRow.State.OPEN) {
        files.add(new StoredFile(segment.root(), segment.file(), Optional.of(segment.bytes())));
      }
    }
    if (!segments.isEmpty()) {
      Path root = segments.get(0).root();
      recording
          .coverage()
          .ifPresent(file -> files.add(new StoredFile(root, file, Optional.empty())));
    }
    return files;
  }

  /** Where the recorder put it. */
  Path inPlace() throws Outside {
    return root.resolve(relative());
  }

  /** Where it lies while its recording is in the trash. */
  Path inTrash(long recording) throws Outside {
    return trashOf(root, recording).resolve(relative());
  }

  /** Folder of one recording in the trash. */
  static Path trashOf(Path root, long recording) {
    return root.resolve(OURS).resolve(TRASH).resolve(Long.toString(recording));
  }

  private Path relative() throws Outside {
    Path path;
    try {
      path = Path.of(file);
    } catch (InvalidPathException e) {
      throw new Outside("its name cannot be a file's name");
    }
    if (!root.isAbsolute() || path.isAbsolute() || file.isEmpty()) {
      throw new Outside("its name in the ledger is no path below " + root);
    }
    for (Path name : path) {
      if (List.of("", ".", "..").contains(name.toString())) {
        throw new Outside("its name in the ledger leads out of " + root);
      }
    }
    if (path.getName(0).toString().equals(OURS)) {
      throw new Outside("its name in the ledger is that of Sluice's own files");
    }
    return path;
  }
}
