package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.sluice.bus.LogLine;
import dev.sluice.bus.LogQuery;
import dev.sluice.bus.Notice;
import dev.sluice.bus.NoticeList;
import dev.sluice.bus.RoomStatus;
import dev.sluice.bus.Topic;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import dev.sluice.room.RoomState;
import dev.sluice.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Whatever strangers write is text: a thousand scripts in all fields that they can fill. */
class ScriptPageTest {
  private static final int ROOMS = 200;
  private static final int RECORDINGS = 45;
  private static final int LINES = 100;
  private static final List<String> PLACES =
      List.of(
          "rooms", "broadcasts", "deliveries", "storage", "settings", "health", "account", "log");

  private static final String CANARY =
      """
      window.hits = [];
      window.hit = (number) => window.hits.push(number);
      """;

  private final ScriptPayloads payloads = new ScriptPayloads();

  private void rooms(WebFixture web) {
    for (int i = 0; i < ROOMS; i++) {
      RoomStatus plain = FakeSiblings.room("http://x.test/" + i, RoomState.UNKNOWN);
      web.siblings.tell(
          new RoomStatus(
              plain.id(),
              plain.key(),
              payloads.next(1),
              payloads.next(),
              plain.mode(),
              payloads.next(1),
              plain.state(),
              Optional.of(Reason.of("stranger", "code", payloads.next(), payloads.next())),
              plain.since(),
              plain.nextLook(),
              false));
    }
  }

  private long recording(WebFixture web, int number) {
    RoomKey key = new RoomKey("direct", "http://x.test/" + number % ROOMS);
    long recording =
        LedgerRows.ask(
            web.ledger,
            rows -> rows.beginRecording(key, payloads.next(), payloads.next(), LedgerRows.NOW));
    String file = payloads.next().replace("/", "\u2215") + ".flv";
    SegmentRow open = LedgerRows.open(web.ledger, recording, Path.of("/recordings"), file);
    LedgerRows.tell(
        web.ledger,
        rows -> {
          rows.closeSegment(
              LedgerRows.closed(open, 1000), LedgerRows.NOW, List.of(payloads.next()));
          rows.segmentReady(open.id());
          rows.deliveries(Optional.empty(), Long.MAX_VALUE, 1)
              .forEach(row -> rows.updateDelivery(stuck(row, payloads.next())));
        });
    return recording;
  }

  private static DeliveryRow stuck(DeliveryRow row, String error) {
    return new DeliveryRow(
        row.id(),
        row.recording(),
        row.segment(),
        row.roomId(),
        row.root(),
        row.file(),
        row.target(),
        DeliveryRow.State.NEEDS_YOU,
        row.bytes(),
        3,
        Optional.empty(),
        Optional.of(error),
        row.remote(),
        row.createdAt(),
        Optional.empty());
  }

  private void others(WebFixture web) {
    List<LogLine> lines = new ArrayList<>();
    for (int i = LINES; i > 0; i--) {
      lines.add(
          new LogLine(
              i,
              Instant.now(),
              LogLine.Level.WARN,
              Optional.empty(),
              "Stranger",
              payloads.next(),
              Optional.of(payloads.next())));
    }
    Topics.LOG.serve(web.vertx, message -> Topic.reply(message, new LogQuery.Page(lines, LINES)));
    List<NoticeList.Shown> notices = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Reason reason = Reason.of("stranger." + i, "x", payloads.next(), payloads.next());
      String id = "aaaaaaaaaaaaaa" + (char) ('a' + i) + "a";
      notices.add(
          new NoticeList.Shown(id, Notice.Level.WARNING, Optional.empty(), reason, Instant.now()));
    }
    NoticeList list = new NoticeList(notices);
    Topics.NOTICES_ASK.serve(web.vertx, message -> Topic.reply(message, list));
    Topics.NOTICES.publish(web.vertx, list);
  }

  @Test
  void nothingThatStrangersWriteRuns() throws Exception {
    try (WebFixture web = WebFixture.start();
        PageBrowser browser = new PageBrowser()) {
      rooms(web);
      others(web);
      long recording = 0;
      for (int i = 0; i < RECORDINGS; i++) {
        recording = recording(web, i);
      }
      assertTrue(payloads.count() >= 1000, "only " + payloads.count());
      try (PageTab tab = browser.open(web.uri("/").toString())) {
        tab.page.context().addInitScript(CANARY);
        tab.page.reload();
        List<String> wrong = new ArrayList<>();
        int shown = 0;
        List<String> places = new ArrayList<>(PLACES);
        places.add("play?recording=" + recording);
        String room = FakeSiblings.room("http://x.test/0", RoomState.UNKNOWN).id();
        for (String name : List.of("now", "broadcasts", "log")) {
          places.add("room?id=" + room + "&tab=" + name);
        }
        for (String place : places) {
          shown += walk(tab.page, place);
          wrong.addAll(found(tab.page, place));
        }
        for (String dialog : List.of("bell", "nav-more")) {
          tab.part(dialog).click();
          wrong.addAll(found(tab.page, dialog));
          tab.page.keyboard().press("Escape");
        }
        tab.complaints().stream()
            .filter(said -> said.contains("CSP ") || said.startsWith("dialog"))
            .forEach(wrong::add);
        assertEquals(List.of(), wrong);
        assertTrue(shown >= 1000, "only " + shown + " stood on the page as text");
      }
    }
  }

  /** Goes there, opens and hovers what there is; how many payloads are to be read. */
  private static int walk(Page page, String place) {
    page.evaluate("(place) => { location.hash = '#/' + place; }", place);
    page.locator("sluice-" + place.replaceAll("\\?.*", ""))
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
    settle(page);
    return ((Number)
            page.evaluate(
                """
                () => {
                  document.querySelectorAll('details').forEach((each) => { each.open = true; });
                  for (const each of document.querySelectorAll('main *')) {
                    each.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
                    each.dispatchEvent(new FocusEvent('focus'));
                  }
                  const text = document.body.textContent;
                  return new Set([...text.matchAll(/hit\\((\\d+)\\)/g)].map((each) => each[1])).size;
                }
                """))
        .intValue();
  }

  /** Until the page says the same twice. */
  private static void settle(Page page) {
    AtomicReference<Object> last = new AtomicReference<>("");
    Await.until(
        Duration.ofSeconds(20),
        "the page settles",
        () -> {
          page.waitForTimeout(250);
          Object now = page.evaluate("document.querySelector('main').textContent.length");
          return now.equals(last.getAndSet(now));
        });
  }

  @SuppressWarnings("unchecked")
  private static List<String> found(Page page, String place) {
    return (List<String>)
        page.evaluate(
            """
            (place) => [
              ...window.hits.map((number) => `${place}: script ${number} ran`),
              ...[...document.querySelectorAll('a[href], area[href], form[action]')]
                .map((each) => each.href ?? each.action)
                .filter((address) => !/^(https?|blob):/.test(address))
                .map((address) => `${place}: an address ${address}`),
              ...[...document.querySelectorAll('[onerror], [onload], [onfocus], [onclick], [onmouseover], iframe, object, embed, svg script')]
                .map((each) => `${place}: ${each.outerHTML.slice(0, 100)}`),
            ]
            """,
            place);
  }

  /** The canary sings when something runs. */
  @Test
  void theCanarySings() {
    try (PageBrowser browser = new PageBrowser();
        BrowserContext context = browser.context(PageBrowser.Look.USUAL)) {
      context.addInitScript(CANARY);
      Page page = context.newPage();
      page.navigate("about:blank");
      page.setContent("<img src=x onerror=hit(7)><script>hit(8)</script>");
      page.waitForFunction("window.hits.length === 2");
      assertEquals(2, found(page, "x").stream().filter(said -> said.contains("ran")).count());
    }
  }
}
