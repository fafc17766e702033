package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.Holes;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Recorded;
import dev.sluice.testing.Script;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The network is gone for longer than stall time-out and grace together. */
class OutageTest extends RecorderCase {
  private static final Duration AWAY = Duration.ofSeconds(4);

  @Test
  void theRecordingGoesOnWhenTheSourceAnswersAgain() {
    recorder.stall = Duration.ofSeconds(1);
    recorder.grace = Duration.ofSeconds(1);
    Broadcast live = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4))).onAir();
    source.on("/room", Script.redirect(302, PATH), Script.redirect(302, nobody() + "/"));
    source.on(PATH, Script.join(live).live(Duration.ofSeconds(1)).reset(), Script.live(live));
    RecordAnswer answer = recorder.start(source.uri("/room"));
    Await.until(Recorder.LIMIT, "the line is down", () -> source.connections("/room").size() > 2);
    long down = System.nanoTime();

    Await.until(Recorder.LIMIT, "long enough", () -> System.nanoTime() - down > AWAY.toNanos());
    int before = source.framesSent(PATH).size();
    source.on("/room", Script.redirect(302, PATH));
    Await.until(
        Recorder.LIMIT,
        () -> "goes on: " + recorder.ends + source.connections(PATH),
        () -> source.framesSent(PATH).size() > before + 100 || recorder.hasEnded(answer));

    recorder.stop(answer, EndCause.STOPPED);
    assertEquals(EndCause.STOPPED, recorder.awaitEnd(answer).cause());
    new Recorded(root).assertHoldsBeginning(source.framesOnce(PATH), before + 50);
    Holes.between(recorder.frames()).assertTold(recorder.coverage());
  }

  /** Where nobody listens any more. */
  private static URI nobody() {
    try (LiveSource gone = LiveSource.start()) {
      return gone.uri("");
    }
  }
}
