package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A browser that hangs fails its test and no more. */
class BrowserWatchTest {

  @Test
  void waitingForAStoppedBrowserEnds() {
    assertTimeoutPreemptively(Duration.ofMinutes(1), BrowserWatchTest::stopAndAsk);
  }

  private static void stopAndAsk() {
    PageBrowser browser = new PageBrowser(new BrowserWatch(Duration.ofSeconds(8)));
    BrowserContext context = browser.context(PageBrowser.Look.USUAL);
    Page page = context.newPage();
    page.navigate("about:blank");
    ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").contains("chromium"))
        .forEach(BrowserWatchTest::stop);
    assertThrows(PlaywrightException.class, () -> page.evaluate("1 + 1"));
    assertThrows(PlaywrightException.class, browser::close);
  }

  private static void stop(ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
          .inheritIO()
          .start()
          .waitFor();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
