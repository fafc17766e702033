package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.Doors;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.NginxProxy;
import dev.sluice.testing.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page under a sub-path of another name, with TLS, behind the nginx of our recipe. */
class BehindProxyTest {
  private static final String PUBLIC =
      "  port: 0\n  names: [nas.example]\n  trusted_proxies: [127.0.0.1]\n";
  private static final String NAME = "100% 房间 #1;a+b&c";

  @TempDir Path folder;
  @TempDir Path nginxFolder;

  @Test
  void everythingWorksUnderASubPath() throws Exception {
    Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4)));
    try (PageBrowser browser =
            new PageBrowser(
                "--ignore-certificate-errors", "--host-resolver-rules=MAP nas.example 127.0.0.1");
        LiveSource source = LiveSource.start();
        PageServer server = start(source);
        NginxProxy proxy = NginxProxy.start(nginxFolder, URI.create(server.address()).getPort())) {
      source.on("/live.flv", Script.live(broadcast));
      broadcast.onAir();
      String address = "https://nas.example:" + proxy.port() + "/sluice";
      try (BrowserContext context = browser.context(PageBrowser.Look.USUAL)) {
        signIn(context, address);
        PageTab tab = new PageTab(context, address);
        assertThat(tab.page).hasURL(Pattern.compile(":" + proxy.port() + "/sluice/(#.*)?$"));
        Locator card = tab.card(NAME);
        assertThat(card).hasAttribute("data-state", "recording");
        tab.button(card, "stop").click();
        assertThat(card).hasAttribute("data-state", "live");
        tab.go("broadcasts");
        Download download =
            tab.page.waitForDownload(
                () -> tab.part("recording-row").locator("a.file").first().click());
        assertTrue(download.suggestedFilename().startsWith(NAME), download.suggestedFilename());
        assertArrayEquals(recorded(server), Files.readAllBytes(download.path()));
        assertEquals(List.of(), tab.complaints());
        assertEquals("", proxy.errors());
      }
    }
  }

  /** Through the proxy, whose word that it speaks TLS keeps the cookies from ever going without. */
  private static void signIn(BrowserContext context, String address) {
    try (Page page = context.newPage()) {
      page.navigate(address);
      Object status =
          page.evaluate(
              """
              async (password) => (await fetch('api/v1/session', {
                method: 'POST',
                headers: { 'content-type': 'application/json' },
                body: JSON.stringify({ password }),
              })).status
              """,
              Doors.PASSWORD);
      assertEquals(2, ((Number) status).intValue() / 100);
    }
    assertFalse(context.cookies().isEmpty());
    context.cookies().forEach(cookie -> assertTrue(cookie.secure, cookie.name));
  }

  private PageServer start(LiveSource source) throws Exception {
    String link = source.uri("/live.flv").toString();
    PageServer server =
        PageServer.start(
            folder,
            new PageServer.Room(
                link, "name: \"" + NAME + '"', "recordings: {name: \"{name} {start:HH.mm.ss}\"}"));
    Path settings = folder.resolve("sluice.yaml");
    String text = Files.readString(settings);
    Files.writeString(settings, text.replace("  port: 0\n", PUBLIC));
    int port = URI.create(server.address()).getPort();
    Await.until(Duration.ofSeconds(20), "the name is ours", () -> answersTo("nas.example", port));
    return server;
  }

  private static boolean answersTo(String name, int port) {
    try {
      String request = "GET / HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n";
      return RawHttp.status(RawHttp.exchange(port, request)) == 200;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] recorded(PageServer server) throws Exception {
    try (Stream<Path> all = Files.walk(server.recordings())) {
      Path file = all.filter(each -> each.toString().endsWith(".flv")).findFirst().orElseThrow();
      return Files.readAllBytes(file);
    }
  }
}
