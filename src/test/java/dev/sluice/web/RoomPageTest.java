package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.sluice.testing.Await;
import dev.sluice.testing.LogLevels;
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

/** The place of one room, in a real browser, against a whole scene.server. */
class RoomPageTest {
  private static PageBrowser browser;

  @TempDir Path folder;
  private PageScene scene;
  private final LogLevels levels = LogLevels.info("dev.sluice.monitor");

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
    scene = PageScene.open(browser, folder, "", PageScene::twoRooms);
  }

  @AfterEach
  void close() {
    levels.close();
    scene.close();
  }

  private void enter(String name) {
    scene.tab.card(name).locator("a.card-open").click();
    assertThat(scene.tab.part("tab-now")).isVisible();
  }

  @Test
  void showsWhatItDoesNowAndPlaysIt() {
    scene.broadcast.onAir();
    enter("Cam 1");
    assertThat(scene.tab.card("Cam 1")).hasAttribute("data-state", "recording");
    Locator chart = scene.tab.part("rate-chart");
    assertThat(chart.locator("polyline.rate-received")).not().hasCount(0);
    assertThat(chart).containsText(Pattern.compile("Received [1-9][\\d.]* KB/s"));
    assertThat(chart).containsText(Pattern.compile("Written [1-9][\\d.]* KB/s"));
    Locator facts = scene.tab.page.locator(".now-facts");
    assertThat(facts).containsText("320×180 H.264 + AAC");
    assertThat(facts).containsText("127.0.0.1:" + scene.source.port());
    assertThat(facts).containsText("nas");
    scene.tab.part("btn-watch").click();
    Await.until(
        Duration.ofSeconds(20),
        "it plays",
        () ->
            Boolean.TRUE.equals(
                scene.tab.page.evaluate(
                    "(() => { const video = document.querySelector('video');"
                        + " return video?.videoWidth === 320 && video.currentTime > 0; })()")));
    assertEquals(1, scene.source.mostOpen("/live.flv"), "never a second connection to the source");
  }

  @Test
  void everyTabIsOfThisRoomAloneAndStandsInTheAddress() {
    scene.broadcast.onAir();
    assertThat(scene.tab.card("Cam 1")).hasAttribute("data-state", "recording");
    enter("Cam 1");
    scene.tab.part("tab-broadcasts").click();
    assertThat(scene.tab.part("recording-row")).hasCount(1);
    scene.tab.part("tab-log").click();
    assertThat(scene.tab.part("log-line").first()).isVisible();
    scene.tab.part("log-text").fill("is live");
    assertThat(scene.tab.page).hasURL(Pattern.compile("#/room\\?.*text=is"));
    assertThat(scene.tab.part("log-line")).hasCount(1);
    scene.tab.page.reload();
    assertThat(scene.tab.part("tab-log")).hasAttribute("aria-selected", "true");
    assertThat(scene.tab.part("log-line")).hasCount(1);
    scene.tab.page.goBack();
    assertThat(scene.tab.part("tab-broadcasts")).hasAttribute("aria-selected", "true");
  }

  @Test
  void itsSettingsAreChangedInPlace() throws Exception {
    enter("Cam 2");
    scene.tab.part("tab-settings").click();
    assertThat(scene.tab.page.locator("sluice-setting-row").first()).isVisible();
    Locator name =
        scene.tab.page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).first();
    assertThat(name).hasValue("Cam 2");
    name.fill("Cam 3");
    scene.tab.part("save").click();
    assertThat(scene.tab.card("Cam 3")).isVisible();
    String settings = Files.readString(folder.resolve("sluice.yaml"));
    assertTrue(settings.contains("Cam 3") && settings.contains("Cam 1"), settings);
  }

  @Test
  void tabsAreWalkedByArrowKeys() {
    enter("Cam 2");
    scene.tab.part("tab-now").focus();
    scene.tab.page.keyboard().press("ArrowLeft");
    assertThat(scene.tab.part("tab-log")).isFocused();
    assertThat(scene.tab.part("tab-log")).hasAttribute("aria-selected", "true");
    scene.tab.page.keyboard().press("ArrowRight");
    scene.tab.page.keyboard().press("ArrowRight");
    assertThat(scene.tab.part("tab-broadcasts")).isFocused();
    scene.tab.page.keyboard().press("Home");
    assertThat(scene.tab.part("tab-now")).isFocused();
  }

  @Test
  void itsButtonsWorkAndARemovedRoomSaysSo() {
    enter("Cam 2");
    scene.tab.part("mode").selectOption("paused");
    assertThat(scene.tab.card("Cam 2")).hasAttribute("data-state", "paused");
    scene.tab.part("btn-remove").click();
    assertThat(scene.tab.page.locator(".empty")).containsText("This room is not watched");
    scene.tab.part("btn-undo").click();
    assertThat(scene.tab.card("Cam 2")).hasAttribute("data-state", "paused");
  }

  @Test
  void everyTabFitsAPhoneAndADesk() {
    scene.broadcast.onAir();
    for (Look look : List.of(new Look(360, true, "zh"), new Look(1440, false, "en"))) {
      try (PageTab page = browser.open(scene.server.address(), look)) {
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
