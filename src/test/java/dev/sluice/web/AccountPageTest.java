package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.sluice.testing.Doors;
import dev.sluice.web.PageBrowser.Look;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

/** The owner's place, in a real browser. */
class AccountPageTest {
  private static final Path SHOTS = Path.of("target/screenshots");
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

  private static int rooms(String address, String key) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/api/v1/rooms"))
            .header("authorization", "Bearer " + key)
            .timeout(Duration.ofMinutes(1))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void makesAKeyShowsItOnceAndTakesItAway() throws Exception {
    try (PageServer server = PageServer.start(dir);
        PageTab tab = browser.open(server.address())) {
      tab.go("account");
      tab.part("key-name").fill("grafana");
      tab.part("key-read-only").check();
      tab.part("add-key").click();
      assertThat(tab.part("new-key")).hasValue(Pattern.compile("sluice_[\\w-]{43}"));
      String key = tab.part("new-key").inputValue();
      assertEquals(200, rooms(server.address(), key));
      assertThat(tab.part("key-row")).containsText("grafana");
      tab.part("key-name").fill("grafana");
      tab.part("add-key").click();
      assertThat(tab.page.getByText("There is a key of this name")).isVisible();
      tab.page.reload();
      assertThat(tab.part("key-row")).hasCount(1);
      assertThat(tab.part("new-key")).hasCount(0);
      tab.part("remove-key").click();
      tab.part("btn-yes").click();
      assertThat(tab.part("key-row")).hasCount(0);
      assertEquals(401, rooms(server.address(), key));
      tab.page.reload();
      assertThat(tab.part("audit-row").first()).hasAttribute("data-what", "key.removed");
    }
  }

  @Test
  void anotherPasswordSignsTheOtherBrowserOut() throws Exception {
    try (PageServer server = PageServer.start(dir);
        PageTab other = browser.open(server.address());
        PageTab tab = browser.open(server.address())) {
      tab.go("account");
      assertThat(tab.part("session-row")).hasCount(2);
      change(tab, "not the password", "staple staple");
      assertThat(tab.part("password-trouble")).containsText("not the owner");
      change(tab, Doors.PASSWORD, "staple staple");
      assertThat(tab.part("session-row")).hasCount(2);
      assertThat(other.part("sign-in")).isVisible();
      tab.page.reload();
      assertThat(tab.part("session-row")).hasCount(1);
      tab.part("sign-out").click();
      assertThat(tab.part("sign-in")).isVisible();
      assertThat(tab.part("add-box")).hasCount(0);
      tab.part("password").fill("staple staple");
      tab.part("sign-in-button").click();
      assertThat(tab.part("add-box")).isVisible();
    }
  }

  private static void change(PageTab tab, String present, String next) {
    tab.part("password-present").fill(present);
    tab.part("password-next").fill(next);
    tab.part("password-again").fill(next);
    tab.part("change-password").click();
  }

  @Test
  void anotherBrowserIsSignedOut() throws Exception {
    try (PageServer server = PageServer.start(dir);
        PageTab other = browser.open(server.address());
        PageTab tab = browser.open(server.address())) {
      tab.go("account");
      assertThat(tab.part("session-row")).hasCount(2);
      assertThat(tab.part("end-session")).hasCount(1);
      tab.part("end-session").click();
      assertThat(tab.part("session-row")).hasCount(1);
      assertThat(other.part("sign-in")).isVisible();
    }
  }

  @ParameterizedTest
  @CsvSource({"360,zh,true", "360,en,false", "1440,zh,false", "1440,en,true"})
  void looksRight(int width, String language, boolean dark) throws Exception {
    try (PageServer server = PageServer.start(dir);
        PageTab tab = browser.open(server.address(), new Look(width, dark, language))) {
      tab.go("account");
      tab.part("key-name").fill("<img src=x onerror=alert(1)> " + "long ".repeat(6));
      tab.part("add-key").click();
      assertThat(tab.part("new-key")).isVisible();
      assertThat(tab.part("audit-row")).not().hasCount(0);
      assertEquals(0, tab.overflow());
      for (Locator button : tab.page.locator(".account button:visible").all()) {
        assertTrue(button.boundingBox().height >= 44, button.textContent());
      }
      tab.page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(SHOTS.resolve("account-" + width + language + ".png")));
      assertEquals(List.of(), tab.complaints());
    }
  }
}
