package dev.sluice.finish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.bus.PassThroughCodec;
import dev.sluice.bus.SegmentNews;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.ledger.SqliteLedger;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
}
