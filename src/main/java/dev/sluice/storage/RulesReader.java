package dev.sluice.storage;

import dev.sluice.platform.Platform.Identity;
import dev.sluice.platform.Platforms;
import dev.sluice.room.RoomKey;
import dev.sluice.settings.Settings;
import dev.sluice.settings.Settings.RoomDefaults;
import dev.sluice.settings.Settings.RoomEntry;
import dev.sluice.storage.KeepRules.Keep;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Brings the settings' rules to the rooms that their links name. */
final class RulesReader {
  private static final Duration IDENTIFIED_WITHIN = Duration.ofSeconds(20);

  private final Platforms platforms;

  RulesReader(Platforms platforms) {
    this.platforms = platforms;
  }

  private record Named(RoomEntry entry, Optional<RoomKey> room) {}

  /** Never fails: a link that cannot be identified makes the rules unsure. */
  Future<KeepRules> read(Settings settings) {
    List<Future<Named>> all = settings.rooms().stream().map(this::identify).toList();
    return Future.join(all).map(done -> rules(settings, all.stream().map(Future::result).toList()));
  }

  private Future<Named> identify(RoomEntry entry) {
    return platforms
        .identify(entry.link())
        .timeout(IDENTIFIED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .map(Identity::key)
        .map(room -> new Named(entry, Optional.of(room)))
        .otherwise(new Named(entry, Optional.empty()));
  }

  private static KeepRules rules(Settings settings, List<Named> entries) {
    Map<RoomKey, Keep> rooms = new HashMap<>();
    boolean unsure = false;
    for (Named named : entries) {
      unsure |= named.room().isEmpty();
      named
          .room()
          .ifPresent(
              room -> rooms.putIfAbsent(room, keep(settings.effective(room, named.entry()))));
    }
    return new KeepRules(
        settings.storage().trashFor(),
        settings.storage().keepSize(),
        new Keep(settings.storage().keepFor(), Optional.empty()),
        rooms,
        unsure);
  }

  private static Keep keep(RoomDefaults values) {
    return new Keep(values.keepFor(), values.keepSize());
  }
}
