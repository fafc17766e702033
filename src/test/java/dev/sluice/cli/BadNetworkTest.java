package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Await;
import dev.sluice.testing.BadNetwork;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.Holes;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Recorded;
import dev.sluice.testing.Script;
import dev.sluice.testing.ServedConnection;
import dev.sluice.testing.SluiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The network between the source and the program loses packets, some or all. */
@Tag("privileged")
class BadNetworkTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration STALL = Duration.ofSeconds(3);
  private static final int PACKETS = 60;
  private static final String PATH = "/live.flv";

  @TempDir private Path out;
  private final BadNetwork network = BadNetwork.make();
  private final LiveSource source = LiveSource.start(network.here());
  private final Broadcast live =
      Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(20), 25, Duration.ofMillis(400), 200));

  @AfterEach
  void close() {
    source.close();
    network.close();
    assertEquals(List.of(), source.failures());
  }

  private SluiceProcess record() {
    source.on(PATH, Script.live(live.onAir()));
    String stall = STALL.toSeconds() + "s";
    return SluiceProcess.start(
        network,
        "record",
        "--out",
        out.toString(),
        "--grace",
        "60s",
        "--stall-timeout",
        stall,
        source.uri(PATH).toString());
  }

  private void awaitFrames(int frames) {
    Await.until(
        LIMIT,
        () -> frames + " frames in the file: " + source.connections(PATH),
        () -> new Recorded(out).framesInParts().size() >= frames);
  }

  /** No FIN and no RST: TCP alone would wait for a quarter of an hour. */
  @Test
  void aPeerThatVanishesIsAStallAndTheStreamIsTakenUpAgain() {
    try (SluiceProcess run = record()) {
      awaitFrames(100);
      network.cut();
      int before = new Recorded(out).framesInParts().size();
      long cut = System.nanoTime();
      // As soon as packets pass again TCP would go on by itself, if nobody had noticed.
      Await.until(
          LIMIT, "longer than a stall", () -> since(cut).compareTo(STALL.plusSeconds(2)) > 0);
      assertTrue(new Recorded(out).framesInParts().size() < before + 68, "the network is cut");
      network.mend();
      long mended = System.nanoTime();
      Await.until(
          LIMIT, () -> "connected anew: " + run, () -> source.connections(PATH).size() == 2);
      assertTrue(since(mended).toSeconds() < 10, "connected after " + since(mended));
      awaitFrames(before + 200);
      run.signal("TERM");
      assertEquals(0, run.exitCode(LIMIT), run.toString());
    }
    ServedConnection vanished = source.connections(PATH).get(0);
    assertEquals(ServedConnection.Ending.CLIENT, vanished.ending(), vanished.toString());
    assertWholeButForWhatIsTold();
    assertEquals(1, new Recorded(out).coverage().get("gaps").size());
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  static IntStream losses() {
    return Boolean.getBoolean("sluice.full") ? IntStream.of(5, 10, 20) : IntStream.of(10);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void whereSomePacketsAreLostNothingIsCorrupt(int percent) {
    try (SluiceProcess run = record()) {
      network.lose(percent);
      // Not so many frames: TCP itself may come to a stop for a while.
      Await.until(LIMIT, "packets are lost", () -> network.lost() >= PACKETS);
      network.mend();
      awaitFrames(new Recorded(out).framesInParts().size() + 150);
      run.signal("TERM");
      assertEquals(0, run.exitCode(LIMIT), run.toString());
    }
    assertWholeButForWhatIsTold();
  }

  private void assertWholeButForWhatIsTold() {
    Recorded recorded = new Recorded(out);
    recorded.assertHoldsButForGaps(source.framesOnce(PATH));
    Holes.between(recorded.frames()).assertTold(recorded.coverage());
    recorded.assertPlayable();
  }
}
