package dev.sluice.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.bus.PassThroughCodec;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.bus.RecordCut;
import dev.sluice.bus.RecordPlan;
import dev.sluice.bus.RecordStart;
import dev.sluice.bus.RecordStop;
import dev.sluice.bus.RecordingEnded;
import dev.sluice.bus.RecordingProgress;
import dev.sluice.bus.SourceLook;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.net.StreamClient;
import dev.sluice.platform.Platforms;
import dev.sluice.room.Container;
import dev.sluice.settings.Connection;
import dev.sluice.testing.Await;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The real record verticle with a real ledger, as a test drives it. */
final class Recorder implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(60);

  final Path root;
  final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  final Ledger ledger;
  final List<RecordingEnded> ends = new CopyOnWriteArrayList<>();
  final List<RecordingProgress> progress = new CopyOnWriteArrayList<>();
  final AtomicLong questions = new AtomicLong();
  Container container = Container.FLV;
  Optional<Duration> splitEvery = Optional.empty();
  Optional<Long> splitSize = Optional.empty();
  Duration grace = Duration.ofSeconds(2);
  Duration stall = Duration.ofSeconds(2);
  List<String> targets = List.of();
  private String deployment;

  Recorder(Path root) {
    this(root, SqliteLedger.inMemory());
  }

  Recorder(Path root, Ledger ledger) {
    this.root = root;
    this.ledger = ledger;
    PassThroughCodec.register(vertx);
    Topics.RECORDING_ENDED.consume(vertx, ends::add);
    Topics.RECORDING_PROGRESS.consume(vertx, progress::add);
    RecordTools tools = new RecordTools(ledger, new StreamClient(vertx, "test"), new Platforms());
    deployment = join(vertx.deployVerticle(new RecordVerticle(tools, row -> targets)));
  }

  RecordPlan plan() {
    return new RecordPlan(
        root, "room", "{name} {part:000}", container, splitEvery, splitSize, grace, stall, targets);
  }

  RecordStart job(URI link, boolean wanted) {
    return new RecordStart(
        join(new Platforms().identify(link.toString())).key(),
        link.toString(),
        questions.incrementAndGet(),
        wanted,
        plan(),
        Connection.PLAIN);
  }

  RecordAnswer ask(RecordStart job) {
    return join(Topics.RECORD_START.request(vertx, job, RecordAnswer.class, LIMIT));
  }

  RecordAnswer start(URI link) {
    return ask(job(link, true));
  }

  /** Looks at the source of the link as the monitor does before there is a room. */
  Future<SourceLook.Found> look(URI link) {
    RecordStart job = job(link, true);
    SourceLook look = new SourceLook(job.room(), job.link(), job.connection());
    return Topics.SOURCE_LOOK.request(vertx, look, SourceLook.Found.class, LIMIT);
  }

  void stop(RecordAnswer answer, dev.sluice.bus.EndCause cause) {
    Topics.RECORD_STOP.send(vertx, new RecordStop(answer.room(), answer.question(), cause));
  }

  void cut(RecordAnswer answer) {
    Topics.RECORD_CUT.send(vertx, new RecordCut(answer.room()));
  }

  RecordingEnded awaitEnd(RecordAnswer answer) {
    Await.until(
        LIMIT,
        "the recording of question " + answer.question() + " has ended",
        () -> hasEnded(answer));
    return ends.stream().filter(e -> e.question() == answer.question()).findFirst().orElseThrow();
  }

  boolean hasEnded(RecordAnswer answer) {
    return ends.stream().anyMatch(end -> end.question() == answer.question());
  }

  List<SegmentRow> segments(long recording) {
    return ledger.call(rows -> rows.segmentsOf(recording)).join();
  }

  /** All media files below the root, by name. */
  List<Path> files() {
    return walk(container.ending());
  }

  List<Path> walk(String ending) {
    try (Stream<Path> all = Files.walk(root)) {
      return new ArrayList<>(
          all.filter(Files::isRegularFile)
              .filter(file -> file.toString().endsWith(ending))
              .sorted()
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything below the root but the lock files. */
  List<Path> leftovers() {
    return walk("").stream().filter(file -> !file.toString().endsWith(".lock")).toList();
  }

  List<Frame> frames() {
    return FlvTags.frames(files().toArray(Path[]::new));
  }

  JsonNode coverage() {
    try {
      List<Path> found = walk(".coverage.json");
      if (found.size() != 1) {
        throw new AssertionError("one coverage file was expected: " + found);
      }
      return new ObjectMapper().readTree(found.get(0).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Undeploys in order, as at the end of the program. */
  void shutDown() {
    if (deployment != null) {
      join(vertx.undeploy(deployment).timeout(30, java.util.concurrent.TimeUnit.SECONDS));
      deployment = null;
    }
  }

  static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void close() {
    shutDown();
    join(vertx.close());
    ledger.close();
  }
}
