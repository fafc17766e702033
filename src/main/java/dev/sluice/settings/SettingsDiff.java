package dev.sluice.settings;

import dev.sluice.settings.Settings.Overrides;
import dev.sluice.settings.Settings.RoomDefaults;
import dev.sluice.settings.Settings.RoomEntry;
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
      compare("server.host", before.server().host(), after.server().host(), When.NEXT_START);
      compare("server.port", before.server().port(), after.server().port(), When.NEXT_START);
      compare("server.names", before.server().names(), after.server().names(), When.NOW);
      List<String> trusted = after.server().trustedProxies();
      compare("server.trusted_proxies", before.server().trustedProxies(), trusted, When.NOW);
      storage(before.storage(), after.storage());
      global(before.global(), after.global());
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

    private void global(RoomDefaults before, RoomDefaults after) {
      compare("recordings.dir", before.dir(), after.dir(), When.NEXT_BROADCAST);
      compare("recordings.name", before.name(), after.name(), When.NEXT_SEGMENT);
      compare("recordings.split.every", before.splitEvery(), after.splitEvery(), When.NEXT_SEGMENT);
      compare("recordings.split.size", before.splitSize(), after.splitSize(), When.NEXT_SEGMENT);
      compare("recordings.targets", before.targets(), after.targets(), When.NEXT_SEGMENT);
      compare("monitor.every", before.every(), after.every(), When.NOW);
      compare("monitor.grace", before.grace(), after.grace(), When.NOW);
      compare("monitor.stall_timeout", before.stallTimeout(), after.stallTimeout(), When.NOW);
    }

    private void storage(Storage before, Storage after) {
      compare("storage.reserve", before.reserve(), after.reserve(), When.NOW);
      compare("storage.trash", before.trashFor(), after.trashFor(), When.NOW);
      compare("storage.keep.for", before.keepFor(), after.keepFor(), When.NOW);
      compare("storage.keep.size", before.keepSize(), after.keepSize(), When.NOW);
    }

    private void webhooks(Map<String, Webhook> before, Map<String, Webhook> after) {
      for (String name : names(before, after)) {
        compare("webhooks." + name, before.get(name), after.get(name), When.NOW);
      }
    }

    private void targets(Map<String, Target> before, Map<String, Target> after) {
      for (String name : names(before, after)) {
        compare("targets." + name, before.get(name), after.get(name), When.NEXT_SEGMENT);
      }
    }

    private void platforms(Map<String, Overrides> before, Map<String, Overrides> after) {
      for (String name : names(before, after)) {
        Overrides old = before.getOrDefault(name, Overrides.NONE);
        Overrides now = after.getOrDefault(name, Overrides.NONE);
        String path = "platforms." + name + ".";
        overrides(path, old, now);
        compare(path + "recordings.targets", old.targets(), now.targets(), When.NEXT_SEGMENT);
      }
    }

    private void overrides(String path, Overrides before, Overrides after) {
      compare(path + "recordings.name", before.name(), after.name(), When.NEXT_SEGMENT);
      String split = path + "recordings.split.";
      compare(split + "every", before.splitEvery(), after.splitEvery(), When.NEXT_SEGMENT);
      compare(split + "size", before.splitSize(), after.splitSize(), When.NEXT_SEGMENT);
      compare(path + "monitor.every", before.every(), after.every(), When.NOW);
      compare(path + "monitor.grace", before.grace(), after.grace(), When.NOW);
      String stall = path + "monitor.stall_timeout";
      compare(stall, before.stallTimeout(), after.stallTimeout(), When.NOW);
      compare(path + "keep.for", before.keepFor(), after.keepFor(), When.NOW);
      compare(path + "keep.size", before.keepSize(), after.keepSize(), When.NOW);
      connection(path, before.connection(), after.connection());
    }

    /** Each next connection uses them, so they take effect now. */
    private void connection(String path, Connection before, Connection after) {
      compare(path + "headers", before.headers(), after.headers(), When.NOW);
      compare(path + "user_agent", before.userAgent(), after.userAgent(), When.NOW);
      compare(path + "referer", before.referer(), after.referer(), When.NOW);
      compare(path + "cookie", before.cookie(), after.cookie(), When.NOW);
      compare(path + "proxy", before.proxy(), after.proxy(), When.NOW);
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
        } else if (room("rooms[" + i + "].", same.remove(), room)) {
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

    private boolean room(String path, RoomEntry before, RoomEntry after) {
      int known = applied.size();
      compare(path + "name", before.name(), after.name(), When.NOW);
      compare(path + "mode", before.mode(), after.mode(), When.NOW);
      compare(path + "targets", before.own().targets(), after.own().targets(), When.NEXT_SEGMENT);
      overrides(path, before.own(), after.own());
      return applied.size() > known;
    }

    private static Set<String> names(Map<String, ?> before, Map<String, ?> after) {
      Set<String> names = new TreeSet<>(before.keySet());
      names.addAll(after.keySet());
      return names;
    }
  }
}
