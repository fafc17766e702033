package dev.sluice.monitor;

import dev.sluice.bus.RoomStatus;
import dev.sluice.ledger.Ledger;
import dev.sluice.net.Redact;
import dev.sluice.platform.LinkException;
import dev.sluice.platform.Platform.Identity;
import dev.sluice.platform.Platforms;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import dev.sluice.settings.Settings;
import dev.sluice.settings.Settings.RoomEntry;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms of the settings: one for all links that name the same one. */
final class Rooms {
  private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);
  private static final long FIRST_LOOK_SPREAD_MS = 20;

  private final Platforms platforms;
  private final Ledger ledger;
  private final Map<RoomKey, WatchedRoom> rooms = new LinkedHashMap<>();
  private final Map<String, RoomStatus> broken = new LinkedHashMap<>();
  private List<RoomStatus> brokenNews = List.of();
  private Future<?> applying = Future.succeededFuture();

  Rooms(Platforms platforms, Ledger ledger) {
    this.platforms = platforms;
    this.ledger = ledger;
  }

  /** What a room has to do after new settings. */
  record Change(WatchedRoom room, List<Effect> effects) {}

  List<WatchedRoom> all() {
    return List.copyOf(rooms.values());
  }

  Optional<WatchedRoom> byKey(RoomKey key) {
    return Optional.ofNullable(rooms.get(key));
  }

  Optional<WatchedRoom> byId(String id) {
    return rooms.values().stream().filter(room -> room.key().publicId().equals(id)).findFirst();
  }

  void forget(WatchedRoom room) {
    rooms.remove(room.key(), room);
  }

  List<RoomStatus> statuses(long nowMs, Instant now) {
    List<RoomStatus> all = new ArrayList<>();
    rooms.values().forEach(room -> all.add(room.status(nowMs, now, false)));
    all.addAll(broken.values());
    return all;
  }

  /** Statuses of links that no room can be made of, new or gone since the last call. */
  List<RoomStatus> brokenNews() {
    List<RoomStatus> news = brokenNews;
    brokenNews = List.of();
    return news;
  }

  /** Takes new settings; one after the other, in the order of the calls. */
  Future<List<Change>> apply(Settings settings, long nowMs) {
    Future<List<Change>> done =
        applying
            .transform(before -> identifyAll(settings))
            .compose(
                found ->
                    stopped(found.keySet().stream().toList())
                        .map(s -> merge(found, s, settings, nowMs)));
    applying = done;
    return done;
  }

  private record Found(Identity identity, List<RoomEntry> entries) {}

  private Future<Map<RoomKey, Found>> identifyAll(Settings settings) {
    Map<RoomKey, Found> found = new LinkedHashMap<>();
    Map<String, RoomStatus> before = Map.copyOf(broken);
    broken.clear();
    Future<?> chain = Future.succeededFuture();
    for (RoomEntry entry : settings.rooms()) {
      chain =
          chain
              .compose(v -> platforms.identify(entry.link()))
              .onSuccess(
                  identity ->
                      found
                          .computeIfAbsent(
                              identity.key(), k -> new Found(identity, new ArrayList<>()))
                          .entries()
                          .add(entry))
              .otherwise(
                  failure -> {
                    noteBroken(entry, failure);
                    return null;
                  });
    }
    return chain.map(
        v -> {
          noteBrokenNews(before);
          return found;
        });
  }

  private void noteBroken(RoomEntry entry, Throwable failure) {
    String text = failure instanceof LinkException ? failure.getMessage() : "not understood";
    LOG.warn("{}: {}", Redact.link(entry.link()), text);
    broken.put(
        entry.link(),
        WatchedRoom.unidentified(
            entry, Reason.of("refused.link", "detail", text, text), Instant.now()));
  }

  private void noteBrokenNews(Map<String, RoomStatus> before) {
    List<RoomStatus> news = new ArrayList<>();
    broken.forEach((link, status) -> news.add(status));
    before.forEach(
        (link, status) -> {
          if (!broken.containsKey(link)) {
            news.add(gone(status));
          }
        });
    brokenNews = news;
  }

  private static RoomStatus gone(RoomStatus s) {
    return new RoomStatus(
        s.id(),
        s.key(),
        s.links(),
        s.name(),
        s.mode(),
        s.targets(),
        s.state(),
        s.reason(),
        s.since(),
        s.nextLook(),
        true);
  }

  private Future<Map<RoomKey, Boolean>> stopped(List<RoomKey> keys) {
    List<RoomKey> fresh = keys.stream().filter(key -> !rooms.containsKey(key)).toList();
    if (fresh.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    io.vertx.core.Context context = io.vertx.core.Vertx.currentContext();
    return Future.fromCompletionStage(
        ledger.call(
            rows -> {
              Map<RoomKey, Boolean> answer = new LinkedHashMap<>();
              fresh.forEach(key -> answer.put(key, rows.isStopped(key)));
              return answer;
            }),
        context);
  }

  private List<Change> merge(
      Map<RoomKey, Found> found, Map<RoomKey, Boolean> stopped, Settings settings, long nowMs) {
    List<Change> changes = new ArrayList<>();
    for (WatchedRoom room : all()) {
      if (!found.containsKey(room.key())) {
        changes.add(new Change(room, room.machine().remove(nowMs)));
      }
    }
    int index = 0;
    for (Found each : found.values()) {
      List<String> links = each.entries().stream().map(RoomEntry::link).distinct().toList();
      RoomEntry entry = each.entries().get(0);
      WatchedRoom room = rooms.get(each.identity().key());
      if (room == null) {
        boolean wasStopped = stopped.getOrDefault(each.identity().key(), false);
        long firstLook = nowMs + index++ * FIRST_LOOK_SPREAD_MS;
        room = add(each.identity(), links, entry, settings, wasStopped, firstLook);
        changes.add(new Change(room, List.of()));
      } else {
        room.take(links, entry, settings);
        changes.add(new Change(room, settings(room, nowMs)));
      }
    }
    return changes;
  }

  private WatchedRoom add(
      Identity identity,
      List<String> links,
      RoomEntry entry,
      Settings settings,
      boolean stopped,
      long firstLook) {
    Settings.RoomDefaults values = settings.effective(identity.key(), entry);
    RoomMachine machine =
        new RoomMachine(
            entry.mode(), stopped, values.every().toMillis(), values.grace().toMillis(), firstLook);
    WatchedRoom room = new WatchedRoom(identity, links, entry, settings, machine);
    rooms.put(identity.key(), room);
    return room;
  }

  private static List<Effect> settings(WatchedRoom room, long nowMs) {
    return room.machine()
        .settings(
            room.mode(), room.values().every().toMillis(), room.values().grace().toMillis(), nowMs);
  }
}
