package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Script;
import dev.sluice.testing.SluiceProcess;
import dev.sluice.testing.SluiceServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice health} beside a server that records, idles and is gone. */
class HealthCommandTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  @TempDir private Path dir;

  private void says(int code, String begin, String... options) {
    String[] words = new String[options.length + 3];
    words[0] = "health";
    words[1] = "--data";
    words[2] = dir.resolve("data").toString();
    System.arraycopy(options, 0, words, 3, options.length);
    try (SluiceProcess health = SluiceProcess.start(words)) {
      assertEquals(code, health.exitCode(LIMIT), health.toString());
      assertTrue(health.output().startsWith(begin), health.toString());
    }
  }

  @Test
  void tellsUpIdleBusyAndDown() throws Exception {
    says(1, "down: no server answers");
    Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4)));
    try (LiveSource source = LiveSource.start()) {
      source.on("/live.flv", Script.live(broadcast));
      String settings =
          """
          server: {port: 0}
          recordings: {dir: "%s"}
          monitor: {every: 1s, grace: 1s}
          rooms: ["%s"]
          """;
      try (SluiceServer server =
          new SluiceServer(
              dir.resolve("data"),
              settings.formatted(dir.resolve("recordings"), source.uri("/live.flv")))) {
        server.start();
        server.awaitState("waiting");
        says(0, "up: http://");
        says(0, "idle: http://", "--idle");
        broadcast.onAir();
        server.awaitState("recording");
        says(0, "up: http://");
        says(1, "busy: 1 rooms are recorded", "--idle");
        server.stop();
      }
    }
    says(1, "down: no server answers");
  }
}
