package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.SelectOption;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.web.PageBrowser.Look;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings place of the page against a whole server and its real file. */
class SettingsPageTest {
  private static final Path PICTURES =
      Path.of(System.getProperty("sluice.home", "."), "target", "screenshots");
  private static final int TOUCH = 44;
  private static PageBrowser browser;

  @TempDir Path folder;
  private PageServer server;

  @BeforeAll
  static void open() {
    browser = new PageBrowser();
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  @BeforeEach
  void start() throws Exception {
    server =
        PageServer.start(
            folder,
            room(1, "Door", "mode: paused", "monitor:", "  every: 9s # often"),
            room(2, "Garden", "mode: paused"));
    // what a person wrote there has to stay
    Files.writeString(file(), "# my settings\n" + text().replace("grace: 2s", "grace: 2s # short"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static PageServer.Room room(int number, String name, String... more) {
    String[] lines = new String[more.length + 1];
    lines[0] = "name: " + name;
    System.arraycopy(more, 0, lines, 1, more.length);
    return new PageServer.Room("http://127.0.0.1:9/" + number + ".flv", lines);
  }

  private Path file() {
    return folder.resolve("sluice.yaml");
  }

  private String text() throws IOException {
    return Files.readString(file());
  }

  private static Locator setting(PageTab tab, String path) {
    return tab.page.locator("[data-testid=setting][data-path='" + path + "']");
  }

  private static Locator number(Locator setting) {
    return setting.locator(".measured input");
  }

  private static void save(PageTab tab) {
    tab.part("save").click();
  }

  private static void showsRoom(PageTab tab, String name) {
    tab.part("pick-room").selectOption(new SelectOption().setLabel(name));
    assertThat(setting(tab, "mode")).isVisible();
  }

  @Test
  void aValueIsInheritedOverriddenAndGivenBack() throws Exception {
    try (PageTab tab = browser.open(server.address())) {
      tab.go("settings");
      Locator every = setting(tab, "monitor.every");
      assertThat(number(every)).hasValue("1");
      every.getByTestId("differ").locator("summary").click();
      assertThat(every.getByTestId("differ")).containsText("1 room differs");
      assertThat(every.getByTestId("differ").locator("li")).containsText("Door");
      number(every).fill("7");
      save(tab);
      assertThat(tab.part("save-result")).containsText("Saved.");
      assertThat(tab.part("save-result")).containsText("In force now: Look every");

      showsRoom(tab, "Garden");
      assertThat(every.getByTestId("inherited")).hasText("7s");
      assertThat(every.getByTestId("origin")).hasText("From the settings for everything");
      every.getByTestId("override").click();
      assertThat(number(every)).isFocused();
      number(every).fill("3");
      every.locator("select").selectOption("m");
      save(tab);
      assertThat(tab.part("save-result")).containsText("Look every");
      assertThat(every.getByTestId("origin")).hasText("Set for this room");
      assertTrue(text().contains("every: 3m"), text());
      every.getByTestId("reset").click();
      save(tab);
      assertThat(tab.part("save-result")).containsText("Saved.");
      assertThat(every.getByTestId("inherited")).hasText("7s");
      assertFalse(text().contains("every: 3m"), text());
      assertTrue(text().startsWith("# my settings\n"), text());
      assertTrue(text().contains("grace: 2s # short") && text().contains("every: 9s # often"));
      assertEquals(List.of(), tab.complaints());
    }
  }

  @Test
  void aPlatformGoesOverTheWholeAndALinkLeadsToTheRoomThatDiffers() throws Exception {
    try (PageTab tab = browser.open(server.address())) {
      tab.go("settings");
      tab.page
          .getByRole(
              com.microsoft.playwright.options.AriaRole.LINK,
              new Page.GetByRoleOptions().setName("direct"))
          .click();
      Locator size = setting(tab, "recordings.split.size");
      assertThat(size.getByTestId("inherited")).hasText("off");
      size.getByTestId("override").click();
      size.locator("input[type=checkbox]").check();
      number(size).fill("2");
      size.locator("select").selectOption("GiB");
      save(tab);
      assertThat(tab.part("save-result")).containsText("With the next file: New file at");
      Locator every = setting(tab, "monitor.every");
      every.getByTestId("differ").locator("summary").click();
      every.getByTestId("differ").locator("a").click();
      assertThat(setting(tab, "mode").locator("select")).hasValue("paused");
      assertThat(size.getByTestId("inherited")).hasText("2GiB");
      assertThat(size.getByTestId("origin")).hasText("From the platform");
      setting(tab, "mode").locator("select").selectOption("notify");
      save(tab);
      assertThat(tab.part("save-result")).containsText("In force now: Mode");
      assertTrue(text().contains("mode: notify"), text());
      assertEquals(List.of(), tab.complaints());
    }
  }

  @Test
  void twoTabsThatChangeOneSettingChooseWhichValueHolds() throws Exception {
    try (PageTab one = browser.open(server.address());
        PageTab two = browser.open(server.address())) {
      one.go("settings");
      two.go("settings");
      assertThat(number(setting(two, "monitor.every"))).hasValue("1");
      number(setting(one, "monitor.every")).fill("5");
      save(one);
      assertThat(one.part("save-result")).containsText("Saved.");

      number(setting(two, "storage.reserve")).fill("9");
      save(two);
      assertThat(two.part("save-result")).containsText("Saved.");
      assertThat(number(setting(two, "monitor.every"))).hasValue("5");

      number(setting(one, "storage.reserve")).fill("8");
      number(setting(one, "monitor.every")).fill("6");
      save(one);
      Locator conflict = setting(one, "storage.reserve").getByTestId("conflict");
      assertThat(conflict).containsText("Keep theirs: 9GB");
      assertThat(conflict).containsText("Take mine: 8GB");
      assertThat(one.part("save")).isDisabled();
      assertTrue(text().contains("reserve: 9GB") && text().contains("every: 5s"), text());
      conflict.getByTestId("take-mine").click();
      save(one);
      assertThat(one.part("save-result")).containsText("Saved.");
      assertTrue(text().contains("reserve: 8GB") && text().contains("every: 6s"), text());

      number(setting(two, "storage.reserve")).fill("7");
      save(two);
      setting(two, "storage.reserve").getByTestId("take-theirs").click();
      assertThat(number(setting(two, "storage.reserve"))).hasValue("8");
      assertThat(two.part("save-bar")).hasCount(0);
      assertTrue(text().contains("reserve: 8GB"), text());
    }
  }

  @Test
  void aValueThatDoesNotFitIsSaidAtItsFieldAndNothingIsSaved() throws Exception {
    try (PageTab tab = browser.open(server.address())) {
      tab.go("settings");
      String before = text();
      Locator every = setting(tab, "monitor.every");
      number(every).fill("99");
      every.locator("select").selectOption("h");
      Locator name = setting(tab, "recordings.name").locator("input");
      name.fill("");
      save(tab);
      assertThat(every.locator(".wrong")).containsText("from 1s to 24h");
      assertThat(setting(tab, "recordings.name").locator(".wrong"))
          .containsText("must not be empty");
      assertThat(tab.part("save-result")).containsText("2 values do not fit");
      assertThat(name).isFocused();
      assertEquals(before, text());
      tab.part("discard").click();
      assertThat(every.locator(".wrong")).hasCount(0);
      assertThat(number(every)).hasValue("1");
    }
  }

  @Test
  void leavingWithUnsavedEditsAsks() throws Exception {
    try (PageTab tab = browser.open(server.address())) {
      tab.go("settings");
      number(setting(tab, "monitor.every")).fill("4");
      tab.go("rooms");
      assertThat(tab.part("leave-dialog")).isVisible();
      tab.page.keyboard().press("Escape");
      assertThat(tab.part("leave-dialog")).isHidden();
      assertThat(tab.page).hasURL(Pattern.compile("#/settings$"));
      assertThat(number(setting(tab, "monitor.every"))).hasValue("4");
      showsAsk(tab);
      tab.part("leave").click();
      assertThat(tab.part("room-card").first()).isVisible();
      tab.go("settings");
      assertThat(number(setting(tab, "monitor.every"))).hasValue("1");
      tab.go("rooms");
      assertThat(tab.part("room-card").first()).isVisible();
    }
  }

  private static void showsAsk(PageTab tab) {
    tab.go("rooms");
    assertThat(tab.part("leave-dialog")).isVisible();
  }

  @Test
  void whatTheEnvironmentSetsIsLocked() throws Exception {
    try (PageTab tab = browser.open(server.address())) {
      tab.page.route(
          "**/settings/fields",
          route -> {
            String body = route.fetch().text();
            String locked =
                body.replaceFirst(
                    "(\"path\":\"server.port\".*?\"locked\":)null", "$1\"SLUICE__SERVER__PORT\"");
            route.fulfill(
                new Route.FulfillOptions().setBody(locked).setContentType("application/json"));
          });
      // The page may have asked before the answer was bent.
      tab.page.reload();
      tab.go("settings");
      Locator port = setting(tab, "server.port");
      assertThat(port.locator("input")).isDisabled();
      assertThat(port.locator(".origin"))
          .hasText("Set by the environment variable SLUICE__SERVER__PORT; change it there");
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsSaidAndNothingCanBeChanged() throws Exception {
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--r--r--"));
    try (PageTab tab = browser.open(server.address())) {
      tab.go("settings");
      assertThat(tab.page.locator(".note")).containsText("The settings file is read-only");
      assertThat(number(setting(tab, "monitor.every"))).isDisabled();
      assertThat(tab.part("add-targets")).hasCount(0);
      assertThat(tab.part("reset")).hasCount(0);
    } finally {
      Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void measuresAreTakenApartAndPutTogetherWithoutLoss() throws Exception {
    try (PageTab tab = browser.open(server.address())) {
      tab.page.evaluate("import('./app/units.js').then((units) => { window.units = units; })");
      for (String[] each :
          new String[][] {
            {"duration", "30s", "30 s", "30s"},
            {"duration", "1h30m", "90 m", "90m"},
            {"duration", "1d12h", "36 h", "36h"},
            {"duration", "250ms", "250 ms", "250ms"},
            {"size", "5GB", "5 GB", "5GB"},
            {"size", "500 mib", "500 MiB", "500MiB"},
            {"size", "1048576", "1048576 B", "1048576"},
            {"duration", "soon", "soon s", "soon"}
          }) {
        Object found =
            tab.page.evaluate(
                "([type, text]) => { const { number, unit } = units.apart(type, text); return [`${number} ${unit}`, units.together(number, unit)]; }",
                List.of(each[0], each[1]));
        assertEquals(List.of(each[2], each[3]), found, each[1]);
      }
    }
  }

  @Test
  void targetsAndWebhooksAreAddedAndRemoved() throws Exception {
    try (PageTab tab = browser.open(server.address())) {
      tab.go("settings");
      Locator targets = tab.part("group-targets");
      targets.locator("form input").fill("usb");
      targets.getByTestId("add-targets").click();
      Locator usb = targets.locator("[data-name=usb]");
      usb.getByLabel("Folder").fill(folder.resolve("usb").toString());
      Locator hooks = tab.part("group-webhooks");
      hooks.locator("form input").fill("chat");
      hooks.getByTestId("add-webhooks").click();
      hooks.getByLabel("Address").fill("https://hooks.example/a?token=topsecret");
      save(tab);
      assertThat(tab.part("save-result")).containsText("targets.usb");
      assertThat(hooks.getByLabel("Address")).hasValue("https://hooks.example/•••");
      assertTrue(text().contains("topsecret"), text());
      assertFalse(tab.page.content().contains("topsecret"));
      assertThat(setting(tab, "recordings.targets").locator(".tick")).hasCount(2);
      hooks.getByText("Remove chat").click();
      targets.getByText("Remove usb").click();
      save(tab);
      assertThat(tab.part("save-result")).containsText("Saved.");
      assertFalse(text().contains("usb") || text().contains("chat"), text());
      assertTrue(text().startsWith("# my settings\n"), text());
      assertEquals(List.of(), tab.complaints());
    }
  }

  @Test
  void aWebhookIsSetUpAndTried() throws Exception {
    List<String> bodies = new CopyOnWriteArrayList<>();
    HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try (PageTab tab = browser.open(server.address())) {
      tab.go("settings");
      Locator hooks = tab.part("group-webhooks");
      hooks.locator("form input").fill("chat");
      hooks.getByTestId("add-webhooks").click();
      hooks
          .getByLabel("Address")
          .fill("http://127.0.0.1:" + receiver.getAddress().getPort() + "/x");
      hooks.getByLabel("Private network").check();
      hooks.getByLabel("a recording ended").check();
      assertThat(hooks.getByTestId("test-webhook")).hasCount(0);
      save(tab);
      assertThat(tab.part("save-result")).containsText("Saved.");
      assertTrue(text().contains("events: [recording.ended]"), text());
      hooks.getByTestId("test-webhook").click();
      assertThat(tab.part("toast")).containsText("chat has taken the test (204).");
      assertTrue(bodies.get(0).contains("\"type\":\"test\""), bodies.toString());
      assertEquals(List.of(), tab.complaints());
    } finally {
      receiver.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"360, true, zh", "360, false, en", "768, true, en", "1440, false, zh"})
  void looksRight(int width, boolean dark, String language) {
    try (PageTab tab = browser.open(server.address(), new Look(width, dark, language))) {
      tab.go("settings");
      for (String level : List.of("global", "room")) {
        if (level.equals("room")) {
          showsRoom(tab, "Door");
        }
        assertThat(setting(tab, "monitor.every")).isVisible();
        for (Locator each : tab.page.locator("main details").all()) {
          each.evaluate("each => { each.open = true; }");
        }
        if (level.equals("global")) {
          number(setting(tab, "monitor.every")).fill("5");
          assertThat(tab.part("save-bar")).isVisible();
        }
        String name = "settings-" + level + "-" + width + (dark ? "-dark-" : "-light-") + language;
        tab.page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
        assertEquals(0, tab.overflow(), level);
        assertEquals(List.of(), tab.page.evaluate(TOO_SMALL, TOUCH), level);
        if (level.equals("global")) {
          tab.part("discard").click();
        }
      }
      assertEquals(List.of(), tab.complaints());
    }
  }

  /** What can be pressed and is smaller than a finger; a tick is pressed by its label. */
  private static final String TOO_SMALL =
      """
      (least) => [...document.querySelectorAll('.settings button, .settings select, .settings summary, .settings textarea, .settings input, .settings a, .levels a, .levels select')]
        .map((each) => [each, (each.closest('.tick') ?? each).getBoundingClientRect()])
        .filter(([each, box]) => box.width > 0 && (box.height < least - 0.5 || box.width < least - 0.5))
        .map(([each, box]) => `${each.outerHTML.slice(0, 120)}: ${box.width} x ${box.height}`)
      """;
}
