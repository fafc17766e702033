package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does on the page, in a real browser, against a whole server. */
class PageTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Pattern COUNTDOWN = Pattern.compile("Off air, next look (in \\d+ s|now)");
  private static PageBrowser browser;

  @TempDir Path folder;
  private LiveSource source;
  private Broadcast broadcast;

  @BeforeAll
  static void openBrowser() {
    browser = new PageBrowser();
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void openSource() {
    source = LiveSource.start();
    broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4)));
    source.on("/live.flv", Script.live(broadcast));
  }

  @AfterEach
  void closeSource() {
    source.close();
  }

  private String link() {
    return source.uri("/live.flv").toString();
  }

  private static void hasState(Locator card, String state) {
    assertThat(card).hasAttribute("data-state", state);
  }

  @Test
  void aPastedLinkIsRecordedCutStoppedAndDelivered() throws Exception {
    broadcast.onAir();
    try (PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address())) {
      tab.paste("Look at this: " + link());
      assertThat(tab.part("add-box")).hasValue("Look at this: " + link());
      tab.page.keyboard().press("Enter");
      Locator card = tab.part("room-card");
      hasState(card, "recording");
      growsAndSaysHowFast(card);
      tab.button(card, "cut").click();
      assertThat(card.locator(".facts")).containsText("2 segments");
      tab.button(card, "stop").click();
      hasState(card, "live");
      assertThat(card.locator(".why")).containsText("Stopped by you until the next broadcast");
      filesCanBeDownloaded(tab, server);
      filesAreDelivered(tab, server);
      tab.go("rooms");
      broadcast.offAir();
      hasState(card, "waiting");
      assertThat(card.locator(".why")).hasText(COUNTDOWN);
      assertEquals(List.of(), tab.complaints());
    }
  }

  private static void growsAndSaysHowFast(Locator card) {
    Locator bytes = card.locator(".facts span").first();
    assertThat(bytes).hasText(Pattern.compile("[1-9][\\d.]* KB"));
    String before = bytes.textContent();
    assertThat(bytes).not().hasText(before);
    assertThat(card.locator(".big").nth(1)).hasText(Pattern.compile("[1-9][\\d.]* KB/s"));
    assertThat(card.locator(".facts")).containsText("320×180 H.264 + AAC");
  }

  private static void filesCanBeDownloaded(PageTab tab, PageServer server) throws IOException {
    tab.go("broadcasts");
    Locator row = tab.part("recording-row");
    assertThat(row.locator("a.file"))
        .hasCount(3, new LocatorAssertions.HasCountOptions().setTimeout(PageBrowser.LIMIT_MS));
    for (Locator file : row.locator("a.file").all()) {
      Download download = tab.page.waitForDownload(file::click);
      Path stored = find(server.recordings(), download.suggestedFilename());
      assertArrayEquals(Files.readAllBytes(stored), Files.readAllBytes(download.path()));
    }
  }

  private static void filesAreDelivered(PageTab tab, PageServer server) throws IOException {
    tab.go("deliveries");
    Locator rows = tab.part("delivery-row");
    assertThat(rows).hasCount(3);
    for (Locator row : rows.all()) {
      hasState(row, "done");
      String file = row.locator(".file-name").getAttribute("title");
      assertArrayEquals(
          Files.readAllBytes(server.recordings().resolve(file)),
          Files.readAllBytes(server.delivered().resolve(file)));
    }
  }

  private static Path find(Path folder, String name) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }
  }

  @Test
  void aRoomThatIsThereIsSaidToBeWatchedAlready() throws Exception {
    try (PageServer server = PageServer.start(folder, new PageServer.Room(link(), "name: Cam 1"));
        PageTab tab = browser.open(server.address())) {
      assertThat(tab.card("Cam 1")).isVisible();
      tab.add(link().replace("http://", "HTTP://") + "#chat");
      assertThat(tab.part("add-results")).containsText("Already watched as Cam 1");
      assertThat(tab.part("add-box")).hasValue("");
      tab.part("add-jump").click();
      assertThat(tab.card("Cam 1")).isFocused();
      assertThat(tab.part("room-card")).hasCount(1);
      assertEquals(List.of(), tab.complaints());
    }
  }

  @Test
  void aWrongLinkKeepsItsTextAndSaysWhy() throws Exception {
    try (PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address())) {
      tab.add("look http://host:99999/x.flv\n" + link() + "\n12345");
      assertThat(tab.part("room-card")).hasCount(1);
      assertThat(tab.part("add-box")).hasValue("look http://host:99999/x.flv\n12345");
      Locator results = tab.part("add-results");
      assertThat(results).containsText("The port in the link must be a number from 1 to 65535.");
      assertThat(results).containsText("This is no http(s) address.");
      tab.part("lang-switch").click();
      tab.part("add-button").click();
      assertThat(results).containsText("链接里的端口必须是 1 到 65535 的数字。");
      // The browser itself notes every answer of 400 and above; there must be nothing else.
      assertEquals(4, tab.complaints().size(), () -> tab.complaints().toString());
      assertTrue(tab.complaints().stream().allMatch(text -> text.contains("status of 422")));
    }
  }

  @Test
  void twoTabsThatAddTheSameRoomAtOnceMakeOne() throws Exception {
    broadcast.onAir();
    try (PageServer server = PageServer.start(folder);
        PageTab one = browser.open(server.address());
        PageTab two = browser.open(server.address())) {
      double moment = System.currentTimeMillis() + 700;
      for (PageTab tab : List.of(one, two)) {
        tab.part("add-box").fill(link());
        tab.page.evaluate(
            """
            (moment) => void setTimeout(
              () => document.querySelector('[data-testid=add-button]').click(), moment - Date.now())
            """,
            moment);
      }
      for (PageTab tab : List.of(one, two)) {
        assertThat(tab.part("add-box")).hasValue("");
        hasState(tab.part("room-card"), "recording");
        assertThat(tab.part("room-card")).hasCount(1);
      }
      long already = one.part("add-jump").count() + two.part("add-jump").count();
      assertEquals(1, already, "one added it, the other was told");
      assertEquals(1, source.mostOpen("/live.flv"));
      String settings = Files.readString(folder.resolve("sluice.yaml"));
      assertEquals(2, settings.split(Pattern.quote(link()), -1).length, settings);
    }
  }

  @Test
  void languageAndThemeAreSwitchedAndRemembered() throws Exception {
    try (PageServer server = PageServer.start(folder, new PageServer.Room(link(), "name: Cam 1"));
        PageTab tab = browser.open(server.address())) {
      Locator card = tab.card("Cam 1");
      assertThat(card.locator(".mark")).hasText("Waiting");
      tab.part("lang-switch").click();
      assertThat(card.locator(".mark")).hasText("等待开播");
      assertThat(tab.part("nav-rooms")).hasText("房间");
      assertThat(tab.page.locator("html")).hasAttribute("lang", "zh-CN");
      String light = ground(tab);
      tab.part("theme-switch").click();
      tab.part("theme-switch").click();
      assertThat(tab.part("theme-switch")).hasAttribute("data-choice", "dark");
      assertThat(tab.page.locator("html")).hasAttribute("data-theme", "dark");
      assertTrue(!light.equals(ground(tab)), "the ground has another colour");
      tab.page.reload();
      assertThat(card.locator(".mark")).hasText("等待开播");
      assertThat(tab.page.locator("html")).hasAttribute("data-theme", "dark");
      assertEquals(List.of(), tab.complaints());
    }
  }

  private static String ground(PageTab tab) {
    return (String) tab.page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
  }

  @Test
  void aLostConnectionIsSaidAndFoundAgain() throws Exception {
    broadcast.onAir();
    try (PageServer server = PageServer.start(folder, new PageServer.Room(link(), "name: Cam 1"));
        PageTab tab = browser.open(server.address())) {
      hasState(tab.card("Cam 1"), "recording");
      server.stop();
      Locator banner = tab.part("conn-banner");
      assertThat(banner).containsText("The connection to the server is lost.");
      assertThat(banner).containsText(Pattern.compile("The numbers are [\\d.]+ s old"));
      assertThat(tab.card("Cam 1")).isVisible();
      server.startAgain();
      assertThat(banner).isHidden();
      hasState(tab.card("Cam 1"), "recording");
      Locator bytes = tab.card("Cam 1").locator(".facts span").first();
      String before = bytes.textContent();
      assertThat(bytes).not().hasText(before);
    }
  }

  @Test
  void aHostileNameIsText() throws Exception {
    List<String> names =
        List.of(
            "<img src=x onerror=alert(1)>",
            "\"><script>alert(2)</script>",
            "{{constructor.constructor('alert(3)')()}}",
            "javascript:alert(4)//${alert(5)}");
    broadcast.onAir();
    PageServer.Room[] rooms = new PageServer.Room[names.size()];
    for (int i = 0; i < rooms.length; i++) {
      String quoted = "'" + names.get(i).replace("'", "''") + "'";
      source.on("/" + i + ".flv", Script.live(broadcast));
      rooms[i] = new PageServer.Room(source.uri("/" + i + ".flv").toString(), "name: " + quoted);
    }
    try (PageServer server = PageServer.start(folder, rooms);
        PageTab tab = browser.open(server.address())) {
      for (String name : names) {
        assertThat(tab.card(name)).hasCount(1);
        hasState(tab.card(name), "recording");
      }
      tab.button(tab.card(names.get(0)), "remove").click();
      assertThat(tab.part("ask")).containsText(names.get(0));
      tab.page.keyboard().press("Escape");
      tab.go("broadcasts");
      assertThat(tab.part("recording-row")).hasCount(names.size());
      Locator listed = tab.page.locator("h2 bdi");
      assertEquals(
          names.stream().sorted().toList(), listed.allTextContents().stream().sorted().toList());
      assertThat(tab.page.locator("body img, body script")).hasCount(0);
      assertEquals(List.of(), tab.complaints());
    }
  }

  @Test
  void aRemovedRoomGoesAndItsRecordingStays() throws Exception {
    broadcast.onAir();
    try (PageServer server = PageServer.start(folder, new PageServer.Room(link(), "name: Cam 1"));
        PageTab tab = browser.open(server.address())) {
      hasState(tab.card("Cam 1"), "recording");
      tab.button(tab.card("Cam 1"), "remove").click();
      tab.part("btn-yes").click();
      assertThat(tab.part("room-card")).hasCount(0);
      Await.until(LIMIT, "the connection is closed", () -> source.openNow("/live.flv") == 0);
      tab.go("broadcasts");
      hasState(tab.part("recording-row"), "done");
      assertEquals(List.of(), tab.complaints());
    }
  }
}
