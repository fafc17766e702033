package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FfmpegLive;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.Frame;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Recorded;
import dev.sluice.testing.Script;
import dev.sluice.web.PageBrowser.Look;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Watching recordings in a real browser, from a whole server. */
class PlayPageTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final Path PICTURES =
      Path.of(System.getProperty("sluice.home", "."), "target", "screenshots");
  private static final String SPLIT = "recordings: {split: {every: 4s}}";

  /** As many times as fast as real time. */
  private static final double SPEED = 4;

  private static PageBrowser browser;

  @TempDir Path folder;

  @BeforeAll
  static void openBrowser() {
    browser = new PageBrowser();
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  /** A server with one finished recording of three files, 4 s each, and perhaps a rest. */
  private PageServer finished() throws Exception {
    return finished(SPLIT);
  }

  private PageServer finished(String recordings) throws Exception {
    try (LiveSource source = LiveSource.start()) {
      Broadcast broadcast =
          Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4))).speed(SPEED).onAir();
      source.on("/live.flv", Script.live(broadcast));
      String link = source.uri("/live.flv").toString();
      PageServer server =
          PageServer.start(folder, new PageServer.Room(link, "name: Cam", recordings));
      Recorded recorded = new Recorded(server.recordings());
      Await.until(
          LIMIT, () -> "three files: " + recorded.media(), () -> recorded.media().size() >= 3);
      broadcast.offAir();
      Await.until(
          LIMIT,
          () -> "the end: " + recorded.coverages(),
          () -> recorded.coverages().stream().anyMatch(c -> !c.get("ended_at").isNull()));
      return server;
    }
  }

  private static void watch(PageTab tab) {
    tab.go("broadcasts");
    tab.part("btn-play").click();
    plays(tab);
  }

  private static double seconds(PageTab tab) {
    return ((Number) tab.page.evaluate("document.querySelector('video').currentTime"))
        .doubleValue();
  }

  private static boolean shows(PageTab tab) {
    return (Boolean) tab.page.evaluate("document.querySelector('video')?.readyState >= 3");
  }

  private static void plays(PageTab tab) {
    Await.until(LIMIT, () -> "a picture " + tab.complaints(), () -> shows(tab));
    double before = seconds(tab);
    Await.until(LIMIT, () -> "it goes on from " + before, () -> seconds(tab) > before + 0.3);
  }

  private static void seek(PageTab tab, int ms) {
    tab.part("seek").fill(Integer.toString(ms));
    tab.page.evaluate("document.activeElement.blur()");
  }

  private static boolean isPaused(PageTab tab) {
    return (Boolean) tab.page.evaluate("document.querySelector('video').paused");
  }

  private static void pause(PageTab tab) {
    tab.page.keyboard().press(" ");
    Await.until(LIMIT, "a pause", () -> isPaused(tab));
  }

  @Test
  void aFinishedRecordingPlaysOverItsFiles() throws Exception {
    try (PageServer server = finished();
        PageTab tab = browser.open(server.address())) {
      watch(tab);
      assertEquals(320, tab.page.evaluate("document.querySelector('video').videoWidth"));
      assertThat(tab.part("picture")).hasText("320×180");
      seek(tab, 3200);
      Await.until(LIMIT, () -> "over the border, at " + seconds(tab), () -> seconds(tab) > 4.6);
      seek(tab, 10_000);
      plays(tab);
      double at = seconds(tab);
      assertTrue(at >= 9.5 && at < 11.5, "in the last file: " + at);
      assertThat(tab.page.locator(".player-time")).containsText("0:1");
      assertEquals(List.of(), tab.complaints());
    }
  }

  @Test
  void aRecordingWrittenAsMp4PlaysLikeAnyOther() throws Exception {
    try (PageServer server = finished("recordings: {container: mp4, split: {every: 4s}}");
        PageTab tab = browser.open(server.address())) {
      List<Path> files = new Recorded(server.recordings()).media();
      assertTrue(files.stream().allMatch(file -> file.toString().endsWith(".mp4")), "" + files);
      watch(tab);
      assertEquals(320, tab.page.evaluate("document.querySelector('video').videoWidth"));
      seek(tab, 3200);
      Await.until(LIMIT, () -> "over the border, at " + seconds(tab), () -> seconds(tab) > 4.6);
      seek(tab, 10_000);
      plays(tab);
      assertTrue(seconds(tab) >= 9.5, "in the last file: " + seconds(tab));
      tab.page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("player-mp4.png")));
      assertEquals(List.of(), tab.complaints());
    }
  }

  /** The file itself, as somebody opens it who has it from a target. */
  @Test
  void anMp4FilePlaysWithoutUs() throws Exception {
    try (PageServer server = finished("recordings: {container: mp4, split: {every: 4s}}");
        PageTab tab = browser.open(server.address())) {
      Path file = new Recorded(server.recordings()).media().get(0);
      Await.until(LIMIT, "it is plain", () -> isPlain(file));
      tab.page.navigate(file.toUri().toString());
      Await.until(LIMIT, "a picture", () -> shows(tab));
      assertEquals(320, tab.page.evaluate("document.querySelector('video').videoWidth"));
      double length =
          ((Number) tab.page.evaluate("document.querySelector('video').duration")).doubleValue();
      assertEquals(4, length, 0.2);
    }
  }

  /** Its tables stand behind its brand, which has 32 bytes. */
  private static boolean isPlain(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(40), 36, 4, StandardCharsets.US_ASCII).equals("moov");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aReloadKeepsThePlace() throws Exception {
    try (PageServer server = finished();
        PageTab tab = browser.open(server.address())) {
      watch(tab);
      pause(tab);
      seek(tab, 6000);
      Await.until(LIMIT, () -> "at " + seconds(tab), () -> Math.abs(seconds(tab) - 6) < 0.2);
      tab.page.reload();
      Await.until(LIMIT, () -> "a picture " + tab.complaints(), () -> shows(tab));
      double at = seconds(tab);
      assertTrue(at >= 5.5 && at < 7.5, at + " s");
      pause(tab);
      double before = seconds(tab);
      tab.page.keyboard().press("ArrowLeft");
      Await.until(LIMIT, () -> "back from " + before, () -> seconds(tab) < before - 4);
      tab.page.keyboard().press(" ");
      Await.until(LIMIT, "it plays", () -> !isPaused(tab));
      assertEquals(List.of(), tab.complaints());
    }
  }

  @Test
  void aRunningRecordingIsThreeSecondsBehindAtMost() throws Exception {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(20));
    try (FfmpegLive live = FfmpegLive.start(sample);
        PageServer server =
            PageServer.start(folder, new PageServer.Room(live.uri().toString(), "name: Cam"));
        PageTab tab = browser.open(server.address())) {
      Recorded recorded = new Recorded(server.recordings());
      Await.until(LIMIT, "four seconds are written", () -> written(recorded) > 4000);
      watch(tab);
      double worst = 0;
      long until = System.nanoTime() + Duration.ofSeconds(12).toNanos();
      double begin = seconds(tab);
      while (System.nanoTime() < until) {
        // the player first: what is written meanwhile counts against it
        double shown = seconds(tab);
        worst = Math.max(worst, written(recorded) / 1000.0 - shown);
        tab.page.waitForTimeout(200);
      }
      assertTrue(seconds(tab) - begin > 9, "it did not stand still: " + (seconds(tab) - begin));
      assertTrue(worst <= 3.0, worst + " s behind");
      System.getLogger("play").log(System.Logger.Level.INFO, "at most {0} s behind", worst);
      assertThat(tab.part("to-live")).hasAttribute("aria-pressed", "true");
      seek(tab, 2000);
      assertThat(tab.part("to-live")).hasAttribute("aria-pressed", "false");
      plays(tab);
      assertTrue(seconds(tab) < 8, "it stays where it was sent: " + seconds(tab));
      tab.part("to-live").click();
      assertThat(tab.part("to-live")).hasAttribute("aria-pressed", "true");
      assertEquals(List.of(), tab.complaints());
    }
  }

  /** Time of the newest frame in the part, milliseconds. */
  private static long written(Recorded recorded) {
    return recorded.framesInParts().stream().mapToLong(Frame::timestamp).max().orElse(0);
  }

  @Test
  void aBrowserThatCannotDecodeSaysSoAndOffersTheFile() throws Exception {
    try (PageServer server = finished();
        PageTab tab = browser.open(server.address())) {
      tab.page.addInitScript(
          """
          MediaSource.isTypeSupported = () => false;
          HTMLMediaElement.prototype.canPlayType = () => '';
          """);
      tab.page.reload();
      tab.page.evaluate("location.hash = '#/play?recording=1'");
      assertThat(tab.page.getByRole(AriaRole.ALERT)).containsText("This browser cannot show");
      Download download = tab.page.waitForDownload(() -> tab.part("player-download").click());
      assertTrue(download.suggestedFilename().endsWith(".flv"), download.suggestedFilename());
    }
  }

  @Test
  void whatIsGoneIsSaid() throws Exception {
    try (PageServer server = finished();
        PageTab tab = browser.open(server.address())) {
      for (Path file : new Recorded(server.recordings()).media()) {
        Files.delete(file);
      }
      tab.page.evaluate("location.hash = '#/play?recording=1'");
      assertThat(tab.page.getByRole(AriaRole.ALERT)).containsText("no longer in its folder");
    }
  }

  @ParameterizedTest
  @CsvSource({"360,false,zh", "1440,true,en"})
  void looks(int width, boolean dark, String language) throws Exception {
    try (PageServer server = finished();
        PageTab tab = browser.open(server.address(), new Look(width, dark, language))) {
      watch(tab);
      pause(tab);
      assertEquals(0, tab.overflow());
      Files.createDirectories(PICTURES);
      tab.page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(PICTURES.resolve("play-" + width + "-" + language + ".png")));
      assertEquals(List.of(), tab.complaints());
    }
  }
}
