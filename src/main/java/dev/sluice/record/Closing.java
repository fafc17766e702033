package dev.sluice.record;

import dev.sluice.bus.EndCause;
import dev.sluice.media.flv.FlvRecording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The end of an attempt: lets everything out, closes the file, enters the end. */
final class Closing {
  private final FlvRecording recording;
  private final RecordingWriter writer;

  Closing(FlvRecording recording, RecordingWriter writer) {
    this.recording = recording;
    this.writer = writer;
  }

  /**
   * Never throws: whoever waits for the end of the attempt is told of it afterwards.
   *
   * @return what went wrong, if anything did
   */
  Optional<String> close(EndCause cause) {
    String trouble = null;
    try {
      if (cause != EndCause.DISK && cause != EndCause.FAILED) {
        recording.finish();
      }
    } catch (UncheckedIOException e) {
      trouble = String.valueOf(e.getCause().getMessage());
    } catch (RuntimeException | Error e) {
      trouble = e.toString();
    }
    try {
      writer.abandon();
      writer.end(cause.name().toLowerCase(java.util.Locale.ROOT), isOver(cause) && trouble == null);
    } catch (IOException e) {
      trouble = String.valueOf(e.getMessage());
    } catch (RuntimeException | Error e) {
      trouble = e.toString();
    }
    return Optional.ofNullable(trouble);
  }

  /** After a shutdown, and when there is space again or the disk works, the recording goes on. */
  private static boolean isOver(EndCause cause) {
    return switch (cause) {
      case SHUTDOWN, SPACE, DISK, FAILED -> false;
      default -> true;
    };
  }
}
