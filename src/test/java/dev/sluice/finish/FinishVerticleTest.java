package dev.sluice.finish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.PassThroughCodec;
import dev.sluice.bus.SegmentNews;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.Media;
import dev.sluice.testing.Mp4Files;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishVerticleTest {
  private final Vertx vertx = Vertx.vertx();
  private final SqliteLedger ledger = SqliteLedger.inMemory();
  private final LinkedBlockingQueue<SegmentNews> ready = new LinkedBlockingQueue<>();
  private long recording;

  @BeforeEach
  void begin() {
    PassThroughCodec.register(vertx);
    Topics.SEGMENT.consume(
        vertx,
        news -> {
          if (news.what() == SegmentNews.What.READY) {
            ready.add(news);
          }
        });
    recording = LedgerRows.recording(ledger);
  }

  @AfterEach
  void end() {
    vertx.close().await();
    ledger.close();
  }

  private SegmentRow close(String file) {
    SegmentRow open = LedgerRows.open(ledger, recording, Path.of("/recordings"), file);
    LedgerRows.tell(
        ledger,
        rows -> rows.closeSegment(LedgerRows.closed(open, 5), LedgerRows.NOW, List.of("nas")));
    return open;
  }

  private void deploy(Duration lookEvery) throws Exception {
    vertx.deployVerticle(new FinishVerticle(ledger, lookEvery)).await(20, TimeUnit.SECONDS);
  }

  private void assertNextReady(SegmentRow row) throws Exception {
    SegmentNews news = ready.poll(20, TimeUnit.SECONDS);
    assertEquals(
        new SegmentNews(
            row.room(),
            row.epoch(),
            recording,
            row.id(),
            row.index(),
            row.file(),
            5,
            SegmentNews.What.READY),
        news);
    assertEquals(
        SegmentRow.State.READY,
        LedgerRows.ask(ledger, rows -> rows.segment(row.id())).orElseThrow().state());
  }

  @Test
  void readiesWhatWasClosedBeforeItStartedAndWhatAHintTells() throws Exception {
    SegmentRow before = close("a.flv");
    SegmentRow open = LedgerRows.open(ledger, recording, Path.of("/recordings"), "open.flv");
    deploy(Duration.ofHours(1));
    assertNextReady(before);

    SegmentRow later = close("b.flv");
    SegmentNews hint =
        new SegmentNews(
            later.room(), 1, recording, later.id(), 2, "b.flv", 5, SegmentNews.What.CLOSED);
    Topics.SEGMENT.publish(vertx, hint);
    Topics.SEGMENT.publish(vertx, hint);
    assertNextReady(later);
    LedgerRows.tell(ledger, rows -> rows.epoch(LedgerRows.ROOM));
    assertEquals(
        SegmentRow.State.OPEN,
        LedgerRows.ask(ledger, rows -> rows.segment(open.id())).orElseThrow().state());
  }

  @Test
  void findsARowWhoseHintWasLost() throws Exception {
    deploy(Duration.ofMillis(20));
    assertNextReady(close("a.flv"));
  }

  @Test
  void anMp4InFragmentsIsMadePlainBeforeItIsReady(@TempDir Path root) throws Exception {
    Path flv = FlvSamples.avcAac(Duration.ofSeconds(3));
    Path file = Files.write(root.resolve("a.mp4"), Mp4Files.of(flv));
    Map<String, Long> counts = Media.packetCounts(file);
    SegmentRow open = LedgerRows.open(ledger, recording, root, "a.mp4");
    SegmentRow closed =
        open.counted(counts.get("video"), counts.get("audio"), 3000, 0)
            .closed("a.mp4", Files.size(file));
    LedgerRows.tell(ledger, rows -> rows.closeSegment(closed, LedgerRows.NOW, List.of("nas")));
    assertFalse(isPlain(file));
    deploy(Duration.ofMillis(20));
    assertEquals(open.id(), ready.poll(20, TimeUnit.SECONDS).segment());
    assertTrue(isPlain(file));
    assertEquals(counts, Media.packetCounts(file));
    assertEquals("", Media.decodeErrors(file));
  }

  @Test
  void whatCannotBeMadePlainIsReadyAsItWasRecorded(@TempDir Path root) throws Exception {
    byte[] damaged = Mp4Files.of(FlvSamples.avcAac(Duration.ofSeconds(3)));
    SegmentRow fewer = LedgerRows.open(ledger, recording, root, "fewer.mp4");
    Files.write(root.resolve("fewer.mp4"), damaged);
    Files.writeString(root.resolve("text.mp4"), "no MP4");
    SegmentRow text = LedgerRows.open(ledger, recording, root, "text.mp4");
    SegmentRow gone = LedgerRows.open(ledger, recording, root, "gone.mp4");
    for (SegmentRow row : List.of(fewer, text, gone)) {
      LedgerRows.tell(
          ledger,
          rows -> rows.closeSegment(LedgerRows.closed(row, 5), LedgerRows.NOW, List.of("nas")));
    }
    deploy(Duration.ofMillis(20));
    assertNextReady(fewer);
    assertNextReady(text);
    assertNextReady(gone);
    assertArrayEquals(damaged, Files.readAllBytes(root.resolve("fewer.mp4")));
    assertEquals("no MP4", Files.readString(root.resolve("text.mp4")));
  }

  /** Its tables stand before its data, and no fragment is seen. */
  private static boolean isPlain(Path file) throws Exception {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
    return in.getInt(in.getInt(0) + 4) == 0x6D6F6F76;
  }
}
