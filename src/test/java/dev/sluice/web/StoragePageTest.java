package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.sluice.testing.StoredRecordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deleting and what goes with it, in a real browser against a whole server. */
class StoragePageTest {
  private static final Instant YESTERDAY = Instant.now().minus(Duration.ofDays(1));
  private static final Path PICTURES =
      Path.of(System.getProperty("sluice.home", "."), "target", "screenshots");
  private static final double SWEPT_WITHIN_MS = 60_000;
  private static PageBrowser browser;

  @TempDir private Path folder;

  @BeforeAll
  static void openBrowser() {
    browser = new PageBrowser();
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  private List<String> files() throws IOException {
    Path root = folder.resolve("recordings");
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static Locator row(PageTab tab, String name) {
    return tab.part("recording-row").filter(new Locator.FilterOptions().setHasText(name));
  }

  @Test
  void aDeletedRecordingGoesAndUndoBringsItBack() throws Exception {
    try (StoredRecordings past = new StoredRecordings(folder, folder.resolve("recordings"))) {
      past.add("Cam 1", YESTERDAY, 5000);
      past.add("Cam 2", YESTERDAY.plusSeconds(60), 7000);
    }
    List<String> before = files();
    try (PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address())) {
      tab.go("broadcasts");
      assertThat(tab.part("recording-row")).hasCount(2);
      tab.button(row(tab, "Cam 1"), "trash").click();
      assertThat(row(tab, "Cam 1")).hasCount(0);
      assertThat(tab.part("toast")).containsText("A recording of “Cam 1” is in the trash");
      assertTrue(files().stream().anyMatch(file -> file.startsWith(".sluice/trash/1/")));
      tab.part("btn-undo").click();
      assertThat(row(tab, "Cam 1")).hasCount(1);
      assertEquals(before, files());
      assertEquals(List.of(), tab.complaints());
    }
  }

  @Test
  void whatIsProtectedIsNotDeleted() throws Exception {
    try (StoredRecordings past = new StoredRecordings(folder, folder.resolve("recordings"))) {
      past.add("Cam 1", YESTERDAY, 5000);
    }
    try (PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address())) {
      tab.go("broadcasts");
      Locator protect = tab.button(row(tab, "Cam 1"), "protect");
      assertThat(protect).hasAttribute("aria-pressed", "false");
      protect.click();
      assertThat(protect).hasAttribute("aria-pressed", "true");
      tab.page.reload();
      assertThat(protect).hasAttribute("aria-pressed", "true");
      tab.button(row(tab, "Cam 1"), "trash").click();
      assertThat(tab.part("toast")).containsText("It is protected. End the protection first.");
      assertThat(row(tab, "Cam 1")).hasCount(1);
      protect.click();
      assertThat(protect).hasAttribute("aria-pressed", "false");
      tab.button(row(tab, "Cam 1"), "trash").click();
      assertThat(row(tab, "Cam 1")).hasCount(0);
    }
  }

  @Test
  void whatIsNotDeliveredIsAskedAbout() throws Exception {
    try (StoredRecordings past = new StoredRecordings(folder, folder.resolve("recordings"))) {
      past.add("Cam 1", YESTERDAY, 5000, "gone");
    }
    try (PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address())) {
      tab.go("broadcasts");
      tab.button(row(tab, "Cam 1"), "trash").click();
      assertThat(tab.part("ask")).containsText("it is not delivered to gone");
      tab.page.keyboard().press("Escape");
      assertThat(tab.part("ask")).hasCount(0);
      assertThat(row(tab, "Cam 1")).hasCount(1);
      assertThat(tab.button(row(tab, "Cam 1"), "trash")).isFocused();
      tab.button(row(tab, "Cam 1"), "trash").click();
      tab.part("btn-yes").click();
      assertThat(row(tab, "Cam 1")).hasCount(0);
      assertTrue(files().stream().allMatch(file -> file.startsWith(".sluice/")));
    }
  }

  /** Adds to the settings file, and waits until the server has read it. */
  private void settings(PageTab tab, String more) throws IOException {
    Path file = folder.resolve("sluice.yaml");
    Files.writeString(file, Files.readString(file) + more);
    Locator said = tab.part("toast").filter(new Locator.FilterOptions().setHasText("storage.keep"));
    assertThat(said).isVisible();
  }

  @Test
  void theTrashGivesBackAndForgetsForGood() throws Exception {
    try (StoredRecordings past = new StoredRecordings(folder, folder.resolve("recordings"))) {
      past.add("Cam 1", YESTERDAY, 5000);
      past.add("Cam 2", YESTERDAY.plusSeconds(60), 7_000_000);
    }
    try (PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address())) {
      tab.go("broadcasts");
      tab.button(row(tab, "Cam 1"), "trash").click();
      tab.button(row(tab, "Cam 2"), "trash").click();
      assertThat(tab.part("recording-row")).hasCount(0);
      tab.go("storage");
      assertThat(tab.part("disk")).containsText("recordings 0 B");
      assertThat(tab.part("disk")).containsText("trash 7.01 MB");
      Locator rows = tab.part("trash-row");
      assertThat(rows).hasCount(2);
      Locator one = rows.filter(new Locator.FilterOptions().setHasText("Cam 1"));
      one.getByTestId("btn-restore").click();
      assertThat(rows).hasCount(1);
      rows.getByTestId("btn-remove").click();
      assertThat(tab.part("ask")).containsText("7 MB are freed. It cannot be brought back.");
      tab.part("btn-yes").click();
      assertThat(rows).hasCount(0);
      assertThat(tab.part("trash")).containsText("The trash is empty.");
      assertTrue(files().stream().noneMatch(file -> file.startsWith(".sluice/trash")));
      assertThat(tab.part("disk").locator("td a")).hasText("Cam 1");
      tab.go("broadcasts");
      assertThat(tab.part("recording-row")).hasCount(1);
      assertEquals(List.of(), tab.complaints());
    }
  }

  @Test
  void theWholeTrashIsEmptiedAfterOneQuestion() throws Exception {
    try (StoredRecordings past = new StoredRecordings(folder, folder.resolve("recordings"))) {
      for (int i = 0; i < 3; i++) {
        past.add("Cam " + i, YESTERDAY.plusSeconds(60 * i), 5_000_000);
      }
    }
    try (PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address())) {
      tab.go("broadcasts");
      for (int i = 0; i < 3; i++) {
        tab.button(row(tab, "Cam " + i), "trash").click();
        assertThat(row(tab, "Cam " + i)).hasCount(0);
      }
      tab.go("storage");
      tab.part("btn-empty").click();
      assertThat(tab.part("ask")).containsText("Recordings in it: 3. 15 MB are freed");
      tab.page.keyboard().press("Escape");
      assertThat(tab.part("trash-row")).hasCount(3);
      tab.part("btn-empty").click();
      tab.part("btn-yes").click();
      assertThat(tab.part("trash-row")).hasCount(0);
      assertTrue(files().stream().noneMatch(file -> file.endsWith(".flv")));
      assertEquals(List.of(), tab.complaints());
    }
  }

  @Test
  void whatGoesNextIsShownBeforeItGoesAndWhyTheRestStays() throws Exception {
    Instant longAgo = Instant.now().minus(Duration.ofDays(30));
    try (StoredRecordings past = new StoredRecordings(folder, folder.resolve("recordings"))) {
      past.add("Old and guarded", longAgo, 5000);
      past.add("Old and unsent", longAgo.plusSeconds(60), 5000, "gone");
      past.add("Old", longAgo.plusSeconds(120), 5000);
      past.add("Young", YESTERDAY, 5000);
    }
    try (PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address())) {
      tab.go("storage");
      assertThat(tab.part("next")).containsText("Nothing goes by itself.");
      tab.go("broadcasts");
      tab.button(row(tab, "Old and guarded"), "protect").click();
      assertThat(tab.button(row(tab, "Old and guarded"), "protect"))
          .hasAttribute("aria-pressed", "true");
      settings(tab, "storage:\n  keep:\n    for: 7d\n");
      tab.go("storage");
      Locator going = tab.part("going");
      assertThat(going).hasCount(4);
      assertThat(going.nth(2)).containsText("Goes, by its age: now");
      assertThat(going)
          .hasCount(3, new LocatorAssertions.HasCountOptions().setTimeout(SWEPT_WITHIN_MS));
      assertThat(going.nth(0)).containsText("it is protected");
      assertThat(going.nth(1)).containsText("it is not delivered to gone");
      assertThat(going.nth(2)).containsText("Young");
      assertThat(going.nth(2)).containsText("Goes, by its age:");
      assertThat(tab.part("trash-row")).hasCount(1);
      assertThat(tab.part("trash-row")).containsText("deleted by its age");
      assertEquals(List.of(), tab.complaints());
    }
  }

  @ParameterizedTest
  @CsvSource({"360, true, zh", "360, false, en", "768, false, zh", "1440, true, en"})
  void looksRightOnEveryScreen(int width, boolean dark, String language) throws Exception {
    Instant longAgo = Instant.now().minus(Duration.ofDays(2));
    try (StoredRecordings past = new StoredRecordings(folder, folder.resolve("recordings"))) {
      for (int i = 0; i < 12; i++) {
        String name = i == 3 ? "很长的名字Verylongnamewithoutanyspace".repeat(4) : "Cam " + i;
        String[] targets = i < 3 ? new String[] {"gone"} : new String[0];
        past.add(name, longAgo.plusSeconds(60 * i), 100_000 * (12 - i), targets);
      }
    }
    try (PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address(), new PageBrowser.Look(width, dark, language))) {
      settings(tab, "storage:\n  keep:\n    for: 3d\n    size: 10MB\n");
      tab.go("broadcasts");
      Locator rows = tab.part("recording-row");
      tab.button(rows.nth(0), "trash").click();
      assertThat(rows).hasCount(11);
      tab.go("storage");
      assertThat(tab.part("trash-row")).hasCount(1);
      assertThat(tab.part("going").first()).isVisible();
      assertTrue(tab.overflow() <= 0, "wider than the window by " + tab.overflow());
      tab.page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(PICTURES.resolve("storage-" + width + "-" + dark + "-" + language + ".png"))
              .setFullPage(true));
      assertEquals(List.of(), tab.complaints());
    }
  }
}
