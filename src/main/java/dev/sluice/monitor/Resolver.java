package dev.sluice.monitor;

import dev.sluice.bus.RoomResolve;
import dev.sluice.bus.SourceLook;
import dev.sluice.bus.Topic;
import dev.sluice.bus.Topics;
import dev.sluice.platform.LinkException;
import dev.sluice.platform.Platform.Identity;
import dev.sluice.platform.Platforms;
import dev.sluice.room.Liveness;
import dev.sluice.room.Mode;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomState;
import dev.sluice.settings.Settings;
import dev.sluice.settings.Settings.Overrides;
import dev.sluice.settings.Settings.RoomEntry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Says which room a link names, for who thinks of adding it. Changes nothing. */
final class Resolver {
  private static final Duration LOOK_WITHIN = Duration.ofSeconds(8);

  private final Vertx vertx;
  private final Platforms platforms;
  private final Supplier<Settings> settings;
  private final Rooms rooms;

  Resolver(Vertx vertx, Platforms platforms, Supplier<Settings> settings, Rooms rooms) {
    this.vertx = vertx;
    this.platforms = platforms;
    this.settings = settings;
    this.rooms = rooms;
  }

  void onResolve(Message<RoomResolve> message) {
    RoomResolve question = message.body();
    platforms
        .identify(question.link())
        .compose(identity -> answer(identity, question))
        .otherwise(Resolver::refused)
        .onSuccess(answer -> Topic.reply(message, answer));
  }

  private static RoomResolve.Answer refused(Throwable failure) {
    return failure instanceof LinkException link
        ? new RoomResolve.Refused(link.key(), link.getMessage())
        : new RoomResolve.Refused("link.unknown", "not understood");
  }

  private Future<RoomResolve.Answer> answer(Identity identity, RoomResolve question) {
    Optional<WatchedRoom> known = rooms.byKey(identity.key());
    if (known.isPresent()) {
      return Future.succeededFuture(watched(known.get()));
    }
    if (!question.look()) {
      return Future.succeededFuture(
          room(identity, new Look(Liveness.UNKNOWN, Optional.empty(), "")));
    }
    RoomEntry entry = new RoomEntry(question.link(), Optional.empty(), Mode.RECORD, Overrides.NONE);
    SourceLook look =
        new SourceLook(
            identity.key(), question.link(), settings.get().connection(identity.key(), entry));
    return Topics.SOURCE_LOOK
        .request(vertx, look, SourceLook.Found.class, LOOK_WITHIN)
        .map(found -> new Look(found.liveness(), Optional.of(found.reason()), found.quality()))
        .otherwise(new Look(Liveness.UNKNOWN, Optional.empty(), ""))
        .map(found -> room(identity, found));
  }

  private record Look(Liveness liveness, Optional<Reason> reason, String quality) {}

  private static RoomResolve.Answer room(Identity identity, Look look) {
    return new RoomResolve.Room(
        identity.key(),
        identity.name(),
        Optional.empty(),
        look.liveness(),
        look.reason(),
        look.quality());
  }

  /** It is looked at anyway: what its machine knows is told, and nobody is asked again. */
  private static RoomResolve.Answer watched(WatchedRoom room) {
    return new RoomResolve.Room(
        room.key(),
        room.name(),
        Optional.of(room.mode()),
        liveness(room.machine().state()),
        room.machine().reason(),
        "");
  }

  private static Liveness liveness(RoomState state) {
    return switch (state) {
      case RECORDING, LIVE -> Liveness.LIVE;
      case WAITING -> Liveness.OFFLINE;
      default -> Liveness.UNKNOWN;
    };
  }
}
