package dev.sluice.settings;

import dev.sluice.settings.Settings.Overrides;
import dev.sluice.settings.Settings.RoomDefaults;
import dev.sluice.settings.Settings.RoomEntry;
import dev.sluice.settings.Settings.Server;
import dev.sluice.settings.Settings.Storage;
import dev.sluice.settings.Settings.Target;
import dev.sluice.settings.Settings.Webhook;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What differs between two settings, and when it takes effect.
 *
 * @param applied every changed key; {@code rooms} stands for added and removed entries, {@code
 *     rooms[i]} counts in the settings after the change
 * @param addedRooms links of new entries
 * @param removedRooms links of entries that are gone
 * @param changedRooms links of entries that have other values of their own
 */
public record SettingsDiff(
    List<Effect> applied,
    List<String> addedRooms,
    List<String> removedRooms,
    List<String> changedRooms) {

  public SettingsDiff {
    applied = List.copyOf(applied);
    addedRooms = List.copyOf(addedRooms);
    removedRooms = List.copyOf(removedRooms);
    changedRooms = List.copyOf(changedRooms);
  }

  /** A changed key and when it takes effect. */
  public record Effect(String key, When when) {}

  /** Compares; entries of {@code rooms} are matched by their link, not by their place. */
  public static SettingsDiff between(Settings before, Settings after) {
    return new Comparison().of(before, after);
  }

  /** One line for the log: which keys changed and when each takes effect. */
  public String summary() {
    return applied.stream()
        .map(effect -> effect.key() + " (" + effect.when().word().replace('_', ' ') + ")")
        .collect(Collectors.joining(", "));
  }

  private static final class Comparison {
    private final List<Effect> applied = new ArrayList<>();

    SettingsDiff of(Settings before, Settings after) {
      server(before.server(), after.server());
      global(before.global(), after.global());
      storage(before.storage(), after.storage());
      targets(before.targets(), after.targets());
      webhooks(before.webhooks(), after.webhooks());
      platforms(before.platforms(), after.platforms());
      return rooms(before.rooms(), after.rooms());
    }

    private void compare(String key, Object before, Object after, When when) {
      if (!Objects.equals(before, after)) {
        applied.add(new Effect(key, when));
      }
    }

    private void compare(Field<?> field, Object before, Object after) {
      compare(field.key(), before, after, field.when());
    }

    private void server(Server before, Server after) {
      compare(FieldTable.HOST, before.host(), after.host());
      compare(FieldTable.PORT, before.port(), after.port());
      compare(FieldTable.NAMES, before.names(), after.names());
      compare(FieldTable.TRUSTED_PROXIES, before.trustedProxies(), after.trustedProxies());
    }

    private void global(RoomDefaults before, RoomDefaults after) {
      compare(FieldTable.DIR, before.dir(), after.dir());
      compare(FieldTable.NAME, before.name(), after.name());
      compare(FieldTable.CONTAINER, before.container(), after.container());
      compare(FieldTable.SPLIT_EVERY, before.splitEvery(), after.splitEvery());
      compare(FieldTable.SPLIT_SIZE, before.splitSize(), after.splitSize());
      compare(FieldTable.TARGETS, before.targets(), after.targets());
      compare(FieldTable.EVERY, before.every(), after.every());
      compare(FieldTable.GRACE, before.grace(), after.grace());
      compare(FieldTable.STALL, before.stallTimeout(), after.stallTimeout());
    }

    private void storage(Storage before, Storage after) {
      compare(FieldTable.RESERVE, before.reserve(), after.reserve());
      compare(FieldTable.TRASH, before.trashFor(), after.trashFor());
      compare(FieldTable.KEEP_FOR, before.keepFor(), after.keepFor());
      compare(FieldTable.KEEP_TOTAL, before.keepSize(), after.keepSize());
    }

    private void targets(Map<String, Target> before, Map<String, Target> after) {
      for (String name : names(before, after)) {
        When when = FieldTable.TARGET_DIR.when();
        compare("targets." + name, before.get(name), after.get(name), when);
      }
    }

    private void webhooks(Map<String, Webhook> before, Map<String, Webhook> after) {
      for (String name : names(before, after)) {
        When when = FieldTable.WEBHOOK_URL.when();
        compare("webhooks." + name, before.get(name), after.get(name), when);
      }
    }

    private void platforms(Map<String, Overrides> before, Map<String, Overrides> after) {
      for (String name : names(before, after)) {
        Overrides old = before.getOrDefault(name, Overrides.NONE);
        Overrides now = after.getOrDefault(name, Overrides.NONE);
        new Level("platforms." + name + ".", Scope.PLATFORM).overrides(old, now);
      }
    }

    /** A platform or a room, whose fields stand below its path. */
    private final class Level {
      private final String path;
      private final Scope scope;

      Level(String path, Scope scope) {
        this.path = path;
        this.scope = scope;
      }

      private void compare(Field<?> field, Object before, Object after) {
        Comparison.this.compare(path + field.path(scope), before, after, field.when());
      }

      void overrides(Overrides before, Overrides after) {
        compare(FieldTable.NAME, before.name(), after.name());
        compare(FieldTable.CONTAINER, before.container(), after.container());
        compare(FieldTable.SPLIT_EVERY, before.splitEvery(), after.splitEvery());
        compare(FieldTable.SPLIT_SIZE, before.splitSize(), after.splitSize());
        compare(FieldTable.TARGETS, before.targets(), after.targets());
        compare(FieldTable.EVERY, before.every(), after.every());
        compare(FieldTable.GRACE, before.grace(), after.grace());
        compare(FieldTable.STALL, before.stallTimeout(), after.stallTimeout());
        compare(FieldTable.KEEP_FOR, before.keepFor(), after.keepFor());
        compare(FieldTable.KEEP_SIZE, before.keepSize(), after.keepSize());
        connection(before.connection(), after.connection());
      }

      /** Each next connection uses them, so they take effect now. */
      private void connection(Connection before, Connection after) {
        When when = FieldTable.HEADERS.when();
        Comparison.this.compare(path + "headers", before.headers(), after.headers(), when);
        compare(FieldTable.USER_AGENT, before.userAgent(), after.userAgent());
        compare(FieldTable.REFERER, before.referer(), after.referer());
        compare(FieldTable.COOKIE, before.cookie(), after.cookie());
        compare(FieldTable.PROXY, before.proxy(), after.proxy());
      }

      void room(RoomEntry before, RoomEntry after) {
        compare(FieldTable.ROOM_NAME, before.name(), after.name());
        compare(FieldTable.MODE, before.mode(), after.mode());
        overrides(before.own(), after.own());
      }
    }

    private SettingsDiff rooms(List<RoomEntry> before, List<RoomEntry> after) {
      Map<String, Deque<RoomEntry>> old = new HashMap<>();
      before.forEach(
          room -> old.computeIfAbsent(room.link(), link -> new ArrayDeque<>()).add(room));
      List<String> added = new ArrayList<>();
      Set<String> changed = new LinkedHashSet<>();
      for (int i = 0; i < after.size(); i++) {
        RoomEntry room = after.get(i);
        Deque<RoomEntry> same = old.get(room.link());
        if (same == null || same.isEmpty()) {
          added.add(room.link());
        } else if (room(i, same.remove(), room)) {
          changed.add(room.link());
        }
      }
      List<String> removed = removed(before, old);
      if (!added.isEmpty() || !removed.isEmpty()) {
        applied.add(new Effect("rooms", When.NOW));
      }
      return new SettingsDiff(applied, added, removed, List.copyOf(changed));
    }

    private static List<String> removed(
        List<RoomEntry> before, Map<String, Deque<RoomEntry>> unmatched) {
      List<String> removed = new ArrayList<>();
      for (String link : new LinkedHashSet<>(before.stream().map(RoomEntry::link).toList())) {
        unmatched.get(link).forEach(room -> removed.add(link));
      }
      return removed;
    }

    private boolean room(int index, RoomEntry before, RoomEntry after) {
      int known = applied.size();
      new Level("rooms[" + index + "].", Scope.ROOM).room(before, after);
      return applied.size() > known;
    }

    private static Set<String> names(Map<String, ?> before, Map<String, ?> after) {
      Set<String> names = new TreeSet<>(before.keySet());
      names.addAll(after.keySet());
      return names;
    }
  }
}
