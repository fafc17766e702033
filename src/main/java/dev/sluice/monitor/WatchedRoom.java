package dev.sluice.monitor;

import dev.sluice.bus.RecordPlan;
import dev.sluice.bus.RecordPlanChange;
import dev.sluice.bus.RecordStart;
import dev.sluice.bus.RoomStatus;
import dev.sluice.platform.Platform.Identity;
import dev.sluice.platform.Platforms;
import dev.sluice.room.Mode;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import dev.sluice.room.RoomState;
import dev.sluice.settings.Settings;
import dev.sluice.settings.Settings.RoomDefaults;
import dev.sluice.settings.Settings.RoomEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One room of the settings with its machine: turns settings into plans and states into statuses.
 */
final class WatchedRoom {
  private final Identity identity;
  private final RoomMachine machine;
  private List<String> links;
  private RoomEntry entry;
  private RoomDefaults values;
  private Settings settings;
  private RoomStatus shown;
  private RecordPlanChange planned;
  private Path root;

  /**
   * @param links every link of the settings that names this room
   * @param entry the first of them, whose settings hold
   */
  WatchedRoom(
      Identity identity,
      List<String> links,
      RoomEntry entry,
      Settings settings,
      RoomMachine machine) {
    this.identity = identity;
    this.machine = machine;
    take(links, entry, settings);
    planned = change();
  }

  void take(List<String> newLinks, RoomEntry newEntry, Settings newSettings) {
    links = List.copyOf(newLinks);
    entry = newEntry;
    settings = newSettings;
    values = newSettings.effective(identity.key(), newEntry);
  }

  RoomKey key() {
    return identity.key();
  }

  RoomMachine machine() {
    return machine;
  }

  Mode mode() {
    return entry.mode();
  }

  RoomDefaults values() {
    return values;
  }

  String name() {
    return entry.name().orElse(identity.name());
  }

  RecordPlan plan() {
    return new RecordPlan(
        values.dir(),
        name(),
        values.name(),
        values.container(),
        values.splitEvery(),
        values.splitSize(),
        values.grace(),
        values.stallTimeout(),
        values.targets());
  }

  /** The plan, if it or the way to connect is another one than the last time this was asked. */
  Optional<RecordPlanChange> changedPlan() {
    RecordPlanChange next = change();
    if (next.equals(planned)) {
      return Optional.empty();
    }
    planned = next;
    return Optional.of(next);
  }

  private RecordPlanChange change() {
    return new RecordPlanChange(key(), plan(), settings.connection(key(), entry));
  }

  /** Where the newest question records: a new folder holds from the next broadcast on. */
  boolean isOn(Path disk) {
    return disk.equals(root);
  }

  RecordStart start(long question, boolean wanted) {
    planned = change();
    root = planned.plan().root();
    return new RecordStart(
        key(), entry.link(), question, wanted, planned.plan(), planned.connection());
  }

  /** The status, if it is another one than the last time this was asked. */
  Optional<RoomStatus> changedStatus(long nowMs, Instant now) {
    RoomStatus next = status(nowMs, now, false);
    if (shown != null && sameSight(next, shown)) {
      return Optional.empty();
    }
    shown = next;
    return Optional.of(next);
  }

  RoomStatus status(long nowMs, Instant now, boolean removed) {
    return new RoomStatus(
        key().publicId(),
        key(),
        links,
        name(),
        entry.mode(),
        values.targets(),
        machine.state(),
        machine.reason(),
        now.minusMillis(nowMs - machine.since()),
        machine.nextLook().map(at -> now.plusMillis(at - nowMs)),
        removed);
  }

  /** Instants are made anew from monotonic times, so they may differ by some milliseconds. */
  private static boolean sameSight(RoomStatus a, RoomStatus b) {
    return a.links().equals(b.links())
        && a.name().equals(b.name())
        && a.mode() == b.mode()
        && a.targets().equals(b.targets())
        && a.state() == b.state()
        && a.reason().equals(b.reason())
        && near(a.since(), b.since())
        && a.nextLook().isPresent() == b.nextLook().isPresent()
        && (a.nextLook().isEmpty() || near(a.nextLook().get(), b.nextLook().get()));
  }

  private static boolean near(Instant a, Instant b) {
    return Math.abs(a.toEpochMilli() - b.toEpochMilli()) < 100;
  }

  /** A link that no room can be made of, as it is shown. */
  static RoomStatus unidentified(RoomEntry entry, Reason why, Instant now) {
    RoomKey key = Platforms.unidentified(entry.link());
    return new RoomStatus(
        key.publicId(),
        key,
        List.of(entry.link()),
        entry.name().orElse(entry.link()),
        entry.mode(),
        List.of(),
        RoomState.REFUSED,
        Optional.of(why),
        now,
        Optional.empty(),
        false);
  }
}
