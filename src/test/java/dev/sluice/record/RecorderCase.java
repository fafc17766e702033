package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sluice.testing.LiveSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A recorder and a source for it, anew for each test. */
abstract class RecorderCase {
  static final String PATH = "/live.flv";

  @TempDir Path root;
  LiveSource source;
  Recorder recorder;

  @BeforeEach
  void start() {
    source = LiveSource.start();
    recorder = new Recorder(root);
  }

  @AfterEach
  void stop() {
    assertTimeoutPreemptively(Duration.ofSeconds(30), recorder::close);
    source.close();
    assertEquals(List.of(), source.failures());
  }
}
