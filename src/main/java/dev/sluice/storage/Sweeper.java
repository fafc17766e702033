package dev.sluice.storage;

import dev.sluice.bus.Notice;
import dev.sluice.bus.StorageReply;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.Disposal;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.StoredRow;
import dev.sluice.room.Reason;
import dev.sluice.storage.Retention.Verdict;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries out the rules: empties the trash of what has lain there long enough, and puts into it
 * what {@link Retention} wants, a bounded number at a time. Nothing is taken by age while the wall
 * clock is doubted. For one event loop.
 */
final class Sweeper {
  /** Recordings that one sweep takes at most, and that it empties from the trash. */
  static final int MAX_TAKEN = 50;

  /** Recordings that the rules look at; of more, the newest are not looked at. */
  private static final int MAX_LOOKED_AT = 20_000;

  private static final int BATCH = 1000;
  private static final String CLOCK = "storage.clock";
  private static final String TAKEN = "storage.taken";

  private final Context context;
  private final Ledger ledger;
  private final Disposals disposals;
  private final ClockWatch clock;
  private boolean doubted;

  Sweeper(Context context, Ledger ledger, Disposals disposals, ClockWatch clock) {
    this.context = context;
    this.ledger = ledger;
    this.disposals = disposals;
    this.clock = clock;
  }

  /**
   * What the rules want.
   *
   * @param paused why nothing is taken by age
   */
  record Plan(List<Verdict> verdicts, Optional<Reason> paused) {}

  /** Looks without taking anything. */
  Future<Plan> plan(KeepRules rules) {
    Instant now = Instant.now();
    boolean believed = clock.believes(now, System.nanoTime());
    boolean held = !believed && !rules.withoutAge().equals(rules);
    Optional<Reason> paused = held ? Optional.of(doubt()) : Optional.empty();
    if (rules.takeNothing()) {
      return Future.succeededFuture(new Plan(List.of(), paused));
    }
    KeepRules obeyed = believed ? rules : rules.withoutAge();
    return read(0, new ArrayList<>())
        .compose(
            rows ->
                ask(r -> r.storage().keptBytes())
                    .map(all -> unseen(rows, all))
                    .map(unseen -> new Plan(Retention.decide(obeyed, rows, unseen, now), paused)));
  }

  private static long unseen(List<StoredRow> rows, long all) {
    return Math.max(0, all - rows.stream().mapToLong(StoredRow::bytes).sum());
  }

  private Future<List<StoredRow>> read(long after, List<StoredRow> found) {
    return ask(rows -> rows.storage().storedIn(Disposal.KEPT, after, BATCH))
        .compose(
            next -> {
              found.addAll(next);
              return next.size() < BATCH || found.size() >= MAX_LOOKED_AT
                  ? Future.succeededFuture(found)
                  : read(next.get(next.size() - 1).id(), found);
            });
  }

  /** Takes what is due. Completes when its files are moved. */
  Future<Void> sweep(KeepRules rules) {
    return empty(rules)
        .compose(
            held ->
                plan(rules)
                    .compose(
                        plan -> {
                          doubted(held || plan.paused().isPresent());
                          return take(plan);
                        }));
  }

  private Future<Void> take(Plan plan) {
    List<StoredRow> taken = new ArrayList<>();
    Iterator<Verdict> going =
        plan.verdicts().stream().filter(Verdict::goesNow).limit(MAX_TAKEN).iterator();
    return take(going, taken).onComplete(done -> said(taken));
  }

  /** One after the other; a disk that does not answer ends it. */
  private Future<Void> take(Iterator<Verdict> going, List<StoredRow> taken) {
    if (!going.hasNext()) {
      return Future.succeededFuture();
    }
    Verdict verdict = going.next();
    return disposals
        .trash(verdict.row().id(), false, verdict.cause().word())
        .compose(
            reply -> {
              if (reply.outcome() == StorageReply.Outcome.DONE) {
                taken.add(verdict.row());
              }
              boolean stuck = reply.outcome() == StorageReply.Outcome.PENDING;
              return stuck ? Future.succeededFuture() : take(going, taken);
            });
  }

  /**
   * @return whether something would have been removed if the clock were believed
   */
  private Future<Boolean> empty(KeepRules rules) {
    Instant now = Instant.now();
    boolean believed = rules.trashFor().isZero() || clock.believes(now, System.nanoTime());
    return ask(rows -> rows.storage().storedIn(Disposal.TRASHED, 0, MAX_LOOKED_AT))
        .map(rows -> due(rows, rules, now))
        .compose(
            due -> {
              Future<Void> all = Future.succeededFuture();
              for (StoredRow row : believed ? due : List.<StoredRow>of()) {
                all = all.compose(v -> disposals.remove(row.id())).mapEmpty();
              }
              return all.map(!believed && !due.isEmpty());
            });
  }

  private static List<StoredRow> due(List<StoredRow> rows, KeepRules rules, Instant now) {
    return rows.stream()
        .filter(
            row ->
                row.trashedAt().filter(at -> !at.plus(rules.trashFor()).isAfter(now)).isPresent())
        .limit(MAX_TAKEN)
        .toList();
  }

  private void doubted(boolean now) {
    if (now != doubted) {
      tell(
          now
              ? new Notice(Notice.Level.WARNING, Optional.empty(), doubt())
              : Notice.over(CLOCK, ""));
    }
    doubted = now;
  }

  private static Reason doubt() {
    return Reason.of(
        CLOCK,
        "the clock was set, or stands days after all recordings: for a day nothing is deleted by"
            + " its age");
  }

  /** The log has each of them by name and size. */
  private void said(List<StoredRow> taken) {
    if (taken.isEmpty()) {
      return;
    }
    String count = Integer.toString(taken.size());
    String size = Sizes.words(taken.stream().mapToLong(StoredRow::bytes).sum());
    String name = taken.get(taken.size() - 1).recording().roomName();
    String text =
        "by the rules "
            + count
            + " recordings ("
            + size
            + ") went to the trash, the last of "
            + name;
    Map<String, String> values = Map.of("count", count, "size", size, "name", name);
    tell(new Notice(Notice.Level.INFO, Optional.empty(), new Reason(TAKEN, values, text)));
  }

  private void tell(Notice notice) {
    Topics.NOTICE.publish(context.owner(), notice);
  }

  private <T> Future<T> ask(Function<Ledger.Rows, T> work) {
    return Future.fromCompletionStage(ledger.call(work), context);
  }
}
