package dev.sluice.storage;

import dev.sluice.bus.DisposalNews;
import dev.sluice.bus.Notice;
import dev.sluice.bus.PassThroughCodec;
import dev.sluice.bus.StorageCommand;
import dev.sluice.bus.StorageReply;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.Disposal;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.ledger.StoredRow;
import dev.sluice.platform.Platforms;
import dev.sluice.room.RoomKey;
import dev.sluice.settings.Settings;
import dev.sluice.settings.SettingsException;
import dev.sluice.settings.SettingsReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The real verticle on a real ledger in memory and real files. */
final class StorageFixture implements AutoCloseable {
  static final StorageVerticle.Pace PACE =
      new StorageVerticle.Pace(Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(20));

  final Vertx vertx = Vertx.vertx();
  final SqliteLedger ledger = SqliteLedger.inMemory();
  final Queue<Notice> notices = new ConcurrentLinkedQueue<>();
  final Queue<DisposalNews> disposals = new ConcurrentLinkedQueue<>();
  final Path root;
  private final Path data;

  StorageFixture(Path data) throws IOException {
    this.data = data;
    this.root = data.resolve("recordings");
    Files.createDirectories(root.resolve(".sluice"));
    PassThroughCodec.register(vertx);
    Topics.NOTICE.consume(vertx, notices::add);
    Topics.DISPOSAL.consume(vertx, disposals::add);
  }

  /** Starts it with these settings; the root is {@code recordings}. */
  StorageFixture start(String settings) {
    Settings read = settings(settings);
    await(
        vertx.deployVerticle(
            new StorageVerticle(ledger, () -> read, new Platforms(), PACE, RootProbe::new)));
    return this;
  }

  Settings settings(String text) {
    try {
      return new SettingsReader(data).read(text);
    } catch (SettingsException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** A recording that ended, with files of these sizes and a coverage file. */
  long recording(RoomKey room, Instant ended, List<String> targets, int... sizes) {
    long id =
        LedgerRows.ask(
            ledger,
            rows -> {
              long fresh = rows.beginRecording(room, "Cam <1>", "", ended.minusSeconds(60));
              rows.beginAttempt(room, rows.epoch(room) + 1, fresh, ended.minusSeconds(60));
              return fresh;
            });
    for (int i = 0; i < sizes.length; i++) {
      segment(id, room, i + 1, "Cam/" + id + " " + (i + 1) + ".flv", sizes[i], targets);
    }
    String coverage = "Cam/" + id + " 1.coverage.json";
    write(coverage, 20);
    LedgerRows.tell(
        ledger,
        rows -> {
          rows.touchRecording(id, ended, 0);
          rows.endRecording(id, ended, Optional.of(coverage), targets);
        });
    return id;
  }

  long recording(int... sizes) {
    return recording(LedgerRows.ROOM, Instant.now().minusSeconds(60), List.of(), sizes);
  }

  private void segment(
      long id, RoomKey room, int index, String file, int bytes, List<String> targets) {
    write(file, bytes);
    enter(id, room, index, file, bytes, targets);
  }

  /** The row of a finished segment, whatever is on the disk. */
  void enter(long id, RoomKey room, int index, String file, int bytes, List<String> targets) {
    LedgerRows.tell(
        ledger,
        rows -> {
          SegmentRow open =
              new SegmentRow(
                  0,
                  id,
                  room,
                  rows.epoch(room),
                  index,
                  root,
                  file + ".1.part",
                  file,
                  SegmentRow.State.OPEN,
                  0,
                  0,
                  0,
                  0,
                  0,
                  0,
                  Instant.now());
          SegmentRow row = open.withId(rows.openSegment(open));
          rows.closeSegment(row.closed(file, bytes), Instant.now(), targets);
          rows.segmentReady(row.id());
        });
  }

  Path write(String file, int bytes) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      return Files.write(path, new byte[bytes]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  StorageReply ask(StorageCommand command) {
    return ask(command, StorageReply.class);
  }

  <T> T ask(StorageCommand command, Class<T> type) {
    return await(Topics.STORAGE_COMMAND.request(vertx, command, type, Duration.ofSeconds(20)));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer within 20 s", e);
    }
  }

  Disposal disposal(long recording) {
    return LedgerRows.ask(ledger, rows -> rows.storage().disposal(recording)).orElseThrow();
  }

  void dispose(long recording, Disposal from, Disposal to) {
    LedgerRows.tell(
        ledger,
        rows -> rows.storage().dispose(recording, from, to, Instant.now(), Optional.of("person")));
  }

  StoredRow stored(long recording) {
    return LedgerRows.ask(ledger, rows -> rows.storage().stored(recording)).orElseThrow();
  }

  /** Every plain file below the root, relative to it, sorted. */
  List<String> files() {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    vertx.close().await();
    ledger.close();
  }
}
