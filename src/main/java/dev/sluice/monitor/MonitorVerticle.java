package dev.sluice.monitor;

import dev.sluice.bus.RecordAnswer;
import dev.sluice.bus.RecordCut;
import dev.sluice.bus.RecordStop;
import dev.sluice.bus.RecordingEnded;
import dev.sluice.bus.RecordingProgress;
import dev.sluice.bus.RoomCommand;
import dev.sluice.bus.RoomNews;
import dev.sluice.bus.RoomStatus;
import dev.sluice.bus.SettingsChanged;
import dev.sluice.bus.StorageGate;
import dev.sluice.bus.Topic;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.Ledger;
import dev.sluice.platform.Platforms;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import dev.sluice.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the rooms of the settings: carries events into each room's {@link RoomMachine} and
 * carries out what it decides. No other code decides when a room is recorded.
 */
public final class MonitorVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(MonitorVerticle.class);
  private static final long TICK_MS = 250;
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(12);

  private final Ledger ledger;
  private final Supplier<Settings> settings;
  private final Platforms platforms;
  private final Rooms rooms;
  private StorageGate disk;

  /**
   * @param settings the settings at the time of the call
   */
  public MonitorVerticle(Ledger ledger, Platforms platforms, Supplier<Settings> settings) {
    this.ledger = ledger;
    this.settings = settings;
    this.platforms = platforms;
    this.rooms = new Rooms(platforms, ledger);
  }

  @Override
  public Future<?> start() {
    Topics.ROOM_COMMAND.consume(vertx, this::onCommand);
    Topics.ROOM_STATUS_ALL.serve(
        vertx, ask -> Topic.reply(ask, new RoomStatus.All(rooms.statuses(now(), Instant.now()))));
    Resolver resolver = new Resolver(vertx, platforms, settings, rooms);
    Topics.ROOM_RESOLVE.serve(vertx, resolver::onResolve);
    Topics.RECORDING_ENDED.consume(vertx, this::onEnded);
    Topics.RECORDING_PROGRESS.consume(vertx, this::onProgress);
    Topics.SETTINGS_CHANGED.consume(vertx, this::onSettings);
    Topics.STORAGE_GATE.consume(vertx, this::onGate);
    return apply(settings.get()).onSuccess(done -> vertx.setPeriodic(TICK_MS, id -> tick()));
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }

  private void tick() {
    long now = now();
    for (WatchedRoom room : rooms.all()) {
      act(room, room.machine().tick(now));
    }
  }

  private void onCommand(RoomCommand command) {
    long now = now();
    rooms
        .byId(command.roomId())
        .ifPresent(
            room -> {
              switch (command.action()) {
                case CHECK -> act(room, room.machine().check(now));
                case START -> act(room, room.machine().start(now));
                case STOP -> act(room, room.machine().stop(now));
                case CUT -> Topics.RECORD_CUT.send(vertx, new RecordCut(room.key()));
              }
            });
  }

  private void onEnded(RecordingEnded end) {
    rooms.byKey(end.room()).ifPresent(room -> act(room, room.machine().ended(end, now())));
  }

  private void onProgress(RecordingProgress progress) {
    rooms
        .byKey(progress.room())
        .ifPresent(room -> act(room, room.machine().progress(progress.receiving(), now())));
  }

  private void onGate(StorageGate gate) {
    disk = gate;
    rooms.all().forEach(this::tellDisk);
  }

  /** Nothing is known of a disk before it was measured: then it may be written. */
  private void tellDisk(WatchedRoom room) {
    boolean known = disk != null && disk.root().equals(room.values().dir());
    Optional<Reason> closed = known ? disk.closed() : Optional.empty();
    boolean low = disk != null && disk.isLow() && room.isOn(disk.root());
    act(room, room.machine().disk(closed, low, now()));
  }

  private void onSettings(SettingsChanged change) {
    apply(change.after())
        .onFailure(failure -> LOG.error("the new settings could not be applied", failure));
  }

  private Future<Void> apply(Settings next) {
    return rooms
        .apply(next, now())
        .map(
            changes -> {
              changes.forEach(change -> act(change.room(), change.effects()));
              rooms.all().forEach(this::tellDisk);
              rooms.brokenNews().forEach(status -> Topics.ROOM_STATUS.publish(vertx, status));
              for (WatchedRoom room : rooms.all()) {
                room.changedPlan().ifPresent(change -> Topics.RECORD_PLAN.send(vertx, change));
              }
              return null;
            });
  }

  private void act(WatchedRoom room, List<Effect> effects) {
    boolean gone = false;
    for (Effect effect : effects) {
      gone |= effect instanceof Effect.Gone;
      carryOut(room, effect);
    }
    if (gone) {
      Topics.ROOM_STATUS.publish(vertx, room.status(now(), Instant.now(), true));
      return;
    }
    room.changedStatus(now(), Instant.now())
        .ifPresent(status -> Topics.ROOM_STATUS.publish(vertx, status));
  }

  private void carryOut(WatchedRoom room, Effect effect) {
    RoomKey key = room.key();
    if (effect instanceof Effect.Ask ask) {
      ask(room, ask);
    } else if (effect instanceof Effect.Stop stop) {
      Topics.RECORD_STOP.send(vertx, new RecordStop(key, stop.question(), stop.cause()));
    } else if (effect instanceof Effect.Remember remember) {
      remember(key, remember.stopped());
    } else if (effect instanceof Effect.Began) {
      LOG.atInfo().addKeyValue("room", key.publicId()).log("{} is live", room.name());
      Topics.ROOM_LIVE.publish(vertx, new RoomNews(key, room.name()));
    } else if (effect instanceof Effect.Ended) {
      LOG.atInfo()
          .addKeyValue("room", key.publicId())
          .log("{}: the recording has ended", room.name());
      Topics.ROOM_ENDED.publish(vertx, new RoomNews(key, room.name()));
    } else if (effect instanceof Effect.Gone) {
      rooms.forget(room);
    }
  }

  private void ask(WatchedRoom room, Effect.Ask ask) {
    Topics.RECORD_START
        .request(vertx, room.start(ask.question(), ask.wanted()), RecordAnswer.class, ANSWER_WITHIN)
        .onSuccess(answer -> act(room, room.machine().answer(answer, now())))
        .onFailure(
            failure -> {
              LOG.warn("{}: no answer of the recorder: {}", room.name(), failure.getMessage());
              act(room, room.machine().noAnswer(ask.question(), now()));
            });
  }

  private void remember(RoomKey key, boolean stopped) {
    ledger
        .call(
            rows -> {
              rows.setStopped(key, stopped);
              return null;
            })
        .exceptionally(
            failure -> {
              LOG.error("{}: the stop could not be remembered", key.publicId(), failure);
              return null;
            });
  }
}
