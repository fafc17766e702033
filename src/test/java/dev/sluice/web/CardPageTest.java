package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import dev.sluice.web.PageBrowser.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a card offers, in a real browser, against a whole scene.server. */
class CardPageTest {
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

  @BeforeEach
  void open() throws Exception {
    scene = PageScene.open(browser, folder, "", PageScene::twoRooms);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private Locator card(String name) {
    return scene.tab.card(name);
  }

  private static void hasState(Locator card, String state) {
    assertThat(card).hasAttribute("data-state", state);
  }

  private String settings() throws IOException {
    return Files.readString(folder.resolve("sluice.yaml"));
  }

  @Test
  void eachModeIsChosenOnTheCardAndShownInEveryTab() throws Exception {
    scene.broadcast.onAir();
    hasState(card("Cam 1"), "recording");
    try (PageTab other = browser.open(scene.server.address())) {
      card("Cam 1").getByTestId("mode").selectOption("notify");
      hasState(card("Cam 1"), "live");
      assertThat(card("Cam 1").locator(".why"))
          .containsText("You are told of it; it is not recorded");
      assertThat(other.card("Cam 1").getByTestId("mode")).hasValue("notify");
      other.card("Cam 1").getByTestId("mode").selectOption("paused");
      hasState(card("Cam 1"), "paused");
      assertThat(card("Cam 1").getByTestId("mode")).hasValue("paused");
      card("Cam 1").getByTestId("mode").selectOption("record");
      hasState(card("Cam 1"), "recording");
      assertTrue(settings().contains("# the door"), settings());
      assertEquals(List.of(), other.complaints());
    }
    assertEquals(1, scene.source.mostOpen("/live.flv"));
  }

  @Test
  void aRemovalIsTakenBackAndEverythingIsAsItWas() throws Exception {
    String before = settings();
    scene.tab.button(card("Cam 2"), "remove").click();
    assertThat(card("Cam 2")).hasCount(0);
    assertTrue(!settings().contains("/off.flv"), settings());
    scene.tab.part("btn-undo").click();
    hasState(card("Cam 2"), "waiting");
    assertEquals(before, settings());
  }

  @Test
  void removingAndUndoingARoomThatRecordsNeverOpensASecondConnection() throws Exception {
    scene.broadcast.onAir();
    for (int i = 0; i < 3; i++) {
      hasState(card("Cam 1"), "recording");
      scene.tab.button(card("Cam 1"), "remove").click();
      assertThat(scene.tab.part("ask")).containsText("Cam 1");
      scene.tab.part("btn-yes").click();
      scene.tab.part("btn-undo").first().click();
    }
    hasState(card("Cam 1"), "recording");
    assertEquals(1, scene.source.mostOpen("/live.flv"));
    assertTrue(settings().contains("# the door"), settings());
    scene.tab.go("broadcasts");
    assertThat(scene.tab.part("recording-row").first()).hasAttribute("data-state", "recording");
  }

  @Test
  void whereSecondsWouldBeLostAQuestionIsAskedFirst() {
    scene.broadcast.onAir();
    hasState(card("Cam 1"), "recording");
    scene.tab.button(card("Cam 1"), "remove").click();
    assertThat(scene.tab.part("ask")).containsText("Cam 1");
    scene.tab.page.keyboard().press("Escape");
    hasState(card("Cam 1"), "recording");
    assertThat(scene.tab.button(card("Cam 1"), "remove")).isFocused();
  }

  @Test
  void cardsAreWalkedAndOpenedByKeys() {
    assertThat(scene.tab.part("room-card")).hasCount(2);
    scene.tab.page.keyboard().press("j");
    String first = focused();
    scene.tab.page.keyboard().press("j");
    String second = focused();
    assertTrue(!first.equals(second) && !second.isEmpty(), first + " " + second);
    scene.tab.page.keyboard().press("j");
    assertEquals(second, focused(), "the last one stays");
    scene.tab.page.keyboard().press("k");
    assertEquals(first, focused());
    scene.tab.page.keyboard().press("Enter");
    assertThat(scene.tab.page).hasURL(Pattern.compile("#/\\w+\\?(room|id)="));
  }

  private String focused() {
    return String.valueOf(
        scene.tab.page.evaluate("document.activeElement.closest('.card')?.dataset.roomId ?? ''"));
  }

  @Test
  void everyPlaceIsReachedOnAPhone() {
    try (PageTab phone = browser.open(scene.server.address(), new Look(360, false, "zh"))) {
      for (String place : List.of("broadcasts", "deliveries", "storage", "rooms")) {
        phone.go(place);
        assertThat(phone.part("nav-" + place)).hasAttribute("aria-current", "page");
      }
      for (String place : List.of("more-settings", "nav-log", "nav-health", "nav-account")) {
        phone.part("nav-more").click();
        phone.part(place).click();
        assertThat(phone.part(place)).isHidden();
        assertThat(phone.part(place)).hasAttribute("aria-current", "page");
      }
      phone.part("nav-more").press("Enter");
      BoundingBox list = phone.page.locator(".more-places ul").boundingBox();
      assertTrue(list.x >= 0 && list.x + list.width <= 360, list.x + " + " + list.width);
      phone.page.keyboard().press("Escape");
      assertThat(phone.part("nav-log")).isHidden();
      assertThat(phone.part("nav-more")).isFocused();
      assertTrue(phone.overflow() <= 0, "no wider than the window");
      assertEquals(List.of(), phone.complaints());
    }
  }

  @Test
  void theOldNameOfThePlaceStaysGood() {
    scene.tab.page.navigate(scene.server.address() + "/#/recordings?room=x");
    assertThat(scene.tab.page.locator("h1")).hasText("Broadcasts");
  }

  /** The disk of the tests is not filled within a month, so the server's answer is played. */
  @Test
  void theTotalsSayWhenTheDiskIsFull() {
    scene.tab.page.route(
        "**/api/v1/storage",
        route -> {
          String body = route.fetch().text();
          route.fulfill(
              new Route.FulfillOptions()
                  .setContentType("application/json")
                  .setBody(
                      body.replaceAll("\"full_in_seconds\":\\w+", "\"full_in_seconds\":32400")));
        });
    scene.tab.page.reload();
    assertThat(scene.tab.page.locator("sluice-totals")).containsText("full in 9 h");
  }

  @Test
  void theTabSaysHowManyRecord() {
    scene.broadcast.onAir();
    hasState(card("Cam 1"), "recording");
    assertThat(scene.tab.page).hasTitle(Pattern.compile(".*1.*"));
  }
}
