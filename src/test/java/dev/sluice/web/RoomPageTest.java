package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.LogLevels;
import dev.sluice.testing.Script;
import dev.sluice.web.PageBrowser.Look;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The place of one room, in a real browser, against a whole server. */
class RoomPageTest {
  private static PageBrowser browser;

  @TempDir Path folder;
  private final LogLevels levels = LogLevels.info("dev.sluice.monitor");
  private LiveSource source;
  private Broadcast broadcast;
  private PageServer server;
  private PageTab tab;

  @BeforeAll
  static void openBrowser() {
    browser = new PageBrowser();
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void open() throws Exception {
    source = LiveSource.start();
    broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4)));
    source.on("/live.flv", Script.live(broadcast));
    source.on("/off.flv", Script.status(404));
    server =
        PageServer.start(
            folder,
            new PageServer.Room(source.uri("/live.flv").toString(), "name: Cam 1"),
            new PageServer.Room(source.uri("/off.flv").toString(), "name: Cam 2"));
    tab = browser.open(server.address());
  }

  @AfterEach
  void close() {
    try {
      assertEquals(List.of(), tab.complaints());
      tab.close();
    } finally {
      server.close();
      source.close();
      levels.close();
    }
  }

  private void enter(String name) {
    tab.card(name).locator("a.card-open").click();
    assertThat(tab.part("tab-now")).isVisible();
  }

  @Test
  void showsWhatItDoesNowAndPlaysIt() {
    broadcast.onAir();
    enter("Cam 1");
    assertThat(tab.card("Cam 1")).hasAttribute("data-state", "recording");
    Locator chart = tab.part("rate-chart");
    assertThat(chart.locator("polyline.rate-received")).not().hasCount(0);
    assertThat(chart).containsText(Pattern.compile("Received [1-9][\\d.]* KB/s"));
    assertThat(chart).containsText(Pattern.compile("Written [1-9][\\d.]* KB/s"));
    Locator facts = tab.page.locator(".now-facts");
    assertThat(facts).containsText("320×180 H.264 + AAC");
    assertThat(facts).containsText("127.0.0.1:" + source.port());
    assertThat(facts).containsText("nas");
    tab.part("btn-watch").click();
    Await.until(
        Duration.ofSeconds(20),
        "it plays",
        () ->
            Boolean.TRUE.equals(
                tab.page.evaluate(
                    "(() => { const video = document.querySelector('video');"
                        + " return video?.videoWidth === 320 && video.currentTime > 0; })()")));
    assertEquals(1, source.mostOpen("/live.flv"), "never a second connection to the source");
  }

  @Test
  void everyTabIsOfThisRoomAloneAndStandsInTheAddress() {
    broadcast.onAir();
    assertThat(tab.card("Cam 1")).hasAttribute("data-state", "recording");
    enter("Cam 1");
    tab.part("tab-broadcasts").click();
    assertThat(tab.part("recording-row")).hasCount(1);
    tab.part("tab-log").click();
    assertThat(tab.part("log-line").first()).isVisible();
    tab.part("log-text").fill("is live");
    assertThat(tab.page).hasURL(Pattern.compile("#/room\\?.*text=is"));
    assertThat(tab.part("log-line")).hasCount(1);
    tab.page.reload();
    assertThat(tab.part("tab-log")).hasAttribute("aria-selected", "true");
    assertThat(tab.part("log-line")).hasCount(1);
    tab.page.goBack();
    assertThat(tab.part("tab-broadcasts")).hasAttribute("aria-selected", "true");
  }

  @Test
  void itsSettingsAreChangedInPlace() throws Exception {
    enter("Cam 2");
    tab.part("tab-settings").click();
    assertThat(tab.page.locator("sluice-setting-row").first()).isVisible();
    Locator name = tab.page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).first();
    assertThat(name).hasValue("Cam 2");
    name.fill("Cam 3");
    tab.part("save").click();
    assertThat(tab.card("Cam 3")).isVisible();
    String settings = Files.readString(folder.resolve("sluice.yaml"));
    assertTrue(settings.contains("Cam 3") && settings.contains("Cam 1"), settings);
  }

  @Test
  void tabsAreWalkedByArrowKeys() {
    enter("Cam 2");
    tab.part("tab-now").focus();
    tab.page.keyboard().press("ArrowLeft");
    assertThat(tab.part("tab-log")).isFocused();
    assertThat(tab.part("tab-log")).hasAttribute("aria-selected", "true");
    tab.page.keyboard().press("ArrowRight");
    tab.page.keyboard().press("ArrowRight");
    assertThat(tab.part("tab-broadcasts")).isFocused();
    tab.page.keyboard().press("Home");
    assertThat(tab.part("tab-now")).isFocused();
  }

  @Test
  void itsButtonsWorkAndARemovedRoomSaysSo() {
    enter("Cam 2");
    tab.part("mode").selectOption("paused");
    assertThat(tab.card("Cam 2")).hasAttribute("data-state", "paused");
    tab.part("btn-remove").click();
    assertThat(tab.page.locator(".empty")).containsText("This room is not watched");
    tab.part("btn-undo").click();
    assertThat(tab.card("Cam 2")).hasAttribute("data-state", "paused");
  }

  @Test
  void everyTabFitsAPhoneAndADesk() {
    broadcast.onAir();
    for (Look look : List.of(new Look(360, true, "zh"), new Look(1440, false, "en"))) {
      try (PageTab page = browser.open(server.address(), look)) {
        page.card("Cam 1").locator("a.card-open").click();
        for (String name : List.of("now", "broadcasts", "settings", "log")) {
          page.part("tab-" + name).click();
          assertThat(page.part("tab-" + name)).hasAttribute("aria-selected", "true");
          assertThat(page.page.locator("[aria-busy=true]")).hasCount(0);
          Path shot = Path.of("target/screenshots/room-" + name + "-" + look.width() + ".png");
          page.page.screenshot(new Page.ScreenshotOptions().setPath(shot));
          assertTrue(page.overflow() <= 0, name + " is no wider than " + look.width());
        }
        assertEquals(List.of(), page.complaints());
      }
    }
  }
}
