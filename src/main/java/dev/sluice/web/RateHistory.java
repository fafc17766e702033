package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.RecordingProgress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How fast the rooms received and wrote over the last ten minutes, in steps of some seconds. Takes
 * the moment from its caller, monotonic; for one thread.
 */
final class RateHistory {
  /** Length of a step. */
  static final long STEP_MS = 5000;

  /** Steps that are kept. */
  static final int STEPS = 120;

  /** Rooms that are kept at most; the one longest without a recording goes first. */
  static final int MAX_ROOMS = 500;

  private final Map<String, Steps> rooms =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Steps> eldest) {
          return size() > MAX_ROOMS;
        }
      };

  /** A ring of steps; a step without a word of the recorder holds nothing. */
  private static final class Steps {
    private static final long NOTHING = -1;
    private final long[] received = new long[STEPS];
    private final long[] written = new long[STEPS];
    private final long[] stepOf = new long[STEPS];
    private long epoch = NOTHING;
    private long lastReceived;
    private long lastWritten;

    void add(RecordingProgress progress, long step) {
      boolean same = progress.epoch() == epoch;
      long moreReceived = progress.receivedBytes() - (same ? lastReceived : 0);
      // A recording that goes on after a restart has written before: that was not in this step.
      long moreWritten = same ? progress.bytes() - lastWritten : 0;
      epoch = progress.epoch();
      lastReceived = progress.receivedBytes();
      lastWritten = progress.bytes();
      int at = (int) (step % STEPS);
      if (stepOf[at] != step + 1) {
        stepOf[at] = step + 1;
        received[at] = 0;
        written[at] = 0;
      }
      received[at] += Math.max(0, moreReceived);
      written[at] += Math.max(0, moreWritten);
    }

    /** Bytes a second of each step before this one, the oldest first. */
    ArrayNode rates(long[] bytes, long now) {
      ArrayNode rates = Json.NODES.arrayNode();
      for (long step = now - STEPS + 1; step < now; step++) {
        int at = (int) Math.floorMod(step, (long) STEPS);
        if (step >= 0 && stepOf[at] == step + 1) {
          rates.add(bytes[at] * 1000 / STEP_MS);
        } else {
          rates.addNull();
        }
      }
      return rates;
    }
  }

  void take(RecordingProgress progress, long nowMs) {
    rooms
        .computeIfAbsent(progress.room().publicId(), id -> new Steps())
        .add(progress, nowMs / STEP_MS);
  }

  /** As the API shows it; the step that runs is not in it. */
  ObjectNode json(String id, long nowMs) {
    Steps steps = rooms.getOrDefault(id, new Steps());
    ObjectNode json = Json.NODES.objectNode().put("step_ms", STEP_MS);
    json.set("received", steps.rates(steps.received, nowMs / STEP_MS));
    json.set("written", steps.rates(steps.written, nowMs / STEP_MS));
    return json;
  }
}
