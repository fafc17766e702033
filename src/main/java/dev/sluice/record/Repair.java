package dev.sluice.record;

import dev.sluice.file.FrameLists;
import dev.sluice.file.RecordedTags;
import dev.sluice.media.flv.FlvException;
import dev.sluice.media.flv.FlvHead;
import dev.sluice.media.flv.FlvReader;
import dev.sluice.media.flv.FlvRecording;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.mp4.FrameList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Sends an FLV file of any recorder through the pipeline that a live stream goes through, and
 * writes what comes out: whole tags, each frame once, times that rise from 0, an index. The file
 * itself is only read. Blocks.
 */
public final class Repair {
  private static final int BLOCK = 256 * 1024;
  private static final byte[] HEADER = {'F', 'L', 'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0};

  /** Longer steps of a file's times are holes or mistakes, not the pace at which it was sent. */
  private static final long LONGEST_STEP_MS = 5000;

  private final RepairFindings findings = new RepairFindings();
  private final RepairFiles files;
  private final FlvRecording recording;
  private long clockMs;
  private long newestMs = -1;

  private Repair(RepairFiles files) {
    this.files = files;
    recording = new FlvRecording(files, () -> {});
  }

  /**
   * Reads one file and writes another, or several where the codec changes on the way.
   *
   * @param out name of the first file that is written; further ones are numbered
   * @param write false: nothing is written, it is only said what would be
   * @throws IOException with a sentence for the user: no FLV, a name that is taken, a full disk
   */
  public static RepairReport run(Path in, Path out, boolean write) throws IOException {
    if (write && Files.exists(out)) {
      throw new FileAlreadyExistsException(out + " exists already: name another file with --out");
    }
    try (RepairFiles files = new RepairFiles(out, write)) {
      Repair repair = new Repair(files);
      repair.read(in);
      return repair.report(Files.size(in));
    } catch (FlvException e) {
      throw new IOException(in + ": " + e.getMessage(), e);
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void read(Path in) throws IOException, FlvException {
    recording.legStarted(0);
    recording.accept(ByteBuffer.wrap(HEADER.clone()), 0);
    try (FileChannel channel = FileChannel.open(in, StandardOpenOption.READ)) {
      if (RecordedTags.isMp4(channel)) {
        readMp4(channel);
      } else {
        readFlv(channel);
      }
    }
    recording.legEnded("the file ends");
    recording.finish();
  }

  private void readFlv(FileChannel channel) throws IOException, FlvException {
    FlvReader reader = new FlvReader(new Input());
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    while (channel.read(block) >= 0) {
      reader.accept(block.flip());
      files.flush();
      block = ByteBuffer.allocate(BLOCK);
    }
    reader.end();
    findings.read(reader.wholeTags());
  }

  /** One of ours, with its lists of frames; the pieces up to the first that is not whole. */
  private void readMp4(FileChannel channel) throws IOException, FlvException {
    Input input = new Input();
    FrameLists lists = new FrameLists(channel);
    long at = lists.firstAt();
    Optional<FrameList> list = lists.at(at);
    if (list.isEmpty()) {
      throw new IOException("only MP4 files that Sluice has recorded can be read");
    }
    while (list.isPresent() && lists.isPiece(at, list.get())) {
      for (FlvTag tag : lists.tags(list.get())) {
        input.tag(tag);
      }
      files.flush();
      at = list.get().next();
      list = lists.at(at);
    }
    findings.read(lists.isIndex(at) ? channel.size() : at);
  }

  private RepairReport report(long size) throws IOException {
    return new RepairReport(
        size,
        findings,
        recording.duplicates(),
        recording.mendedTimes(),
        recording.otherTracks(),
        files.gaps(),
        files.publish());
  }

  /** Whole tags of the file, one by one at the time at which a source would have sent them. */
  private final class Input implements FlvReader.Sink {
    @Override
    public void header(boolean audio, boolean video) {}

    @Override
    public void damaged(long bytes) {
      findings.damaged(bytes);
    }

    @Override
    public void tag(FlvTag tag) throws FlvException {
      findings.tag(tag);
      if (tag.isFrame()) {
        long step = newestMs < 0 ? 0 : tag.time() - newestMs;
        clockMs += step > 0 && step <= LONGEST_STEP_MS ? step : 0;
        boolean moved = step > 0 || step < -LONGEST_STEP_MS || newestMs < 0;
        newestMs = moved ? tag.time() : newestMs;
      }
      ByteBuffer head = ByteBuffer.allocate(FlvTag.HEADER_SIZE);
      FlvHead.putTagHeader(head, tag.type(), tag.size(), tag.time());
      recording.accept(head.flip(), clockMs);
      for (ByteBuffer piece : tag.pieces()) {
        recording.accept(piece, clockMs);
      }
      ByteBuffer trailer = ByteBuffer.allocate(FlvTag.TRAILER_SIZE);
      recording.accept(trailer.putInt(FlvTag.HEADER_SIZE + tag.size()).flip(), clockMs);
    }
  }
}
