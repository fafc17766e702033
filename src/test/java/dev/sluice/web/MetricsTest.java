package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.Exposition;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Script;
import dev.sluice.web.door.LocalKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of a whole server beside what is on its disk. */
class MetricsTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Double> highest = new HashMap<>();

  /** Fails when a counter has fallen since the last time. */
  private Exposition metrics(PageServer server) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + "/metrics"))
            .header("authorization", "Bearer " + key())
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      Exposition metrics = new Exposition(answer.body());
      for (Exposition.Sample sample : metrics.samples()) {
        if (sample.name().endsWith("_total")) {
          double before = highest.getOrDefault(sample.name() + sample.labels(), 0.0);
          assertTrue(sample.value() >= before, sample + " fell from " + before);
          highest.put(sample.name() + sample.labels(), sample.value());
        }
      }
      return metrics;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String key() {
    try {
      return LocalKey.read(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double sum(Exposition metrics, String name) {
    return metrics.samples().stream()
        .filter(sample -> sample.name().equals(name))
        .mapToDouble(Exposition.Sample::value)
        .sum();
  }

  @Test
  void agreesWithTheDiskAfterADropAndAnEnd() throws Exception {
    Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4))).onAir();
    try (LiveSource source = LiveSource.start()) {
      source.on("/live.flv", Script.join(broadcast).live(Duration.ofSeconds(3)).reset());
      try (PageServer server =
          PageServer.start(folder, new PageServer.Room(source.uri("/live.flv").toString()))) {
        until(server, "a drop", "sluice_reconnects_total", 1);
        until(server, "recording", "sluice_recording", 1);
        until(server, "on air", "sluice_live", 1);
        until(server, "bytes", "sluice_received_bytes_total", 1);
        Await.until(
            LIMIT,
            "two answers",
            () -> metrics(server).sum("sluice_platform_requests_total", "code", "200") >= 2);
        broadcast.offAir();
        Await.until(LIMIT, "the end", () -> sum(metrics(server), "sluice_recording") == 0);
        Await.until(
            LIMIT,
            () -> "all is delivered: " + sum(metrics(server), "sluice_delivery_bytes_total"),
            () -> delivered(server));
        Exposition end = metrics(server);
        assertEquals(bytes(server.recordings(), ".flv"), sum(end, "sluice_written_bytes_total"));
        assertEquals(
            count(server.recordings(), ".flv"),
            end.sum("sluice_segments_total", "result", "closed"));
        assertTrue(sum(end, "sluice_received_bytes_total") > 0);
      }
    }
  }

  private void until(PageServer server, String what, String name, double atLeast) {
    Await.until(
        LIMIT,
        () -> what + ": " + metrics(server).samples(),
        () -> sum(metrics(server), name) >= atLeast);
  }

  /** Files and coverage. */
  private boolean delivered(PageServer server) {
    Exposition metrics = metrics(server);
    double done = metrics.sum("sluice_deliveries", "state", "done");
    long files = count(server.recordings(), ".flv") + count(server.recordings(), ".json");
    long bytes = bytes(server.delivered(), "");
    return done == files && sum(metrics, "sluice_delivery_bytes_total") == bytes;
  }

  private static long count(Path folder, String end) {
    return sizes(folder, end).length;
  }

  private static long bytes(Path folder, String end) {
    return java.util.Arrays.stream(sizes(folder, end)).sum();
  }

  private static long[] sizes(Path folder, String end) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(end) && !file.toString().contains(".sluice"))
          .mapToLong(file -> file.toFile().length())
          .toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
