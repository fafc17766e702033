package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
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

/** Deleting and what goes with it, in a real browser against a whole server. */
class StoragePageTest {
  private static final Instant YESTERDAY = Instant.now().minus(Duration.ofDays(1));
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
    try (StoredRecordings past = new StoredRecordings(folder)) {
      past.add("Cam 1", YESTERDAY, 5000);
      past.add("Cam 2", YESTERDAY.plusSeconds(60), 7000);
    }
    List<String> before = files();
    try (PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address())) {
      tab.go("recordings");
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
    try (StoredRecordings past = new StoredRecordings(folder)) {
      past.add("Cam 1", YESTERDAY, 5000);
    }
    try (PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address())) {
      tab.go("recordings");
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
    try (StoredRecordings past = new StoredRecordings(folder)) {
      past.add("Cam 1", YESTERDAY, 5000, "gone");
    }
    try (PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address())) {
      tab.go("recordings");
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
}
