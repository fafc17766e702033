package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  /** Every place by its address; ROOM and RECORDING stand for ids. */
  private static final List<String> ADDRESSES =
      List.of(
          "rooms",
          "broadcasts",
          "deliveries",
          "storage",
          "settings",
          "settings?platform=direct",
          "room?id=ROOM",
          "room?id=ROOM&tab=broadcasts",
          "room?id=ROOM&tab=settings",
          "room?id=ROOM&tab=log",
          "play?recording=RECORDING",
          "health",
          "account",
          "log");

  /** Of all combinations every so manieth is looked at, unless all are wanted. */
  private static final int EVERY = Boolean.getBoolean("sluice.full") ? 1 : 6;

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
        if (each.parentElement.closest('.clip, .tabs, pre, .log, .axis, table, video')) return false; // ends in an ellipsis, or scrolls
        if (each.closest('.unseen, option, dialog:not([open])')) return false;
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
      assertThat(tab.page.locator("[data-testid=delivery-target][data-state=done]")).hasCount(4);
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
  void nothingSticksOutAndEverythingCanBeTouchedAndIsAccessible(boolean dark, String language)
      throws Exception {
    Files.createDirectories(PICTURES);
    List<String> wrong = new ArrayList<>();
    try (PageTab tab = browser.open(server.address(), new Look(1440, dark, language))) {
      for (int width : WIDTHS) {
        tab.page.setViewportSize(width, new Look(width, dark, language).height());
        int combination =
            WIDTHS.indexOf(width) * 4 + (dark ? 2 : 0) + (language.equals("zh") ? 1 : 0);
        for (int i = 0; i < ADDRESSES.size(); i++) {
          if ((combination + i) % EVERY == 0) {
            look(tab, ADDRESSES.get(i), width, (dark ? "dark-" : "light-") + language, wrong);
          }
        }
      }
      assertEquals(List.of(), wrong);
      assertEquals(List.of(), tab.complaints());
    }
  }

  private void look(PageTab tab, String address, int width, String kind, List<String> wrong) {
    tab.page.navigate(server.address() + "/#/" + filled(tab, address));
    settled(tab, address);
    String name = "%s-%d-%s".formatted(address.replaceAll("[^a-z]+", "-"), width, kind);
    picture(tab, name);
    if (tab.overflow() > 0) {
      wrong.add(name + " is wider than its window by " + tab.overflow());
    }
    add(wrong, name + " sticks out: ", tab.page.evaluate(STICKING_OUT));
    add(wrong, name + " is too small: ", tab.page.evaluate(TOO_SMALL, TOUCH));
    add(wrong, name + ": ", Accessibility.faults(tab.page));
  }

  private static void add(List<String> wrong, String what, Object found) {
    ((List<?>) found).forEach(each -> wrong.add(what + each));
  }

  private static String filled(PageTab tab, String address) {
    if (!address.contains("ROOM") && !address.contains("RECORDING")) {
      return address;
    }
    Object ids =
        tab.page.evaluate(
            """
            async () => {
              const { store } = await import('./app/store.js');
              const room = [...store.rooms.values()].find((each) => each.recording);
              return [room.id, room.recording.id];
            }
            """);
    List<?> found = (List<?>) ids;
    return address
        .replace("ROOM", (String) found.get(0))
        .replace("RECORDING", (String) found.get(1));
  }

  @Test
  void noPlaceIsForgotten() {
    try (PageTab tab = browser.open(server.address())) {
      Object places =
          tab.page.evaluate("import('./app/places.js').then((m) => Object.keys(m.PLACES))");
      assertEquals(
          ADDRESSES.stream().map(each -> each.replaceAll("\\?.*", "")).collect(Collectors.toSet()),
          Set.copyOf((List<?>) places));
    }
  }

  /** The rule must be able to fail. */
  @Test
  void aButtonWithoutANameIsFound() {
    try (PageTab tab = browser.open(server.address())) {
      tab.page.evaluate("document.querySelector('main').append(document.createElement('button'))");
      List<String> faults = Accessibility.faults(tab.page);
      assertEquals(1, faults.size(), faults.toString());
      assertTrue(faults.get(0).startsWith("button-name, 1 times"), faults.toString());
    }
  }

  /** Each opened from the page, as a person would. */
  @ParameterizedTest
  @CsvSource({"false,en", "true,zh"})
  void everyDialogIsAccessible(boolean dark, String language) {
    List<String> wrong = new ArrayList<>();
    try (PageTab tab = browser.open(server.address(), new Look(1440, dark, language))) {
      assertThat(tab.part("room-card")).hasCount(6);
      tab.page.keyboard().press("?");
      dialog(tab, "help", wrong);
      tab.part("bell").click();
      dialog(tab, "bell", wrong);
      tab.button(tab.card("Harbour camera"), "remove").click();
      dialog(tab, "remove", wrong);
      tab.part("nav-more").click();
      add(wrong, "more: ", Accessibility.faults(tab.page));
      tab.part("nav-more").click();
      tab.part("add-box").fill("http://127.0.0.1:1/x.flv\n12345");
      assertThat(tab.part("add-found")).isVisible();
      add(wrong, "adding: ", Accessibility.faults(tab.page));
      assertEquals(List.of(), wrong);
    }
  }

  private static void dialog(PageTab tab, String name, List<String> wrong) {
    assertThat(tab.page.locator("dialog[open]")).isVisible();
    add(wrong, name + ": ", Accessibility.faults(tab.page));
    tab.page.keyboard().press("Escape");
    assertThat(tab.page.locator("dialog[open]")).hasCount(0);
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
        assertThat(tab.part("delivery-target")).hasCount(5);
        picture(tab, "parts-" + width);
        assertEquals(0, tab.overflow());
        assertEquals(List.of(), tab.page.evaluate(STICKING_OUT), "parts at " + width);
        assertEquals(List.of(), tab.page.evaluate(TOO_SMALL, TOUCH), "parts at " + width);
      }
      assertEquals(List.of(), tab.complaints());
    }
  }

  private static void settled(PageTab tab, String address) {
    if (address.equals("rooms")) {
      assertThat(tab.part("room-card")).hasCount(6);
      for (String state : List.of("recording", "live", "waiting", "unknown", "refused", "paused")) {
        assertThat(tab.page.locator("[data-testid=room-card][data-state=" + state + "]"))
            .hasCount(1);
      }
    } else if (address.equals("broadcasts")) {
      assertThat(tab.part("recording-row")).hasCount(2);
    } else if (address.equals("deliveries")) {
      assertThat(tab.part("delivery-row").first()).isVisible();
    }
    assertThat(tab.page.locator("main [aria-busy=true]:not(article)")).hasCount(0);
    // A text key that is shown as it stands has no text.
    assertThat(tab.page.locator("main"))
        .not()
        .containsText(Pattern.compile("\\b(reason|cause|state|delivery|error|nav)\\.[a-z_]+"));
  }

  private static void picture(PageTab tab, String name) {
    tab.page.screenshot(
        new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
  }
}
