package dev.sluice.web.door;

import dev.sluice.ledger.SessionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sessions that count. For one thread. */
public final class SessionBook {
  /** A session ends so long after it was last used. */
  public static final Duration IDLE = Duration.ofHours(12);

  /** And so long after it began, whatever happens. */
  public static final Duration ABSOLUTE = Duration.ofDays(30);

  /** More at once push out the one that was not used for longest. */
  public static final int MAX = 100;

  /** Use is noted on the disk no more often than this. */
  private static final Duration NOTED_EVERY = Duration.ofMinutes(5);

  private final Map<String, SessionRow> byHash = new HashMap<>();
  private final Map<Long, Instant> noted = new HashMap<>();

  /** Takes what the ledger holds. */
  public void load(List<SessionRow> rows) {
    rows.stream().limit(MAX).forEach(this::put);
  }

  private void put(SessionRow row) {
    byHash.put(row.hash(), row);
    noted.put(row.id(), row.seenAt());
  }

  /**
   * Takes a new session.
   *
   * @return the session that it pushed out
   */
  public Optional<SessionRow> add(SessionRow row) {
    put(row);
    if (byHash.size() <= MAX) {
      return Optional.empty();
    }
    Optional<SessionRow> oldest =
        byHash.values().stream().min(Comparator.comparing(SessionRow::seenAt));
    oldest.ifPresent(this::remove);
    return oldest;
  }

  /** The session of this token if it still counts. */
  public Optional<SessionRow> find(String token, Instant since, Instant now) {
    return Optional.ofNullable(byHash.get(Tokens.hash(token)))
        .filter(row -> counts(row, since, now));
  }

  /** Whether the session with this id still counts. */
  public boolean counts(long id, Instant since, Instant now) {
    return byHash.values().stream().anyMatch(row -> row.id() == id && counts(row, since, now));
  }

  /** When it ends if it is not used from now on. */
  public static Instant ends(SessionRow row) {
    Instant idle = row.seenAt().plus(IDLE);
    Instant absolute = row.createdAt().plus(ABSOLUTE);
    return idle.isBefore(absolute) ? idle : absolute;
  }

  private static boolean counts(SessionRow row, Instant since, Instant now) {
    return !row.createdAt().isBefore(since) && now.isBefore(ends(row));
  }

  /** Notes a use; true when it is worth noting on the disk too. */
  public boolean seen(SessionRow row, Instant now) {
    SessionRow next =
        new SessionRow(row.id(), row.hash(), row.createdAt(), now, row.device(), row.address());
    byHash.replace(row.hash(), next);
    boolean due = !now.isBefore(noted.getOrDefault(row.id(), Instant.EPOCH).plus(NOTED_EVERY));
    if (due) {
      noted.put(row.id(), now);
    }
    return due;
  }

  /** Forgets one; whether there was one. */
  public boolean remove(SessionRow row) {
    noted.remove(row.id());
    return byHash.remove(row.hash()) != null;
  }

  /** Forgets all but one. */
  public void removeBut(long id) {
    byHash.values().removeIf(row -> row.id() != id);
    noted.keySet().removeIf(each -> each != id);
  }

  /** Forgets and answers those that count no more. */
  public List<SessionRow> removeEnded(Instant since, Instant now) {
    List<SessionRow> ended =
        byHash.values().stream().filter(row -> !counts(row, since, now)).toList();
    ended.forEach(this::remove);
    return ended;
  }

  /** Those that count, the last used first. */
  public List<SessionRow> all(Instant since, Instant now) {
    return byHash.values().stream()
        .filter(row -> counts(row, since, now))
        .sorted(Comparator.comparing(SessionRow::seenAt).reversed())
        .toList();
  }
}
