package dev.sluice.web;

import dev.sluice.bus.RoomStatus;
import dev.sluice.ledger.TotalsRows;
import dev.sluice.room.RoomState;
import java.util.Set;

/** The numbers of one room after the other. */
final class RoomSamples {
  private static final Set<RoomState> LIVE =
      Set.of(RoomState.LIVE, RoomState.STARTING, RoomState.RECORDING, RoomState.GRACE);

  private final Samples samples;
  private final Meter meter;

  RoomSamples(Samples samples, Meter meter) {
    this.samples = samples;
    this.meter = meter;
  }

  /**
   * @param total what the ledger has of it
   * @param openBytes of the file that is being written
   */
  void add(RoomView room, TotalsRows.Room total, long openBytes) {
    RoomStatus status = room.status();
    String id = status.id();
    samples.info(
        "sluice_room",
        "A room; its name stands here alone.",
        "name",
        status.name(),
        "platform",
        status.key().platform(),
        "room",
        id,
        "title",
        "");
    gauge("sluice_recording", "Whether it is recorded.", status.state() == RoomState.RECORDING, id);
    gauge("sluice_live", "Whether it is known to be on air.", LIVE.contains(status.state()), id);
    String since = " since the start of the program.";
    samples.counter(
        "sluice_received_bytes",
        "Bytes received from sources" + since,
        meter.received(id),
        "room",
        id);
    counter("sluice_written_bytes", "Bytes in its files.", total.bytes() + openBytes, id);
    counter("sluice_gap_seconds", "Length of all gaps.", total.gapMs() / 1000.0, id);
    counter(
        "sluice_repeated_seconds",
        "Length of all repeats that were dropped, reckoned from their frames.",
        total.repeatedMs() / 1000.0,
        id);
    double segments = meter.rising("segments " + id, total.segments());
    samples.counter("sluice_segments", "Files.", segments, "result", "closed", "room", id);
    meter
        .lost(id)
        .forEach(
            (reason, count) ->
                samples.counter(
                    "sluice_reconnects",
                    "Connections lost while recording" + since,
                    count,
                    "reason",
                    reason,
                    "room",
                    id));
  }

  private void gauge(String name, String help, boolean value, String id) {
    samples.gauge(name, help, value ? 1 : 0, "room", id);
  }

  private void counter(String name, String help, double value, String id) {
    samples.counter(name, help, meter.rising(name + " " + id, value), "room", id);
  }
}
