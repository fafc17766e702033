package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.Frame;
import dev.sluice.testing.Recorded;
import dev.sluice.testing.Script;
import dev.sluice.testing.ServedConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address that a link led to is good for a while only; the link then leads to another. */
class ExpiredAddressTest extends RecorderCase {
  private static final Duration GOOD = Duration.ofMillis(1200);
  private static final long NEW_ADDRESS_MS = 1000;

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 410})
  void theNewOneIsTakenWithinASecondAndNeverBesideTheOld(int status) {
    Broadcast live = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(20), 25, GOOD, 200)).onAir();
    source.on(
        "/room",
        Script.redirect(302, "/old"),
        Script.redirect(302, "/old"),
        Script.redirect(302, "/new"),
        Script.status(404));
    source.on("/old", Script.join(live).live(GOOD).reset(), Script.status(status));
    source.on("/new", Script.join(live).live(GOOD).fin());
    recorder.grace = Duration.ofSeconds(20);

    RecordAnswer answer = recorder.start(source.uri("/room"));
    Await.until(
        Recorder.LIMIT,
        () -> "both addresses had their time: " + source.connections(),
        () -> source.connections("/room").size() >= 4);
    recorder.stop(answer, EndCause.STOPPED);
    recorder.awaitEnd(answer);

    ServedConnection expired = source.connections("/old").get(0);
    ServedConnection fresh = source.connections("/new").get(0);
    assertEquals(2, source.connections("/old").size(), "asked once after it had expired");
    assertTrue(fresh.beganNanos() >= expired.endedNanos(), "one connection at a time");
    long ms = (fresh.beganNanos() - expired.endedNanos()) / 1_000_000;
    assertTrue(ms <= NEW_ADDRESS_MS, ms + " ms after the old one ended");
    List<Frame> sent = new ArrayList<>(expired.framesSent());
    fresh.framesSent().stream().filter(frame -> !sent.contains(frame)).forEach(sent::add);
    new Recorded(root).assertHolds(sent);
  }
}
