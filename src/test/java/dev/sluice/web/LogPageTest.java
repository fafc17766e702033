package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import dev.sluice.testing.LogLevels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log on the page, of a whole server in this process. */
class LogPageTest {
  private static final Logger LOG = LoggerFactory.getLogger(LogPageTest.class);

  @TempDir Path folder;
  private final LogLevels levels = LogLevels.info(LogPageTest.class.getName());

  @AfterEach
  void quiet() {
    levels.close();
  }

  @Test
  void showsTheTailAndPausesAndFilters() throws Exception {
    try (PageBrowser browser = new PageBrowser();
        PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address())) {
      tab.part("bell").click();
      tab.part("notices").getByText("Log").click();
      LOG.info("page test: <b>hostile</b> http://a.test/?key=hunter2");
      LOG.error("page test: broken", new IllegalStateException("why"));
      Locator lines = tab.part("log-line");
      assertThat(lines.filter(has("page test"))).hasCount(2);
      assertThat(lines.filter(has("hostile"))).containsText("<b>hostile</b> http://a.test/?•••");
      lines.filter(has("broken")).locator("summary").click();
      assertThat(lines.locator("pre:visible")).containsText("IllegalStateException: why");

      pauses(tab, lines);
      filters(tab, lines);
      downloads(tab);
      tab.part("log-copy").click();
      assertThat(tab.part("toast")).containsText("in the clipboard");
      assertEquals(List.of(), tab.complaints());
    }
  }

  private static Locator.FilterOptions has(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static void pauses(PageTab tab, Locator lines) {
    tab.part("log-pause").click();
    assertThat(tab.part("log-pause")).hasText("Go on");
    for (int i = 0; i < 37; i++) {
      LOG.info("page test: while paused {}", i);
    }
    assertThat(tab.part("log-pause")).hasText(Pattern.compile("(3[7-9]|[4-9]\\d) new"));
    assertThat(lines.filter(has("while paused"))).hasCount(0);
    tab.part("log-pause").click();
    assertThat(lines.filter(has("while paused"))).hasCount(37);
  }

  private static void filters(PageTab tab, Locator lines) {
    tab.part("log-level").selectOption("error");
    assertThat(lines.filter(has("while paused"))).hasCount(0);
    assertThat(lines.filter(has("page test: broken"))).hasCount(1);
    tab.part("log-level").selectOption("debug");
    tab.part("log-text").fill("PAUSED 3");
    assertThat(lines).hasCount(8);
    assertTrue(tab.page.url().contains("text=PAUSED"), tab.page.url());
  }

  private static void downloads(PageTab tab) throws Exception {
    Download file = tab.page.waitForDownload(() -> tab.part("log-download").click());
    String text = Files.readString(file.path());
    assertTrue(text.startsWith("Sluice 1.2.3"), text);
    assertEquals(9, text.lines().count(), text);
    assertFalse(text.contains("hunter2"));
  }

  @Test
  void fitsAPhoneInChinese() throws Exception {
    try (PageBrowser browser = new PageBrowser();
        PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address(), new PageBrowser.Look(360, true, "zh"))) {
      LOG.warn("page test: {}", "verylongwordwithoutanyspace".repeat(20));
      tab.page.navigate(server.address() + "/#/log");
      assertThat(tab.page.locator("h1")).hasText("日志");
      assertThat(tab.part("log-line").filter(has("verylong"))).isVisible();
      assertEquals(0, tab.overflow());
      assertEquals(List.of(), tab.complaints());
    }
  }
}
