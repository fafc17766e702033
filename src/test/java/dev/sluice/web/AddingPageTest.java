package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import dev.sluice.testing.Await;
import dev.sluice.web.PageBrowser.Look;
import java.nio.file.Path;
import java.time.Duration;
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

/** Every way to bring rooms onto the page, in a real browser, against a whole scene.server. */
class AddingPageTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
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
    scene =
        PageScene.open(
            browser,
            folder,
            "",
            scene ->
                new PageServer.Room[] {
                  new PageServer.Room(scene.link("/watched.flv"), "name: Cam 1")
                });
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private Locator found() {
    return scene.tab.part("add-room");
  }

  private static void isLive(Locator room, String live) {
    assertThat(room).hasAttribute("data-live", live);
  }

  @Test
  void whatIsTypedIsResolvedAndNothingIsAdded() {
    scene.broadcast.onAir();
    scene.tab.part("add-box").pressSequentially("look: " + scene.link("/live.flv"));
    isLive(found(), "true");
    assertThat(found()).containsText("Live now");
    assertThat(found()).containsText("320×180 H.264 + AAC");
    scene.tab.part("add-box").fill(scene.link("/off.flv"));
    isLive(found(), "false");
    assertThat(found()).containsText("Off air");
    scene.tab.part("add-box").fill("");
    assertThat(scene.tab.part("add-preview")).isEmpty();
    assertThat(scene.tab.part("room-card")).hasCount(1);
    Await.until(LIMIT, "the look has ended", () -> scene.source.openNow("/live.flv") == 0);
  }

  @Test
  void whatIsWatchedIsSaidAndShown() {
    scene.tab.paste("8.99 看看【Cam 1】的直播 " + scene.link("/watched.flv") + "，快来！");
    assertThat(found()).hasAttribute("data-watched", "record");
    assertThat(found()).containsText("Watched already");
    scene.tab.part("add-jump").click();
    assertThat(scene.tab.card("Cam 1")).isFocused();
  }

  @Test
  void aBareNumberSaysWhatIsMissing() {
    scene.tab.part("add-box").fill("12345");
    Locator failed = scene.tab.part("add-found").locator("li.failed");
    assertThat(failed).containsText("12345");
    assertThat(failed).containsText("This is no http(s) address");
    scene.tab.page.keyboard().press("Enter");
    assertThat(scene.tab.part("add-results")).containsText("This is no http(s) address");
    assertThat(scene.tab.part("add-box")).hasValue("12345");
  }

  @Test
  void fiftyLinesAreAddedAndTheWrongOnesStay() {
    List<String> lines =
        IntStream.range(0, 46)
            .mapToObj(i -> scene.link("/room" + i + ".flv"))
            .collect(Collectors.toList());
    lines.addAll(
        List.of("12345", lines.get(3), "http://host:99999/x.flv", scene.link("/watched.flv")));
    scene.tab.paste(String.join("\n", lines));
    assertThat(scene.tab.part("add-preview"))
        .containsText("46 new rooms, 1 watched already, 1 named twice, 2 not understood");
    scene.tab.page.keyboard().press("Enter");
    assertThat(scene.tab.part("room-card")).hasCount(47);
    assertThat(scene.tab.part("add-box")).hasValue("12345\nhttp://host:99999/x.flv");
    assertThat(scene.tab.part("add-results").locator("li.failed")).hasCount(2);
    assertThat(scene.tab.part("add-results")).containsText("Already watched as Cam 1");
    assertThat(scene.tab.part("add-box")).isFocused();
  }

  @Test
  void aTextFileCanBeDropped() {
    drop("rooms.txt", "text/plain", scene.link("/off.flv") + "\n# " + scene.link("/b.flv") + "\n");
    assertThat(scene.tab.part("add-box"))
        .hasValue(scene.link("/off.flv") + "\n# " + scene.link("/b.flv"));
    assertThat(found()).hasCount(2);
    assertThat(scene.tab.part("add-box")).isFocused();
  }

  @Test
  void whatIsNoListOfLinksIsSaidAndNotTaken() {
    drop("film.mkv", "video/x-matroska", "\0\1\2");
    assertThat(scene.tab.page.locator("sluice-toasts")).containsText("“film.mkv” is no text file");
    drop("all.txt", "text/plain", "a".repeat(60_001));
    assertThat(scene.tab.page.locator("sluice-toasts")).containsText("“all.txt” is too large");
    assertThat(scene.tab.part("add-box")).hasValue("");
  }

  private void drop(String name, String type, String text) {
    scene.tab.page.evaluate(
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
    scene.broadcast.onAir();
    scene.tab.page.locator("body").press("a");
    assertThat(scene.tab.part("add-box")).isFocused();
    scene.tab.page.keyboard().type(scene.link("/live.flv"));
    isLive(found(), "true");
    scene.tab.page.keyboard().press("Enter");
    assertThat(scene.tab.part("room-card")).hasCount(2);
    assertThat(scene.tab.part("add-box")).hasValue("");
    scene.tab.page.keyboard().press("Escape");
    assertThat(scene.tab.part("add-box")).not().isFocused();
  }

  @Test
  void anAppSharesATextByTheAddress() {
    scene.tab.page.navigate(
        scene.server.address() + "/?title=Cam&text=come%20and%20see&url=" + scene.link("/off.flv"));
    assertThat(scene.tab.part("add-box")).hasValue("Cam come and see " + scene.link("/off.flv"));
    isLive(found(), "false");
    assertThat(scene.tab.page).not().hasURL(Pattern.compile("text="));
    scene.tab.page.reload();
    assertThat(scene.tab.part("add-box")).hasValue("");
  }

  @Test
  void thePageCanBeInstalled() {
    Object ready = scene.tab.page.evaluate("navigator.serviceWorker.ready.then((r) => r.scope)");
    assertEquals(scene.server.address() + "/", ready);
    Object broken =
        scene.tab.page.evaluate(
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
    scene.tab.part("add-box").fill(bad + "\n" + scene.link("/") + "<script>alert(4)</script>.flv");
    assertThat(scene.tab.part("add-found").locator("li")).hasCount(2);
    assertThat(scene.tab.part("add-found")).containsText("<img src=x onerror=alert(1)>");
    assertEquals(0, scene.tab.part("add-found").locator("img, script").count());
  }

  @Test
  void itFitsAPhone() {
    try (PageTab phone = browser.open(scene.server.address(), new Look(360, true, "zh"))) {
      phone
          .part("add-box")
          .fill(scene.link("/off.flv") + "\n" + scene.link("/watched.flv") + "\n12345");
      assertThat(phone.part("add-room")).hasCount(2);
      assertThat(phone.part("add-preview")).containsText("1 个新房间");
      assertTrue(phone.overflow() <= 0, "no wider than the window");
      assertEquals(List.of(), phone.complaints());
    }
  }
}
