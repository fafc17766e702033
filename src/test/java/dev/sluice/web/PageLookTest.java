package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.sluice.testing.Broadcast;
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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How the page looks with rooms in all conditions: nothing sticks out, everything can be touched,
 * the browser has nothing to complain about. Leaves pictures in {@code target/screenshots} for
 * people to look at.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageLookTest {
  private static final Path PICTURES =
      Path.of(System.getProperty("sluice.home", "."), "target", "screenshots");
  private static final List<Integer> WIDTHS = List.of(360, 768, 1440);
  private static final List<String> PLACES = List.of("rooms", "broadcasts", "deliveries");
  private static final int TOUCH = 44;
  private static final String FULL_TARGET =
      """
      archive:
        type: folder
        dir: unmounted/archive
      """;

  /** What can be pressed and is smaller than a finger; links inside of sentences are no buttons. */
  private static final String TOO_SMALL =
      """
      (least) => [...document.querySelectorAll('button, nav a, a.chip, a.badge, a.file, a.card-open, textarea, input, summary')]
        .map((each) => [each, (each.type === 'checkbox' ? each.closest('label') ?? each : each).getBoundingClientRect()])
        .filter(([, box]) => box.width > 0 && (box.height < least - 0.5 || box.width < least - 0.5))
        .map(([each, box]) => `${each.outerHTML.slice(0, 120)}: ${box.width} x ${box.height}`)
      """;

  /** What reaches beyond its card or the window; cards are clipped, so it would not scroll. */
  private static final String STICKING_OUT =
      """
      () => [...document.querySelectorAll('body *')].filter((each) => {
        const box = each.getBoundingClientRect();
        const card = each.parentElement.closest('.card')?.getBoundingClientRect();
        if (each.parentElement.closest('.clip')) return false; // ends in an ellipsis
        const right = Math.min(innerWidth, card?.right ?? innerWidth);
        return box.width > 0 && (box.right > right + 0.5 || box.left < (card?.left ?? 0) - 0.5);
      }).map((each) => each.outerHTML.slice(0, 120))
      """;

  private PageBrowser browser;
  private LiveSource source;
  private PageServer server;

  @BeforeAll
  void openAll(@TempDir Path folder) throws Exception {
    Broadcast clip =
        Broadcast.of(
            FlvSamples.recipe().length(Duration.ofSeconds(6)).kbit(1500).size(1280, 720).make());
    Broadcast dropping = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4)));
    source =
        LiveSource.start()
            .on("/live.flv", Script.live(clip.onAir()))
            .on("/garden.flv", Script.live(dropping.onAir()))
            .on("/busy.flv", Script.status(503))
            .on("/list.m3u8", Script.playlist("#EXTM3U\n#EXT-X-VERSION:3\n"));
    server =
        PageServer.startWith(
            folder,
            FULL_TARGET,
            room("/live.flv", "Harbour camera", "targets: [nas]"),
            room(
                "/garden.flv",
                "星见そら Official",
                "targets: [nas, archive]",
                // its drop must not end the broadcast, however slow the machine is
                "monitor:",
                "  grace: 1m"),
            room("/off.flv", "Evening talk"),
            room("/busy.flv", "Cooking with Lin"),
            room("/list.m3u8", "City marathon"),
            room("/paused.flv", "Old studio", "record: false"));
    browser = new PageBrowser();
    prepare(dropping);
  }

  private PageServer.Room room(String path, String name, String... more) {
    String[] lines = new String[more.length + 1];
    lines[0] = "name: " + name;
    System.arraycopy(more, 0, lines, 1, more.length);
    return new PageServer.Room(source.uri(path).toString(), lines);
  }

  /** Makes a gap, several files, and deliveries that are done and that are not. */
  private void prepare(Broadcast dropping) {
    try (PageTab tab = browser.open(server.address())) {
      Locator harbour = tab.card("Harbour camera");
      Locator garden = tab.card("星见そら Official");
      assertThat(garden).hasAttribute("data-state", "recording");
      dropping.offAir();
      assertThat(garden).hasAttribute("data-state", "grace");
      dropping.resume();
      assertThat(garden.locator(".gap-fact")).containsText("1 gap");
      tab.button(garden, "cut").click();
      tab.button(harbour, "cut").click();
      assertThat(garden.locator(".facts")).containsText("2 segments");
      assertThat(harbour.locator(".facts")).containsText("2 segments");
      tab.button(garden, "stop").click();
      tab.go("deliveries");
      assertThat(tab.page.locator("[data-testid=delivery-row][data-state=done]")).hasCount(4);
    }
  }

  @AfterAll
  void closeAll() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
    source.close();
  }

  @ParameterizedTest
  @CsvSource({"false,en", "true,en", "false,zh", "true,zh"})
  void nothingSticksOutAndEverythingCanBeTouched(boolean dark, String language) throws Exception {
    Files.createDirectories(PICTURES);
    try (PageTab tab = browser.open(server.address(), new Look(1440, dark, language))) {
      for (int width : WIDTHS) {
        Look look = new Look(width, dark, language);
        tab.page.setViewportSize(width, look.height());
        for (String place : PLACES) {
          tab.go(place);
          settled(tab, place);
          String name = "%s-%d-%s-%s".formatted(place, width, dark ? "dark" : "light", language);
          picture(tab, name);
          assertEquals(0, tab.overflow(), name + " is wider than its window");
          assertEquals(List.of(), tab.page.evaluate(STICKING_OUT), name);
          assertEquals(List.of(), tab.page.evaluate(TOO_SMALL, TOUCH), name);
        }
      }
      assertEquals(List.of(), tab.complaints());
    }
  }

  /** Rooms in every state, and texts as long and as strange as they come. */
  @Test
  void theSamplesOfAllPartsHoldTheirShape() throws Exception {
    Files.createDirectories(PICTURES);
    try (PageTab tab = browser.open(server.address(), new Look(360, true, "en"))) {
      tab.page.navigate(server.address() + "/#/dev/parts");
      tab.page.reload();
      for (int width : WIDTHS) {
        tab.page.setViewportSize(width, 900);
        assertThat(tab.part("delivery-row")).hasCount(5);
        picture(tab, "parts-" + width);
        assertEquals(0, tab.overflow());
        assertEquals(List.of(), tab.page.evaluate(STICKING_OUT), "parts at " + width);
        assertEquals(List.of(), tab.page.evaluate(TOO_SMALL, TOUCH), "parts at " + width);
      }
      assertEquals(List.of(), tab.complaints());
    }
  }

  private static void settled(PageTab tab, String place) {
    if (place.equals("rooms")) {
      assertThat(tab.part("room-card")).hasCount(6);
      for (String state : List.of("recording", "live", "waiting", "unknown", "refused", "paused")) {
        assertThat(tab.page.locator("[data-testid=room-card][data-state=" + state + "]"))
            .hasCount(1);
      }
    } else if (place.equals("broadcasts")) {
      assertThat(tab.part("recording-row")).hasCount(2);
    } else {
      assertThat(tab.part("delivery-row").first()).isVisible();
    }
    // A text key that is shown as it stands has no text.
    assertThat(tab.page.locator("main"))
        .not()
        .containsText(Pattern.compile("\\b(reason|cause|state|delivery|error)\\.[a-z_]+|\\{\\w+}"));
  }

  private static void picture(PageTab tab, String name) {
    tab.page.screenshot(
        new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
  }
}
