package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.Doors;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Script;
import dev.sluice.web.PageBrowser.Look;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Coming in, in a real browser. */
class DoorPageTest {
  private static final Path SHOTS = Path.of("target/screenshots");
  private static final String ROOM = "http://127.0.0.1:1/live.flv";
  private static PageBrowser browser;
  @TempDir private Path dir;

  @BeforeAll
  static void open() {
    browser = new PageBrowser();
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  private static PageTab tab(String address, Look look, String shown) {
    return new PageTab(browser.context(look), address, shown);
  }

  /** Refusals are expected here; anything else is not. */
  private static void assertCalm(PageTab tab) {
    List<String> others =
        tab.complaints().stream()
            .filter(each -> !each.contains("status of 4") && !each.contains("WebSocket"))
            .toList();
    assertEquals(List.of(), others);
  }

  private static void shoot(PageTab tab, String name) {
    tab.page.screenshot(
        new Page.ScreenshotOptions().setPath(SHOTS.resolve("door-" + name + ".png")));
  }

  private static double middle(BoundingBox box) {
    return box.x + box.width / 2;
  }

  private static void assertOneScreen(PageTab tab, Look look) {
    assertEquals(0, tab.overflow());
    assertEquals(look.width() / 2.0, middle(tab.part("first-start").boundingBox()), 1);
    BoundingBox next = tab.part("start-next").boundingBox();
    assertTrue(next.y + next.height <= look.height(), "the button is on the screen: " + next.y);
    assertTrue(next.height >= 44, "height " + next.height);
  }

  @ParameterizedTest
  @CsvSource({"360,zh,true", "360,en,false", "1440,zh,false", "1440,en,true"})
  void theFirstStartIsDoneOnFourCards(int width, String language, boolean dark) throws Exception {
    Look look = new Look(width, dark, language);
    Path recordings = dir.resolve("far/recordings");
    try (PageServer server = PageServer.startNew(dir.resolve("data"));
        PageTab tab = tab(server.setupLink(), look, "first-start")) {
      assertFalse(tab.page.url().contains("code"), tab.page.url());
      assertThat(tab.part("first-start")).hasAttribute("data-step", "look");
      shoot(tab, "start-1-" + width + language);
      assertOneScreen(tab, look);
      tab.part("start-next").click();

      assertThat(tab.part("setup-code")).hasValue(Pattern.compile("[0-9A-Z-]{17}"));
      tab.part("password").fill("long enough");
      tab.part("password-again").fill("long enougg");
      tab.part("start-next").click();
      assertThat(tab.part("door-trouble")).not().isEmpty();
      tab.part("password-again").fill("long enough");
      shoot(tab, "start-2-" + width + language);
      assertOneScreen(tab, look);
      tab.part("start-next").click();

      tab.part("setup-folder").fill("some/where");
      tab.part("try-folder").click();
      assertThat(tab.part("door-trouble")).not().isEmpty();
      tab.part("setup-folder").fill(recordings.toString());
      tab.part("try-folder").click();
      assertThat(tab.part("folder-seen")).hasAttribute("data-writable", "true");
      shoot(tab, "start-3-" + width + language);
      assertOneScreen(tab, look);
      assertFalse(Files.exists(dir.resolve("far")), "nothing is made before the end");
      tab.part("start-next").click();

      tab.part("setup-room").fill(ROOM);
      shoot(tab, "start-4-" + width + language);
      assertOneScreen(tab, look);
      assertFalse(Files.exists(dir.resolve("data/owner.json")), "nothing is kept before the end");
      tab.part("start-next").click();

      assertThat(tab.part("room-card")).isVisible();
      String settings = Files.readString(dir.resolve("data/sluice.yaml"));
      assertTrue(settings.contains(recordings.toString()) && settings.contains(ROOM), settings);
      tab.page.reload();
      assertThat(tab.part("room-card")).isVisible();
      assertCalm(tab);
    }
  }

  @Test
  void whatTheSettingsGiveIsShownAndNotAsked() throws Exception {
    String[] given = {
      "recordings:", "  dir: " + dir.resolve("given"), "rooms:", "  - link: " + ROOM
    };
    try (PageServer server = PageServer.startNew(dir.resolve("data"), given);
        PageTab tab = tab(server.setupLink(), Look.USUAL, "first-start")) {
      tab.part("start-next").click();
      tab.part("password").fill("long enough");
      tab.part("password-again").fill("long enough");
      tab.part("start-next").click();
      assertThat(tab.part("fixed-dir")).containsText(dir.resolve("given").toString());
      assertThat(tab.part("fixed-rooms")).isVisible();
      tab.part("start-next").click();
      assertThat(tab.part("room-card")).isVisible();
      assertCalm(tab);
    }
  }

  @Test
  void signsInByPasswordAndOutAgain() throws Exception {
    try (PageServer server = PageServer.start(dir);
        PageTab tab = tab(server.address(), Look.USUAL, "sign-in")) {
      shoot(tab, "sign-in");
      assertEquals(720, middle(tab.part("sign-in").boundingBox()), 1);
      assertThat(tab.part("add-box")).hasCount(0);
      tab.part("password").fill("not the password");
      tab.part("sign-in-button").click();
      assertThat(tab.part("door-trouble")).containsText("not the owner");
      tab.part("password").fill(Doors.PASSWORD);
      tab.page.keyboard().press("Enter");
      assertThat(tab.part("add-box")).isVisible();
      assertThat(tab.part("sign-in")).hasCount(0);
      assertCalm(tab);
    }
  }

  @Test
  void aLinkSignsInOnceAndLeavesTheAddress() throws Exception {
    try (PageServer server = PageServer.start(dir)) {
      String link = server.signInLink();
      try (PageTab tab = tab(link, Look.USUAL, "add-box")) {
        assertFalse(tab.page.url().contains("code"), tab.page.url());
        assertEquals(List.of(), tab.complaints());
      }
      try (PageTab tab = tab(link, Look.USUAL, "sign-in")) {
        assertThat(tab.part("door-trouble")).containsText("used already");
      }
    }
  }

  @Test
  void aSessionThatEndsAsksAgainAndLosesNothingThatWasTyped() throws Exception {
    Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4))).onAir();
    try (LiveSource source = LiveSource.start();
        PageServer server = PageServer.start(dir);
        PageTab tab = browser.open(server.address())) {
      source.on("/live.flv", Script.live(broadcast));
      tab.go("rooms");
      tab.part("add-box").fill(source.uri("/live.flv").toString());
      tab.page.evaluate(
          """
          async () => {
            const { token } = await (await fetch('api/v1/session')).json();
            await fetch('api/v1/session', { method: 'DELETE', headers: { 'x-sluice-token': token } });
          }
          """);
      assertThat(tab.part("sign-in")).isVisible();
      tab.part("password").fill(Doors.PASSWORD);
      tab.part("sign-in-button").click();
      assertThat(tab.part("sign-in")).hasCount(0);
      assertThat(tab.part("add-box")).hasValue(source.uri("/live.flv").toString());
      tab.part("add-button").click();
      assertThat(tab.part("room-card")).isVisible();
      assertThat(tab.part("conn-banner")).hasCount(0);
      assertCalm(tab);
    }
  }
}
