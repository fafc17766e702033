package dev.sluice.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers and faults that need no live time line. */
class LiveSourceTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final List<FlvTag> sample = FlvTags.read(FlvSamples.avcAac(Duration.ofSeconds(2)));
  private final LiveSource source = LiveSource.start();

  @AfterEach
  void close() {
    source.close();
    assertEquals(List.of(), source.failures());
  }

  @Test
  void sendsATagListAndRecordsIt() throws IOException {
    source.on("/a.flv", Script.flv().tags(sample));
    try (Fetch fetch = new Fetch(source.uri("/a.flv?token=1"))) {
      assertEquals(Fetch.End.FIN, fetch.toEnd(LIMIT));
      assertEquals(200, fetch.status());
      assertEquals(sample, FlvTags.parse(fetch.body()));
      ServedConnection record = source.connections("/a.flv").get(0);
      FlvTags.assertSameFrames(FlvTags.frames(sample), record.framesSent());
      assertEquals(fetch.body().length, record.bytesSent());
      assertEquals("/a.flv?token=1", record.request().target());
      assertEquals("a=b", record.request().headers().get("COOKIE"));
      assertEquals(ServedConnection.Ending.SERVER, record.ending());
    }
  }

  @Test
  void chunksAreUnderstoodByARealClient() throws Exception {
    source.on("/a.flv", Script.flv().chunked().tags(sample));
    assertEquals(sample, FlvTags.parse(get("/a.flv")));
    source.on("/a.flv", Script.flv().chunked().tags(sample).fin());
    assertThrows(IOException.class, () -> get("/a.flv"), "no last chunk");
    source.on("/a.flv", Script.flv().chunked().raw("zz\r\n".getBytes()));
    assertThrows(IOException.class, () -> get("/a.flv"), "bad chunk size");
  }

  @Test
  void cutsAtEveryByteAsToldByFinOrRst() throws IOException {
    int whole = FlvTags.toBytes(sample.subList(0, 6)).length;
    for (int cut : new int[] {0, 4, 9, 13, 20, 30, whole - 3, whole, whole + 5}) {
      source.on("/a", Script.flv().tags(sample).cutAfter(cut), resetAfter(cut));
      assertCut(cut, Fetch.End.FIN);
      assertCut(cut, Fetch.End.RST);
    }
  }

  private Script resetAfter(int cut) {
    return Script.flv().tags(sample).resetAfter(cut);
  }

  private void assertCut(int cut, Fetch.End end) throws IOException {
    try (Fetch fetch = new Fetch(source.uri("/a"))) {
      assertEquals(end, fetch.toEnd(LIMIT));
      assertEquals(cut, fetch.body().length);
      List<ServedConnection> all = source.connections("/a");
      ServedConnection record = all.get(all.size() - 1);
      assertEquals(cut, record.bytesSent());
      List<FlvTag> came = cut < 13 ? List.of() : FlvTags.parseCut(fetch.body());
      assertEquals(FlvTags.frames(came), record.framesSent());
      int boundary = FlvTags.toBytes(came).length;
      assertEquals(Math.max(0, cut - boundary), record.cutBytes());
    }
  }

  @Test
  void stallsUntilTheClientGoes() throws IOException {
    source.on("/a", Script.flv().tags(sample).stall());
    try (Fetch fetch = new Fetch(source.uri("/a"))) {
      assertThrows(SocketTimeoutException.class, () -> fetch.toEnd(Duration.ofMillis(300)));
      assertEquals(sample, FlvTags.parse(fetch.body()));
      assertEquals(1, source.openNow("/a"));
    }
    assertEquals(0, source.openNow("/a"));
    ServedConnection record = source.connections().get(0);
    Await.until(LIMIT, record::toString, () -> record.ending() == ServedConnection.Ending.CLIENT);
  }

  @Test
  void countsOverlapAndNotSuccession() throws IOException {
    source.on("/a", Script.flv().tags(sample).stall());
    source.on("/b", Script.flv().tags(sample).stall());
    source.on("/c", Script.open().bytes(new byte[9]).stall());
    for (int i = 0; i < 20; i++) {
      new Fetch(source.uri("/a")).bodyBytes(13 + i).close(); // by RST: not all was read
      new Fetch(source.uri("/c")).bodyBytes(9).close(); // by FIN
    }
    assertEquals(20, source.connections("/a").size());
    assertEquals(1, source.mostOpen("/a"));
    assertEquals(1, source.mostOpen("/c"));
    try (Fetch one = new Fetch(source.uri("/b")).bodyBytes(1);
        Fetch two = new Fetch(source.uri("/b")).bodyBytes(1)) {
      assertEquals(2, source.openNow("/b"));
      assertEquals(2, source.mostOpen("/b"));
      assertEquals(one.status(), two.status());
    }
    assertEquals(0, source.openNow("/b"));
  }

  @Test
  void scriptsComeInTurnAndTheLastStays() throws Exception {
    source.on("/a", Script.status(403), Script.status(500), Script.empty());
    for (int expected : new int[] {403, 500, 200, 200}) {
      try (Fetch fetch = new Fetch(source.uri("/a"))) {
        fetch.toEnd(LIMIT);
        assertEquals(expected, fetch.status());
      }
    }
    assertEquals(3, source.connections("/a").get(2).numberOnPath());
    try (Fetch fetch = new Fetch(source.uri("/unknown"))) {
      fetch.toEnd(LIMIT);
      assertEquals(404, fetch.status());
    }
  }

  @Test
  void redirectsRelativeAbsoluteAndInCircles() throws Exception {
    source.on("/end", Script.json("{}"));
    source.on("/abs", Script.redirect(307, source.uri("/end").toString()));
    source.on("/rel", Script.redirect(302, "abs"));
    source.on("/x", Script.redirect(301, "/y"));
    source.on("/y", Script.redirect(308, "/x"));
    assertEquals("{}", new String(get("/rel")));
    assertThrows(AssertionError.class, () -> get("/x"));
    assertTrue(source.connections("/x").size() > 1);
  }

  @Test
  void lengthsMayLie() throws Exception {
    source.on("/long", Script.html("12345").header("X-Lie: yes").contentLength(9));
    assertThrows(IOException.class, () -> get("/long"));
    source.on("/short", Script.html("12345").contentLength(3));
    assertEquals("123", new String(get("/short")));
    try (Fetch fetch = new Fetch(source.uri("/short"))) {
      fetch.toEnd(LIMIT);
      assertEquals("12345", new String(fetch.body()));
      assertTrue(fetch.head().contains("Content-Length: 3\r\n"), fetch.head());
    }
  }

  @Test
  void refusesAndAcceptsAgainOnTheSamePort() throws IOException {
    source.on("/a", Script.flv().tags(sample).stall());
    try (Fetch open = new Fetch(source.uri("/a")).bodyBytes(1)) {
      for (int i = 0; i < 3; i++) {
        source.refuse();
        assertThrows(ConnectException.class, () -> new Fetch(source.uri("/a")));
        assertEquals(1, source.openNow("/a"));
        source.accept();
        new Fetch(source.uri("/a")).bodyBytes(1).close();
      }
      assertEquals(200, open.status());
    }
    assertEquals(4, source.connections("/a").size());
  }

  @Test
  void tricklesAtTheRateAsked() throws IOException {
    source.on("/a", Script.open().rate(1000).bytes(new byte[500]));
    long start = System.nanoTime();
    try (Fetch fetch = new Fetch(source.uri("/a"))) {
      fetch.toEnd(LIMIT);
      double seconds = (System.nanoTime() - start) / 1e9;
      assertArrayEquals(new byte[500], fetch.body());
      assertTrue(seconds > 0.45 && seconds < 5, seconds + " s");
    }
  }

  @Test
  void waitsBeforeTheHead() throws IOException {
    source.on("/a", Script.status(503).delay(Duration.ofMillis(200)));
    long start = System.nanoTime();
    try (Fetch fetch = new Fetch(source.uri("/a"))) {
      fetch.toEnd(LIMIT);
      assertEquals(503, fetch.status());
      assertTrue(System.nanoTime() - start >= 200_000_000L);
    }
  }

  private byte[] get(String path) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    URI uri = source.uri(path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(LIMIT).build();
    var answer = client.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new AssertionError("status " + answer.statusCode());
    }
    return answer.body();
  }
}
