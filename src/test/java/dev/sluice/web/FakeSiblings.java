package dev.sluice.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.RoomCommand;
import dev.sluice.bus.RoomStatus;
import dev.sluice.bus.SettingsCommand;
import dev.sluice.bus.SettingsReply;
import dev.sluice.bus.SettingsReply.Applied;
import dev.sluice.bus.SettingsReply.Outcome;
import dev.sluice.bus.Topic;
import dev.sluice.bus.Topics;
import dev.sluice.room.Mode;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import dev.sluice.room.RoomState;
import dev.sluice.settings.Mistake;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/** Answers on the bus as monitor and node would, and notes what it was asked. */
final class FakeSiblings {
  static final Instant SINCE = Instant.parse("2026-11-24T20:15:00Z");
  static final String ETAG = "abc123";

  final Map<Integer, RoomStatus> rooms = new ConcurrentSkipListMap<>();
  final ConcurrentLinkedQueue<RoomCommand> commands = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<SettingsCommand> asked = new ConcurrentLinkedQueue<>();
  volatile Outcome outcome = Outcome.OK;

  /** How many times the rooms are told without a room that was added. */
  volatile int slow;

  /** Whether a room that was removed still closes its files. */
  volatile boolean keepsRemoved;

  private volatile Optional<RoomStatus> late = Optional.empty();
  private final Vertx vertx;

  FakeSiblings(Vertx vertx) {
    this.vertx = vertx;
    Topics.ROOM_STATUS_ALL.serve(vertx, this::onAsk);
    Topics.ROOM_COMMAND.consume(vertx, this::onCommand);
    Topics.SETTINGS_COMMAND.serve(vertx, this::onSettings);
  }

  static RoomStatus room(String link, RoomState state) {
    RoomKey key = new RoomKey("direct", link);
    Optional<Reason> reason =
        state == RoomState.RECORDING
            ? Optional.empty()
            : Optional.of(Reason.of("offline", "code", "404", "off air (404)"));
    return new RoomStatus(
        key.publicId(),
        key,
        List.of(link),
        "Room <b>" + link + "</b>",
        Mode.RECORD,
        List.of("nas"),
        state,
        reason,
        SINCE,
        Optional.empty(),
        false);
  }

  static RoomStatus removed(RoomStatus room) {
    return changed(room, room.name(), room.state(), true);
  }

  static RoomStatus named(RoomStatus room, String name) {
    return changed(room, name, room.state(), false);
  }

  private static RoomStatus changed(
      RoomStatus room, String name, RoomState state, boolean removed) {
    return new RoomStatus(
        room.id(),
        room.key(),
        room.links(),
        name,
        room.mode(),
        room.targets(),
        state,
        room.reason(),
        room.since(),
        room.nextLook(),
        removed);
  }

  RoomStatus put(String link, RoomState state) {
    RoomStatus room = room(link, state);
    put(room);
    return room;
  }

  private void put(RoomStatus room) {
    int place =
        rooms.entrySet().stream()
            .filter(entry -> entry.getValue().id().equals(room.id()))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(rooms.size());
    rooms.put(place, room);
  }

  /** The room as monitor would tell of it. */
  void tell(RoomStatus room) {
    put(room);
    Topics.ROOM_STATUS.publish(vertx, room);
  }

  private void onAsk(Message<RoomStatus.Ask> ask) {
    if (late.isPresent() && slow-- <= 0) {
      put(late.get());
      late = Optional.empty();
    }
    Topic.reply(ask, new RoomStatus.All(List.copyOf(rooms.values())));
  }

  private void onCommand(RoomCommand command) {
    commands.add(command);
    RoomState next =
        switch (command.action()) {
          case START -> RoomState.STARTING;
          case STOP -> RoomState.STOPPING;
          default -> null;
        };
    if (next != null) {
      List.copyOf(rooms.values()).stream()
          .filter(room -> room.id().equals(command.roomId()))
          .forEach(room -> tell(changed(room, room.name(), next, false)));
    }
  }

  private void onSettings(Message<SettingsCommand> message) {
    SettingsCommand command = message.body();
    asked.add(command);
    Optional<String> id = Optional.empty();
    if (command instanceof SettingsCommand.AddRoom add) {
      id = Optional.of(add(add.entry()));
    } else if (command instanceof SettingsCommand.PatchRoom patch && outcome == Outcome.OK) {
      id = Optional.of(patch.roomId());
      rename(patch.roomId(), patch.fields().get("name"));
    }
    if (command instanceof SettingsCommand.RemoveRoom remove && outcome == Outcome.OK) {
      rooms.values().removeIf(room -> room.id().equals(remove.roomId()) && !keepsRemoved);
    }
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    if (command instanceof SettingsCommand.Fields) {
      settings.put("scope", "global").put("id", "").put("writable", true);
      settings.putArray("target_names");
      settings.putArray("fields");
    } else {
      settings.putObject("server").put("port", 8080);
    }
    List<Applied> applied =
        command instanceof SettingsCommand.Patch
            ? List.of(new Applied("recordings.split.every", "next_segment"))
            : List.of();
    boolean fine = outcome == Outcome.OK || outcome == Outcome.ALREADY;
    Topic.reply(
        message,
        new SettingsReply(
            outcome,
            fine ? "" : "line 3: that does not fit",
            fine ? "" : "settings.test",
            ETAG,
            settings,
            applied,
            id,
            outcome == Outcome.INVALID
                ? List.of(new Mistake("monitor.every", "that does not fit"))
                : List.of()));
  }

  private String add(ObjectNode entry) {
    RoomStatus room = room(entry.get("link").asText(), RoomState.WAITING);
    if (outcome == Outcome.OK) {
      late = Optional.of(room);
    }
    return room.id();
  }

  private void rename(String id, JsonNode name) {
    if (name != null && name.isTextual()) {
      List.copyOf(rooms.values()).stream()
          .filter(room -> room.id().equals(id))
          .forEach(room -> put(changed(room, name.asText(), room.state(), false)));
    }
  }
}
