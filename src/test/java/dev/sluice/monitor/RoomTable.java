package dev.sluice.monitor;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.room.Mode;
import dev.sluice.room.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What every event does in every situation of a room, found by trying, as a page for people. */
final class RoomTable {
  private static final String WISH = "mode set to ";
  private static final String FRONT =
      """
      # States and events of a room

      What a room's machine (`monitor.RoomMachine`) does on each event in each of its situations. This page is made by trying all of them and a test holds it to the code; edit the code, not the page. States are those of the API; *asks* begins a question to a recorder, of which one is open at a time, and an answer or end of any other question changes nothing.
      """;

  private static final Reason FULL = Reason.of("storage.closed", "waiting for disk space");

  private final Map<String, Supplier<Machine>> situations = new LinkedHashMap<>();
  private final Map<String, Function<Machine, List<Effect>>> events = new LinkedHashMap<>();

  RoomTable() {
    situations.put("Paused", Machine::paused);
    situations.put("New: not looked at yet", Machine::watched);
    situations.put("First question open", () -> after(Machine.watched(), Machine::tick));
    situations.put("Off air", () -> after(Machine.watched(), m -> m.look(Outcome.OFFLINE)));
    situations.put("Off air, question open", () -> due(situation("Off air")));
    situations.put("No clear answer", () -> after(Machine.watched(), m -> m.look(Outcome.UNKNOWN)));
    situations.put("Refused", () -> after(Machine.watched(), m -> m.look(Outcome.REFUSED)));
    situations.put(
        "On air, waiting for disk space",
        () ->
            after(
                Machine.watched(),
                m -> m.room.disk(Optional.of(FULL), true, m.now),
                m -> m.look(Outcome.LIVE)));
    situations.put("Recording", Machine::recording);
    situations.put(
        "Recording, connection lost",
        () -> after(Machine.recording(), m -> m.room.progress(false, m.now)));
    situations.put(
        "Stopping, by a person", () -> after(Machine.recording(), m -> m.room.stop(m.now)));
    situations.put(
        "Live, stopped by a person",
        () ->
            after(
                situation("Stopping, by a person"),
                m -> m.ended(m.room.question(), EndCause.STOPPED)));
    situations.put(
        "Live, stopped by a person, question open",
        () -> due(situation("Live, stopped by a person")));
    situations.put(
        "Stopping, because it was paused",
        () -> after(Machine.recording(), m -> m.mode(Mode.PAUSED)));
    situations.put(
        "Live, only to be told", () -> after(Machine.notifying(), m -> m.look(Outcome.LIVE)));
    situations.put(
        "Only to be told, recording by hand",
        () ->
            after(
                situation("Live, only to be told"),
                m -> m.room.start(m.now),
                m -> m.answer(m.room.question(), Outcome.STARTED)));

    events.put("the time of the next look comes", m -> m.room.tick(later(m)));
    events.put("check now", m -> m.room.check(m.now));
    events.put("record now", m -> m.room.start(m.now));
    events.put("stop", m -> m.room.stop(m.now));
    for (Mode mode : Mode.values()) {
      events.put(WISH + "`" + mode.word() + "`", m -> m.mode(mode));
    }
    events.put("the disk is low", m -> m.room.disk(Optional.of(FULL), true, m.now));
    events.put("the disk does not answer", m -> m.room.disk(Optional.of(FULL), false, m.now));
    events.put("the disk has space", m -> m.room.disk(Optional.empty(), false, m.now));
    events.put("taken out of the settings", m -> m.room.remove(m.now));
    for (Outcome outcome : Outcome.values()) {
      events.put("answer: " + word(outcome), m -> m.answer(m.room.question(), outcome));
    }
    events.put("no answer in time", m -> m.room.noAnswer(m.room.question(), m.now));
    events.put("nothing new arrives", m -> m.room.progress(false, m.now));
    events.put("media arrives", m -> m.room.progress(true, m.now));
    events.put("question ends without media", m -> m.endedEmpty(m.room.question()));
    for (EndCause cause : EndCause.values()) {
      events.put("recording ends: " + word(cause), m -> m.ended(m.room.question(), cause));
    }
  }

  private Machine situation(String name) {
    return situations.get(name).get();
  }

  @SafeVarargs
  private static Machine after(Machine machine, Function<Machine, List<Effect>>... steps) {
    for (Function<Machine, List<Effect>> step : steps) {
      step.apply(machine);
    }
    return machine;
  }

  private static Machine due(Machine machine) {
    machine.tickAfter(3 * Machine.EVERY);
    return machine;
  }

  private static long later(Machine machine) {
    machine.now += 3 * Machine.EVERY;
    return machine.now;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  String page() {
    StringBuilder page = new StringBuilder(FRONT);
    situations.forEach((name, situation) -> section(page, name, situation));
    return page.toString();
  }

  private void section(StringBuilder page, String name, Supplier<Machine> situation) {
    page.append("\n## ").append(name).append("\n\n`");
    page.append(situation.get().room.state().word()).append("`\n\n");
    page.append("| event | state then | what is done |\n|---|---|---|\n");
    List<String> without = new ArrayList<>();
    events.forEach(
        (event, work) -> {
          Machine machine = situation.get();
          String before = picture(machine);
          String effects = words(work.apply(machine));
          // A mode is a wish: what it changes may show only at the next look.
          boolean shows =
              (event.startsWith(WISH) || event.startsWith("the disk"))
                  || !picture(machine).equals(before);
          if (effects.isEmpty() && !shows) {
            without.add(event);
          } else {
            page.append("| ").append(event).append(" | `");
            page.append(machine.room.state().word()).append('`').append(plan(machine));
            page.append(" | ").append(effects).append(" |\n");
          }
        });
    page.append("\nNothing changes when: ").append(String.join("; ", without)).append(".\n");
  }

  /** Everything about it that can be seen. */
  private static String picture(Machine machine) {
    RoomMachine room = machine.room;
    return room.state() + " " + room.question() + " " + plan(machine) + room.isWatched();
  }

  private static String plan(Machine machine) {
    if (machine.room.question() > 0) {
      return ", question open";
    }
    return machine
        .room
        .nextLook()
        .map(at -> at <= machine.now ? ", looks at once" : ", looks later")
        .orElse("");
  }

  private static String words(List<Effect> effects) {
    return effects.stream().map(RoomTable::word).collect(Collectors.joining("; "));
  }

  private static String word(Effect effect) {
    if (effect instanceof Effect.Ask ask) {
      return ask.wanted() ? "asks, to record" : "asks, to look only";
    }
    if (effect instanceof Effect.Stop stop) {
      return "ends the recorder (" + word(stop.cause()) + ")";
    }
    if (effect instanceof Effect.Remember remember) {
      return remember.stopped() ? "remembers that it was stopped" : "forgets that it was stopped";
    }
    if (effect instanceof Effect.Began) {
      return "tells that a broadcast began";
    }
    return effect instanceof Effect.Ended ? "tells that the broadcast ended" : "is gone";
  }
}
