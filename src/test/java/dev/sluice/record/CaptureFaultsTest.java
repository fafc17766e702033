package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A live stream breaks, in every way and at every place, while its publisher goes on: each frame
 * that came whole is recorded once, and all that did not come is told.
 */
class CaptureFaultsTest extends RecorderCase {
  private static final boolean FULL = Boolean.getBoolean("sluice.full");
  private static final int AT_ONCE = 40;
  private static final int PLACES_PER_FAULT = FULL ? CutPlace.values().length : 2;

  private final Random random = new Random(Seeds.of("CaptureFaultsTest"));
  private final List<String> failures = new ArrayList<>();
  private final List<Long> reconnectMs = new ArrayList<>();
  private final List<Long> silenceMs = new ArrayList<>();
  private int withHoles;

  /** A fault and where it strikes. */
  private record Pair(CaptureFault fault, CutPlace place) {}

  @Test
  void whatCameIsRecordedOnceAndWhatDidNotIsTold() {
    // More than enough time for the source to come back.
    recorder.grace = Duration.ofSeconds(20);
    List<Pair> pairs = pairs();
    for (int i = 0; i < pairs.size(); i += AT_ONCE) {
      record(pairs.subList(i, Math.min(pairs.size(), i + AT_ONCE)));
    }
    String context = "-Dsluice.seed=" + Seeds.seed() + ": ";
    assertEquals("", String.join("\n", failures), context);
    assertTrue(withHoles > pairs.size() / 4, context + withHoles + " of " + pairs.size());
    assertTimes(pairs.size() + " capture faults, " + withHoles + " with gaps; " + context);
  }

  private void assertTimes(String context) {
    reconnectMs.sort(null);
    silenceMs.sort(null);
    String figures =
        context + "reconnected after " + reconnectMs + " ms, silence borne " + silenceMs;
    System.out.println(figures);
    assertTrue(reconnectMs.get(reconnectMs.size() / 2) <= 1000, figures);
    assertTrue(reconnectMs.get(reconnectMs.size() - 1) <= 5000, figures);
    // The watch comes round once a second; the machine may be busy.
    long most = recorder.stall.plusSeconds(3).toMillis();
    assertTrue(silenceMs.stream().allMatch(silence -> silence <= most), figures);
  }

  /** Every fault at some places, every place with some fault; or all with all. */
  private List<Pair> pairs() {
    CutPlace[] places = CutPlace.values();
    int from = random.nextInt(places.length);
    List<Pair> pairs = new ArrayList<>();
    for (CaptureFault fault : CaptureFault.values()) {
      for (int k = 0; k < PLACES_PER_FAULT; k++) {
        int place = (from + 7 * fault.ordinal() + 11 * k) % places.length;
        pairs.add(new Pair(fault, places[place]));
      }
    }
    return pairs;
  }

  private void record(List<Pair> pairs) {
    List<Broadcast> lives = List.of(live(400), live(400), live(2000));
    List<CaptureCase> cases = new ArrayList<>();
    for (Pair pair : pairs) {
      Broadcast live = lives.get(random.nextInt(lives.size()));
      Random own = new Random(random.nextLong());
      cases.add(new CaptureCase(pair.fault, pair.place, live, own, source, recorder));
    }
    cases.forEach(CaptureCase::start);
    cases.forEach(this::finish);
  }

  private static Broadcast live(int gopMillis) {
    Duration gop = Duration.ofMillis(gopMillis);
    return Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(20), 25, gop, 200)).onAir();
  }

  private void finish(CaptureCase one) {
    try {
      withHoles += one.finish(root) > 0 ? 1 : 0;
      one.reconnectMs().ifPresent(reconnectMs::add);
      one.silenceMs().ifPresent(silenceMs::add);
    } catch (AssertionError e) {
      failures.add(one + ": " + e.getMessage());
    }
  }
}
