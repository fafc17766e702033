package dev.sluice.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.LoopDisk;
import dev.sluice.testing.Recorded;
import dev.sluice.testing.Script;
import dev.sluice.testing.SluiceServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small disk on which something else takes the space, and gives it back. */
@Tag("privileged")
class DiskSpaceTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String PATH = "/live.flv";
  private static final long MB = 1_000_000;

  @TempDir private Path dir;

  @Test
  void aRecordingEndsBeforeTheReserveIsUsedUpAndGoesOnByItself() throws Exception {
    Broadcast live =
        Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(20), 25, Duration.ofSeconds(1), 200));
    try (LoopDisk disk = LoopDisk.make(dir);
        LiveSource source = LiveSource.start()) {
      source.on(PATH, Script.live(live.onAir()));
      Path root = disk.folder().resolve("recordings");
      Recorded recorded = new Recorded(root);
      String text =
          "server: {port: 0}\nrecordings: {dir: \"%s\"}\nstorage: {reserve: 40MB}\n"
              + "monitor: {every: 1s, grace: 3s}\nrooms:\n  - %s\n";
      try (SluiceServer server =
          new SluiceServer(dir.resolve("data"), text.formatted(root, source.uri(PATH)))) {
        server.start().awaitState("recording");
        Await.until(LIMIT, "frames", () -> recorded.framesInParts().size() > 50);
        Path other = disk.folder().resolve("other");
        long free = Files.getFileStore(disk.folder()).getUsableSpace();
        Files.write(other, new byte[(int) (free - 30 * MB)]);

        server.awaitState("refused");
        String reason = server.rooms().get(0).get("reason").toString();
        assertTrue(reason.contains("of 40 MB reserve"), reason);
        assertEquals(List.of(), recorded.parts(), "ended in order");
        assertEquals(1, recorded.media().size());

        Files.delete(other);
        server.awaitState("recording");
        Await.until(LIMIT, "frames", () -> recorded.framesInParts().size() > 50);
        live.offAir();
        server.awaitState("waiting");
        server.stop();
        assertEquals(List.of("1"), server.rows("select count(*) from recording"));
      }
      assertEquals(2, recorded.media().size());
      recorded.assertHoldsButForGaps(source.framesOnce(PATH));
      recorded.assertPlayable();
      assertEquals(1, recorded.coverage().get("gaps").size(), "" + recorded.coverage());
    }
  }
}
