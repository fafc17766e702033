package dev.sluice.storage;

import dev.sluice.bus.DisposalNews;
import dev.sluice.bus.StorageReply;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.Disposal;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.StoredRow;
import dev.sluice.room.Reason;
import dev.sluice.storage.DisposalSteps.Entered;
import dev.sluice.storage.DisposalSteps.Task;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Takes recordings into the trash, out of it, and away: first the row says what is being done, then
 * the files are moved, then the row says that it is done. What a crash interrupts, {@link #resume}
 * goes on with. For one event loop.
 */
final class Disposals {
  private static final Logger LOG = LoggerFactory.getLogger(Disposals.class);
  private static final int RESUMED_AT_ONCE = 1000;
  private static final List<Disposal> UNFINISHED =
      List.of(Disposal.TRASHING, Disposal.RESTORING, Disposal.REMOVING);

  private final Context context;
  private final Ledger ledger;
  private final RootThreads threads;
  private final Set<Running> running = new HashSet<>();

  /** What the log was told of already; what waits for a disk is tried again and again. */
  private final Set<Running> putOff = new HashSet<>();

  private record Running(long recording, Disposal doing) {}

  Disposals(Context context, Ledger ledger, RootThreads threads) {
    this.context = context;
    this.ledger = ledger;
    this.threads = threads;
  }

  /**
   * Into the trash, unless something locks it.
   *
   * @param force also when targets have not confirmed every file
   * @param cause {@code person} or the word of a rule
   */
  Future<StorageReply> trash(long recording, boolean force, String cause) {
    Instant now = Instant.now();
    return begin(rows -> DisposalSteps.trash(rows, recording, force, cause, now));
  }

  /** Out of the trash, back to its place. */
  Future<StorageReply> restore(long recording) {
    Instant now = Instant.now();
    return begin(rows -> DisposalSteps.restore(rows, recording, now));
  }

  /** Out of the trash for good. */
  Future<StorageReply> remove(long recording) {
    Instant now = Instant.now();
    return begin(rows -> DisposalSteps.remove(rows, recording, now));
  }

  /** Forbids or allows to take it. */
  Future<StorageReply> protect(long recording, boolean wanted) {
    return ask(rows -> DisposalSteps.protect(rows, recording, wanted))
        .onSuccess(reply -> tell(recording));
  }

  /** Whether something waits for a disk that did not answer. */
  boolean waits() {
    return !putOff.isEmpty();
  }

  /** Goes on with what was interrupted, by a crash or by a disk that was not there. */
  Future<Void> resume() {
    return ask(Disposals::unfinished)
        .compose(
            tasks ->
                Future.join(
                    tasks.stream()
                        .filter(
                            task -> !running.contains(new Running(task.recording(), task.doing())))
                        .map(this::carryOut)
                        .toList()))
        .mapEmpty();
  }

  private static List<Task> unfinished(Ledger.Rows rows) {
    List<Task> tasks = new ArrayList<>();
    for (Disposal doing : UNFINISHED) {
      for (StoredRow row : rows.storage().storedIn(doing, 0, RESUMED_AT_ONCE)) {
        tasks.add(DisposalSteps.task(rows, row, doing));
      }
    }
    return tasks;
  }

  private Future<StorageReply> begin(Function<Ledger.Rows, Entered> step) {
    return ask(step)
        .compose(
            entered ->
                entered
                    .answer()
                    .map(Future::succeededFuture)
                    .orElseGet(() -> carryOut(entered.task().orElseThrow())));
  }

  /** Never fails: what the disk refuses stays entered and is tried again. */
  private Future<StorageReply> carryOut(Task task) {
    Running one = new Running(task.recording(), task.doing());
    running.add(one);
    tell(task.recording());
    return move(task)
        .onComplete(
            done -> {
              running.remove(one);
              tell(task.recording());
            })
        .otherwise(failure -> putOff(task, failure));
  }

  private Future<StorageReply> move(Task task) {
    return switch (task.doing()) {
      case TRASHING ->
          files(task, () -> task.files().toTrash())
              .compose(done -> ended(task, Disposal.TRASHED, done));
      case REMOVING ->
          files(task, () -> task.files().remove())
              .compose(done -> ended(task, Disposal.REMOVED, done));
      case RESTORING -> back(task);
      default -> throw new IllegalArgumentException("nothing is done for " + task.doing());
    };
  }

  private Future<StorageReply> back(Task task) {
    record Back(Optional<Path> taken, TrashFiles.Result result) {}
    return files(
            task,
            () -> {
              Optional<Path> taken = task.files().taken();
              return new Back(
                  taken, taken.isPresent() ? TrashFiles.Result.NONE : task.files().back());
            })
        .compose(
            done ->
                done.taken().isEmpty()
                    ? ended(task, Disposal.KEPT, done.result())
                    : ended(task, Disposal.TRASHED, done.result())
                        .map(left -> taken(done.taken().get())));
  }

  private static StorageReply taken(Path by) {
    String name = by.getFileName().toString();
    return StorageReply.refused(
        Reason.of(
            "trash.taken",
            "file",
            name,
            "another file is named " + name + " now; move it away, then bring the recording back"));
  }

  private <T> Future<T> files(Task task, Callable<T> work) {
    return threads.run(task.root().orElse(Path.of("")), work);
  }

  private Future<StorageReply> ended(Task task, Disposal now, TrashFiles.Result result) {
    Instant at = Instant.now();
    return ask(rows ->
            rows.storage().dispose(task.recording(), task.doing(), now, at, Optional.empty()))
        .map(
            stepped -> {
              putOff.remove(new Running(task.recording(), task.doing()));
              said(task, now, result);
              return reply(result);
            });
  }

  private static void said(Task task, Disposal now, TrashFiles.Result result) {
    String what =
        switch (now) {
          case TRASHED ->
              task.doing() == Disposal.TRASHING ? "put into the trash" : "left in the trash";
          case KEPT -> "brought back from the trash";
          default -> "removed for good";
        };
    LOG.info(
        "recording {} ({}, {}, {} files) was {}",
        task.recording(),
        task.name(),
        Sizes.words(task.bytes()),
        result.done(),
        what);
    result.left().forEach(left -> LOG.warn("recording {}: {}", task.recording(), left));
  }

  private static StorageReply reply(TrashFiles.Result result) {
    if (result.left().isEmpty()) {
      return StorageReply.done();
    }
    String detail = String.join("; ", result.left());
    return new StorageReply(
        StorageReply.Outcome.DONE, Optional.of(Reason.of("trash.left", "detail", detail, detail)));
  }

  private StorageReply putOff(Task task, Throwable failure) {
    String detail = String.valueOf(failure.getMessage());
    boolean first = putOff.add(new Running(task.recording(), task.doing()));
    LOG.atLevel(first ? Level.WARN : Level.DEBUG)
        .log(
            "recording {} is put off ({}): {}", task.recording(), task.doing(), failure.toString());
    return new StorageReply(
        StorageReply.Outcome.PENDING,
        Optional.of(Reason.of("trash.later", "detail", detail, "it follows later: " + detail)));
  }

  private void tell(long recording) {
    Topics.DISPOSAL.publish(context.owner(), new DisposalNews(recording));
  }

  private <T> Future<T> ask(Function<Ledger.Rows, T> work) {
    return Future.fromCompletionStage(ledger.call(work), context);
  }
}
