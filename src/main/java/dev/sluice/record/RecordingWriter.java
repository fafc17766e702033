package dev.sluice.record;

import dev.sluice.bus.RecordPlan;
import dev.sluice.ledger.GapRow;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.RecordingRow;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvRecording;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.flv.Limits;
import dev.sluice.media.flv.SegmentSink;
import dev.sluice.room.Container;
import dev.sluice.room.RoomKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the files of one attempt go: rows, parts, final names, coverage. Blocks; one worker thread
 * at a time. What cannot be written is thrown as {@link UncheckedIOException}.
 */
final class RecordingWriter implements SegmentSink {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingWriter.class);
  private static final Duration RESUME_WITHIN = Duration.ofMinutes(10);
  private static final int MAX_NUMBER = 999;

  private final RoomKey room;
  private final DiskRoot root;
  private final Ledger ledger;
  private final Supplier<RecordPlan> plan;
  private final Listener listener;
  private final SegmentCloser closer;
  private final RecordingNotes notes = new RecordingNotes();
  private final Set<String> names = new HashSet<>();

  private Optional<RecordingRow> resumed = Optional.empty();
  private FlvRecording source;
  private long recording;
  private Instant startedAt;
  private long epoch;
  private int index;
  private SegmentFile file;
  private SegmentRow row;
  private long closedBytes;
  private int gaps;
  private long gapMs;
  private long lastWriteNanos = System.nanoTime();

  /** Told on the writer's thread. */
  interface Listener {
    void opened(SegmentRow segment);

    void closed(SegmentRow segment);
  }

  RecordingWriter(
      RoomKey room, DiskRoot root, Ledger ledger, Supplier<RecordPlan> plan, Listener listener) {
    this.room = room;
    this.root = root;
    this.ledger = ledger;
    this.plan = plan;
    this.listener = listener;
    this.closer = new SegmentCloser(ledger);
  }

  /**
   * Before the first byte: if the room's last recording was interrupted a short while ago, it goes
   * on.
   *
   * @param wanted whether it is to be recorded: a mere look needs nothing of before
   * @param nowMs monotonic
   */
  void prepare(FlvRecording target, boolean wanted, long nowMs) throws IOException {
    source = target;
    target.limits(limits());
    if (!wanted) {
      return;
    }
    Duration within =
        plan.get().grace().compareTo(RESUME_WITHIN) > 0 ? plan.get().grace() : RESUME_WITHIN;
    Instant now = Instant.now();
    Optional<RecordingRow> last =
        Blocking.await(ledger.call(rows -> rows.lastRecording(room)), "reading the last recording");
    if (last.isEmpty()
        || last.get().endedAt().isPresent()
        || Duration.between(last.get().lastByteAt(), now).compareTo(within) > 0) {
      return;
    }
    List<SegmentRow> segments =
        Blocking.await(
            ledger.call(rows -> rows.segmentsOf(last.get().id())), "reading its segments");
    segments.forEach(segment -> names.add(baseName(segment.file())));
    closedBytes = segments.stream().mapToLong(SegmentRow::bytes).sum();
    List<GapRow> known =
        Blocking.await(ledger.call(rows -> rows.gapsOf(last.get().id())), "reading its gaps");
    gaps = known.size();
    gapMs = known.stream().mapToLong(GapRow::durationMs).sum();
    resumed = last;
    notes.resume(
        Blocking.await(ledger.call(rows -> rows.notesOf(last.get().id())), "reading its notes"));
    index = segments.stream().mapToInt(SegmentRow::index).max().orElse(0);
    Optional<SegmentRow> end = SegmentTail.newest(segments);
    if (end.isPresent()) {
      long away = Duration.between(last.get().lastByteAt(), now).toMillis();
      target.resume(end.get().sourceOffsetMs(), end.get().endMs(), nowMs - Math.max(0, away));
      SegmentTail.read(
          segments, (segment, tag) -> target.remember(tag, segment.startMs() + tag.time()));
    }
  }

  /**
   * Media came: raises the epoch and enters attempt and recording.
   *
   * @return the epoch, or empty when another process holds the room
   */
  Optional<Long> begin() throws IOException {
    long known = Blocking.await(root.locks().acquire(room), "locking the room");
    if (known < 0) {
      return Optional.empty();
    }
    Instant now = Instant.now();
    epoch =
        Blocking.await(
            ledger.call(
                rows -> {
                  long next = Math.max(rows.epoch(room), known) + 1;
                  recording =
                      resumed
                          .map(RecordingRow::id)
                          .orElseGet(
                              () -> rows.beginRecording(room, plan.get().roomName(), "", now));
                  rows.beginAttempt(room, next, recording, now);
                  rows.touchRecording(
                      recording, now, resumed.map(RecordingRow::duplicateFrames).orElse(0L));
                  return next;
                }),
            "entering the attempt");
    startedAt = resumed.map(RecordingRow::startedAt).orElse(now);
    Blocking.await(root.locks().write(room, epoch), "writing the epoch");
    return Optional.of(epoch);
  }

  long recording() {
    return recording;
  }

  /** Bytes in the recording's files, those of earlier attempts included. */
  long bytes() {
    return closedBytes + (file == null ? 0 : file.size());
  }

  int segments() {
    return index;
  }

  int gaps() {
    return gaps;
  }

  long gapMs() {
    return gapMs;
  }

  /** Repeats dropped in this recording, earlier attempts included. */
  long duplicates() {
    return source.duplicates() + resumed.map(RecordingRow::duplicateFrames).orElse(0L);
  }

  /** Name of the open file relative to the root, empty when none is open. */
  String openFile() {
    return row == null ? "" : row.file();
  }

  /** Gives all whole tags to the kernel. */
  void flush() throws IOException {
    if (file != null) {
      file.flush();
    }
  }

  @Override
  public void open(long startMs, CodecConfig video, CodecConfig audio) {
    try {
      index++;
      source.limits(limits());
      createPart(startMs, video, audio);
      root.opened(file);
      listener.opened(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void createPart(long startMs, CodecConfig video, CodecConfig audio) throws IOException {
    Instant now = Instant.now();
    Container container = plan.get().container();
    Path wanted = root.path().resolve(relativeName(now) + container.ending());
    for (int number = 1; number <= MAX_NUMBER; number++) {
      Path name = Publishing.numbered(wanted, number);
      Path part = name.resolveSibling(name.getFileName() + "." + epoch + ".part");
      if (names.contains(baseName(name.toString())) || Files.exists(name) || Files.exists(part)) {
        continue;
      }
      SegmentRow fresh =
          new SegmentRow(
              0,
              recording,
              room,
              epoch,
              index,
              root.path(),
              relative(part),
              relative(name),
              SegmentRow.State.OPEN,
              0,
              0,
              0,
              startMs,
              startMs,
              source.sourceOffsetMs(),
              now);
      long id = Blocking.await(ledger.call(rows -> rows.openSegment(fresh)), "entering a segment");
      file = createOrDrop(id, () -> createFile(container, part, video, audio));
      row = fresh.withId(id);
      names.add(baseName(name.toString()));
      return;
    }
    throw new FileAlreadyExistsException(wanted + " and all its numbered names");
  }

  /** A row whose part could not be created says of a file that never was. */
  private SegmentFile createOrDrop(long id, Callable<SegmentFile> creation) throws IOException {
    try {
      return creation.call();
    } catch (Exception e) {
      ledger.call(
          rows -> {
            rows.dropSegment(id);
            return null;
          });
      throw e instanceof IOException failure ? failure : new IOException(e.toString(), e);
    }
  }

  private SegmentFile createFile(
      Container container, Path part, CodecConfig video, CodecConfig audio) throws IOException {
    Files.createDirectories(part.getParent());
    return SegmentFile.create(container, part, video, audio, indexRoom());
  }

  private String relativeName(Instant now) {
    NameTemplate.Values values =
        new NameTemplate.Values(
            plan.get().roomName(),
            "",
            room.platform(),
            room.publicId(),
            index,
            now.atZone(ZoneId.systemDefault()),
            startedAt.atZone(ZoneId.systemDefault()));
    try {
      return new NameTemplate(plan.get().nameTemplate()).render(values);
    } catch (IllegalArgumentException e) {
      LOG.warn("recordings.name is wrong, the default is used: {}", e.getMessage());
      return new NameTemplate(NameTemplate.DEFAULT).render(values);
    }
  }

  @Override
  public void write(FlvTag tag, long timeMs) {
    lastWriteNanos = System.nanoTime();
    try {
      file.write(tag, timeMs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long size() {
    return file == null ? 0 : file.size();
  }

  @Override
  public void close(SegmentEnd end) {
    try {
      file.seal();
      SegmentRow counted =
          row.counted(end.videoFrames(), end.audioFrames(), end.endMs(), source.sourceOffsetMs());
      Blocking.await(
          ledger.call(
              rows -> {
                notes.enter(rows, recording, counted.index(), source);
                return null;
              }),
          "entering notes");
      SegmentRow closed = closer.close(counted, plan.get().targets());
      closedBytes += closed.bytes();
      forgetFile();
      listener.closed(closed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void gap(long atMs, long durationMs, String cause) {
    gaps++;
    gapMs += durationMs;
    ledger
        .call(
            rows -> {
              rows.addGap(recording, new GapRow(atMs, durationMs, cause));
              return null;
            })
        .exceptionally(
            failure -> {
              LOG.error("a gap of {} ms could not be entered", durationMs, failure);
              return null;
            });
  }

  /** If a file is still open then writing it failed: keeps of it what is whole. */
  void abandon() {
    if (file == null) {
      return;
    }
    SegmentRow left = row;
    try {
      forgetFile();
    } catch (IOException e) {
      LOG.warn("closing a file failed: {}", e.getMessage());
    }
    new Recovery(ledger, any -> plan.get().targets()).tryFinish(left).ifPresent(listener::closed);
  }

  private void forgetFile() throws IOException {
    SegmentFile old = file;
    file = null;
    row = null;
    root.closed(old);
    old.close();
  }

  /** The attempt is over; {@code over} says that the recording is, too. Files are closed before. */
  void end(String cause, boolean over) throws IOException {
    if (epoch == 0) {
      return;
    }
    Instant now = Instant.now();
    Instant lastByte = now.minusNanos(System.nanoTime() - lastWriteNanos);
    long duplicates = duplicates();
    Blocking.await(
        ledger.call(
            rows -> {
              rows.touchRecording(recording, lastByte, duplicates);
              rows.endAttempt(room, epoch, now, cause);
              return null;
            }),
        "ending the attempt");
    if (over) {
      closer.endRecording(recording, plan.get().targets());
    }
  }

  private Limits limits() {
    return new Limits(
        plan.get().splitEvery().map(Duration::toMillis).orElse(Long.MAX_VALUE),
        plan.get().splitSize().orElse(Long.MAX_VALUE));
  }

  private IndexRoom indexRoom() {
    return IndexRoom.of(plan.get().splitEvery(), plan.get().splitSize());
  }

  private String relative(Path path) {
    return root.path().relativize(path).toString().replace('\\', '/');
  }

  private static String baseName(String path) {
    return Path.of(path).getFileName().toString();
  }
}
