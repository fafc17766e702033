package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Script;
import dev.sluice.web.PageBrowser.Look;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to bring rooms onto the page, in a real browser, against a whole server. */
class AddingPageTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static PageBrowser browser;

  @TempDir Path folder;
  private LiveSource source;
  private Broadcast broadcast;
  private PageServer server;
  private PageTab tab;

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
    source = LiveSource.start();
    broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4)));
    source.on("/live.flv", Script.live(broadcast));
    source.on("/off.flv", Script.status(404));
    server = PageServer.start(folder, new PageServer.Room(link("/watched.flv"), "name: Cam 1"));
    tab = browser.open(server.address());
  }

  @AfterEach
  void close() {
    // the browser itself notes every answer of 400 and above
    List<String> complaints = new ArrayList<>(tab.complaints());
    complaints.removeIf(text -> text.contains("status of 422"));
    try {
      assertEquals(List.of(), complaints);
      tab.close();
    } finally {
      server.close();
      source.close();
    }
  }

  private String link(String path) {
    return source.uri(path).toString();
  }

  private Locator found() {
    return tab.part("add-room");
  }

  private static void isLive(Locator room, String live) {
    assertThat(room).hasAttribute("data-live", live);
  }

  @Test
  void whatIsTypedIsResolvedAndNothingIsAdded() {
    broadcast.onAir();
    tab.part("add-box").pressSequentially("look: " + link("/live.flv"));
    isLive(found(), "true");
    assertThat(found()).containsText("Live now");
    assertThat(found()).containsText("320×180 H.264 + AAC");
    tab.part("add-box").fill(link("/off.flv"));
    isLive(found(), "false");
    assertThat(found()).containsText("Off air");
    tab.part("add-box").fill("");
    assertThat(tab.part("add-preview")).isEmpty();
    assertThat(tab.part("room-card")).hasCount(1);
    Await.until(LIMIT, "the look has ended", () -> source.openNow("/live.flv") == 0);
  }

  @Test
  void whatIsWatchedIsSaidAndShown() {
    tab.paste("8.99 看看【Cam 1】的直播 " + link("/watched.flv") + "，快来！");
    assertThat(found()).hasAttribute("data-watched", "record");
    assertThat(found()).containsText("Watched already");
    tab.part("add-jump").click();
    assertThat(tab.card("Cam 1")).isFocused();
  }

  @Test
  void aBareNumberSaysWhatIsMissing() {
    tab.part("add-box").fill("12345");
    Locator failed = tab.part("add-found").locator("li.failed");
    assertThat(failed).containsText("12345");
    assertThat(failed).containsText("This is no http(s) address");
    tab.page.keyboard().press("Enter");
    assertThat(tab.part("add-results")).containsText("This is no http(s) address");
    assertThat(tab.part("add-box")).hasValue("12345");
  }

  @Test
  void fiftyLinesAreAddedAndTheWrongOnesStay() {
    List<String> lines =
        IntStream.range(0, 46)
            .mapToObj(i -> link("/room" + i + ".flv"))
            .collect(Collectors.toList());
    lines.addAll(List.of("12345", lines.get(3), "http://host:99999/x.flv", link("/watched.flv")));
    tab.paste(String.join("\n", lines));
    assertThat(tab.part("add-preview"))
        .containsText("46 new rooms, 1 watched already, 1 named twice, 2 not understood");
    tab.page.keyboard().press("Enter");
    assertThat(tab.part("room-card")).hasCount(47);
    assertThat(tab.part("add-box")).hasValue("12345\nhttp://host:99999/x.flv");
    assertThat(tab.part("add-results").locator("li.failed")).hasCount(2);
    assertThat(tab.part("add-results")).containsText("Already watched as Cam 1");
    assertThat(tab.part("add-box")).isFocused();
  }

  @Test
  void aTextFileCanBeDropped() {
    drop("rooms.txt", "text/plain", link("/off.flv") + "\n# " + link("/b.flv") + "\n");
    assertThat(tab.part("add-box")).hasValue(link("/off.flv") + "\n# " + link("/b.flv"));
    assertThat(found()).hasCount(2);
    assertThat(tab.part("add-box")).isFocused();
  }

  @Test
  void whatIsNoListOfLinksIsSaidAndNotTaken() {
    drop("film.mkv", "video/x-matroska", "\0\1\2");
    assertThat(tab.page.locator("sluice-toasts")).containsText("“film.mkv” is no text file");
    drop("all.txt", "text/plain", "a".repeat(60_001));
    assertThat(tab.page.locator("sluice-toasts")).containsText("“all.txt” is too large");
    assertThat(tab.part("add-box")).hasValue("");
  }

  private void drop(String name, String type, String text) {
    tab.page.evaluate(
        """
        async ([name, type, text]) => {
          await navigator.serviceWorker.ready;
          const data = new DataTransfer();
          data.items.add(new File([text], name, { type }));
          document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
        }
        """,
        List.of(name, type, text));
  }

  @Test
  void everythingGoesByKeysAlone() {
    broadcast.onAir();
    tab.page.locator("body").press("a");
    assertThat(tab.part("add-box")).isFocused();
    tab.page.keyboard().type(link("/live.flv"));
    isLive(found(), "true");
    tab.page.keyboard().press("Enter");
    assertThat(tab.part("room-card")).hasCount(2);
    assertThat(tab.part("add-box")).hasValue("");
    tab.page.keyboard().press("Escape");
    assertThat(tab.part("add-box")).not().isFocused();
  }

  @Test
  void anAppSharesATextByTheAddress() {
    tab.page.navigate(
        server.address() + "/?title=Cam&text=come%20and%20see&url=" + link("/off.flv"));
    assertThat(tab.part("add-box")).hasValue("Cam come and see " + link("/off.flv"));
    isLive(found(), "false");
    assertThat(tab.page).not().hasURL(Pattern.compile("text="));
    tab.page.reload();
    assertThat(tab.part("add-box")).hasValue("");
  }

  @Test
  void thePageCanBeInstalled() {
    Object ready = tab.page.evaluate("navigator.serviceWorker.ready.then((r) => r.scope)");
    assertEquals(server.address() + "/", ready);
    Object broken =
        tab.page.evaluate(
            """
            async () => {
              const at = document.querySelector('link[rel=manifest]').href;
              const manifest = await (await fetch(at)).json();
              const sizes = manifest.icons.filter((icon) => icon.type === 'image/png').map(async (icon) => {
                const image = new Image();
                image.src = new URL(icon.src, at).href;
                await image.decode();
                return `${image.naturalWidth}x${image.naturalHeight}` === icon.sizes ? '' : icon.src;
              });
              return (await Promise.all(sizes)).join('');
            }
            """);
    assertEquals("", broken);
  }

  @Test
  void hostileTextStaysText() {
    String bad = "<img src=x onerror=alert(1)> javascript:alert(2) \u202e${alert(3)}";
    tab.part("add-box").fill(bad + "\n" + link("/") + "<script>alert(4)</script>.flv");
    assertThat(tab.part("add-found").locator("li")).hasCount(2);
    assertThat(tab.part("add-found")).containsText("<img src=x onerror=alert(1)>");
    assertEquals(0, tab.part("add-found").locator("img, script").count());
  }

  @Test
  void itFitsAPhone() {
    try (PageTab phone = browser.open(server.address(), new Look(360, true, "zh"))) {
      phone.part("add-box").fill(link("/off.flv") + "\n" + link("/watched.flv") + "\n12345");
      assertThat(phone.part("add-room")).hasCount(2);
      assertThat(phone.part("add-preview")).containsText("1 个新房间");
      assertTrue(phone.overflow() <= 0, "no wider than the window");
      assertEquals(List.of(), phone.complaints());
    }
  }
}
