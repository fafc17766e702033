package dev.sluice.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import dev.sluice.testing.Doors;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Chromium without a window; one for all tests of a class. */
final class PageBrowser implements AutoCloseable {
  static final double LIMIT_MS = 20_000;
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final BrowserWatch watch;
  private final Playwright playwright;
  private final Browser browser;

  /** What a person's browser is like. */
  record Look(int width, boolean dark, String language) {
    static final Look USUAL = new Look(1440, false, "en");

    ColorScheme scheme() {
      return dark ? ColorScheme.DARK : ColorScheme.LIGHT;
    }

    int height() {
      return width < 500 ? 740 : 900;
    }

    String locale() {
      return language.equals("zh") ? "zh-CN" : "en-US";
    }
  }

  /**
   * @param more command line arguments besides the usual ones
   */
  PageBrowser(String... more) {
    this(new BrowserWatch(), more);
  }

  PageBrowser(BrowserWatch watch, String... more) {
    this.watch = watch;
    playwright = Playwright.create();
    PlaywrightAssertions.setDefaultAssertionTimeout(LIMIT_MS);
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(Stream.concat(ARGUMENTS.stream(), Stream.of(more)).toList())
                    .setTimeout(60_000));
  }

  /** Opens a page in a profile of its own, signed in where the server is one of the tests. */
  PageTab open(String address, Look look) {
    BrowserContext context = context(look);
    for (String cookie : Doors.signIn(URI.create(address))) {
      String[] parts = cookie.split("=", 2);
      context.addCookies(List.of(new Cookie(parts[0], parts[1]).setUrl(address)));
    }
    return new PageTab(context, address);
  }

  /** A profile in which nobody is signed in anywhere. */
  BrowserContext context(Look look) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(look.width(), look.height())
                .setColorScheme(look.scheme())
                .setLocale(look.locale())
                .setAcceptDownloads(true));
    context.setDefaultTimeout(LIMIT_MS);
    watch.alive();
    return context;
  }

  PageTab open(String address) {
    return open(address, Look.USUAL);
  }

  @Override
  public void close() {
    try (watch;
        playwright;
        browser) {
      watch.alive();
    }
  }
}
