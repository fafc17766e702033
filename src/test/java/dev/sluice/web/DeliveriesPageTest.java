package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.sluice.testing.Await;
import dev.sluice.testing.Media;
import dev.sluice.web.PageBrowser.Look;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The place of deliveries, in a real browser, against a whole server with two targets. */
class DeliveriesPageTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final LocatorAssertions.HasAttributeOptions SLOWLY =
      new LocatorAssertions.HasAttributeOptions().setTimeout(PageBrowser.LIMIT_MS);
  private static PageBrowser browser;

  @TempDir Path folder;
  private PageScene scene;

  @BeforeAll
  static void openBrowser() {
    browser = new PageBrowser();
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  /** The second target is a file, so nothing can be delivered there until it is away. */
  @BeforeEach
  void open() throws Exception {
    Files.writeString(folder.resolve("blocked"), "no folder");
    scene =
        PageScene.open(
            browser,
            folder,
            "far:\n  type: folder\n  dir: blocked\n",
            scene ->
                new PageServer.Room[] {
                  new PageServer.Room(scene.link("/live.flv"), "name: Cam 1", "targets: [nas, far]")
                });
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private void record() {
    scene.broadcast.onAir();
    assertThat(scene.tab.card("Cam 1")).hasAttribute("data-state", "recording");
    scene.tab.button(scene.tab.card("Cam 1"), "stop").click();
    scene.tab.go("deliveries");
  }

  private static Locator target(PageTab tab, String name) {
    return tab.part("delivery-target")
        .filter(new Locator.FilterOptions().setHas(tab.page.getByText(name, exactly())));
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private Locator film(String target) {
    Locator row =
        scene
            .tab
            .part("delivery-row")
            .filter(new Locator.FilterOptions().setHasText(".flv"))
            .first();
    return row.getByTestId("delivery-target")
        .filter(new Locator.FilterOptions().setHas(scene.tab.page.getByText(target, exactly())));
  }

  private static void hasState(Locator one, String state) {
    assertThat(one).hasAttribute("data-state", state, SLOWLY);
  }

  @Test
  void aFileStandsOnceWithItsTargetsAndTheFarSidesWords() {
    record();
    hasState(film("nas"), "done");
    hasState(film("far"), "retry");
    assertThat(film("far")).containsText("is not a folder");
    assertThat(film("far")).containsText("next try");
    assertThat(scene.tab.part("delivery-row")).hasCount(2);
  }

  @Test
  void aFailedOneIsTriedAgainByHandAndAllAtOnce() throws Exception {
    record();
    hasState(film("far"), "retry");
    film("far").getByTestId("pause").click();
    hasState(film("far"), "paused");
    Files.delete(folder.resolve("blocked"));
    film("far").getByTestId("resume").click();
    hasState(film("far"), "done");
    if (scene.tab.part("retry-all").isVisible()) {
      scene.tab.part("retry-all").click();
    }
    for (Locator each : target(scene.tab, "far").all()) {
      hasState(each, "done");
    }
  }

  @Test
  void aSkipIsTakenBack() throws Exception {
    record();
    hasState(film("far"), "retry");
    film("far").getByTestId("skip").click();
    hasState(film("far"), "skipped");
    Files.delete(folder.resolve("blocked"));
    scene.tab.part("btn-undo").first().click();
    hasState(film("far"), "done");
  }

  @Test
  void allSendingIsPausedAndGoesOn() throws Exception {
    scene.tab.go("deliveries");
    scene.tab.page.evaluate(
        "import('./app/api-deliveries.js').then((api) => api.holdDeliveries('pause'))");
    assertThat(scene.tab.part("held")).containsText("Nothing is sent: you paused it");
    scene.tab.go("rooms");
    record();
    hasState(film("nas"), "waiting");
    scene.tab.part("bell").click();
    scene
        .tab
        .part("notice")
        .filter(new Locator.FilterOptions().setHasText("you paused it"))
        .getByTestId("dismiss")
        .click();
    scene.tab.page.keyboard().press("Escape");
    scene.tab.page.reload();
    assertThat(scene.tab.part("held")).isVisible();
    hasState(film("nas"), "waiting");
    scene.tab.part("resume-all").click();
    hasState(film("nas"), "done");
    assertThat(scene.tab.part("held")).hasCount(0);
  }

  @Test
  void aBroadcastIsDeliveredAgainAfterAQuestion() throws Exception {
    record();
    hasState(film("nas"), "done");
    String file =
        film("nas").locator("..").locator("..").locator(".file-name").getAttribute("title");
    Files.delete(scene.server.delivered().resolve(file));
    scene.tab.go("broadcasts");
    Download joined = scene.tab.page.waitForDownload(() -> scene.tab.part("btn-join").click());
    assertTrue(joined.suggestedFilename().matches("Cam 1 .*\\.mp4"), joined.suggestedFilename());
    assertEquals("", Media.decodeErrors(joined.path()));
    scene.tab.part("btn-send").click();
    assertThat(scene.tab.part("ask")).containsText("Deliver once more?");
    scene.tab.part("btn-yes").click();
    Await.until(
        LIMIT, "it is there again", () -> Files.exists(scene.server.delivered().resolve(file)));
  }

  @Test
  void itFitsAPhoneAndADesk() {
    record();
    hasState(film("far"), "retry");
    for (Look look : List.of(new Look(360, true, "zh"), new Look(1440, false, "en"))) {
      try (PageTab page = browser.open(scene.server.address(), look)) {
        page.go("deliveries");
        assertThat(page.part("delivery-row")).hasCount(2);
        Path shot = Path.of("target/screenshots/deliveries-two-" + look.width() + ".png");
        page.page.screenshot(new Page.ScreenshotOptions().setPath(shot));
        assertTrue(page.overflow() <= 0, "no wider than " + look.width());
        assertEquals(List.of(), page.complaints());
      }
    }
  }
}
