package dev.sluice.web.door;

import dev.sluice.ledger.KeyRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API keys. For one thread. */
public final class KeyBook {
  /** No more than this. */
  public static final int MAX = 100;

  /** Characters of a key's name. */
  public static final int MAX_NAME = 60;

  private static final Duration NOTED_EVERY = Duration.ofMinutes(5);

  private final Map<String, KeyRow> byHash = new HashMap<>();

  /** A new key, as its owner sees it once. */
  public static String newKey() {
    return "sluice_" + Tokens.random();
  }

  /** Why this cannot be a key's name; empty when it can. */
  public static Optional<String> problem(String name) {
    boolean plain = name.codePoints().noneMatch(Character::isISOControl);
    return !name.isBlank() && name.length() <= MAX_NAME && plain
        ? Optional.empty()
        : Optional.of("name: give the key a name of at most " + MAX_NAME + " characters");
  }

  /** Takes what the ledger holds. */
  public void load(Collection<KeyRow> rows) {
    rows.forEach(this::add);
  }

  /** Takes a new one. */
  public void add(KeyRow row) {
    byHash.put(row.hash(), row);
  }

  /** The entry of this key. */
  public Optional<KeyRow> find(String key) {
    return Optional.ofNullable(byHash.get(Tokens.hash(key)));
  }

  /** Whether there is a key of this id. */
  public boolean has(long id) {
    return byHash.values().stream().anyMatch(row -> row.id() == id);
  }

  /** Whether there is a key of this name. */
  public boolean hasName(String name) {
    return byHash.values().stream().anyMatch(row -> row.name().equals(name));
  }

  /** Notes a use; true when it is worth noting on the disk. */
  public boolean used(KeyRow row, Instant now) {
    boolean due = row.usedAt().map(at -> !now.isBefore(at.plus(NOTED_EVERY))).orElse(true);
    if (due) {
      byHash.replace(
          row.hash(),
          new KeyRow(
              row.id(), row.hash(), row.name(), row.readOnly(), row.createdAt(), Optional.of(now)));
    }
    return due;
  }

  /** Forgets one and answers it. */
  public Optional<KeyRow> remove(long id) {
    Optional<KeyRow> row = byHash.values().stream().filter(each -> each.id() == id).findFirst();
    row.ifPresent(each -> byHash.remove(each.hash()));
    return row;
  }

  /** All, newest first. */
  public List<KeyRow> all() {
    return byHash.values().stream().sorted(Comparator.comparing(KeyRow::id).reversed()).toList();
  }
}
