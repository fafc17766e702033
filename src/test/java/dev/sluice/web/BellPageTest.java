package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bell of the page against a whole server. */
class BellPageTest {
  @TempDir Path folder;

  @Test
  void aBrokenSettingsFileRingsUntilItIsMended() throws Exception {
    try (PageBrowser browser = new PageBrowser();
        PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address())) {
      assertThat(tab.part("bell")).hasAttribute("aria-label", "No notices");
      Path settings = folder.resolve("sluice.yaml");
      String good = Files.readString(settings);
      Files.writeString(settings, good + "rooms: <b>none\n");
      assertThat(tab.part("bell")).hasAttribute("aria-label", "1 notice");
      assertThat(tab.part("toast")).containsText("The settings file has a mistake");
      tab.part("bell").click();
      Locator notice = tab.part("notice");
      assertThat(notice).containsText("the last good settings stay in force");
      assertThat(notice).containsText("Error");
      notice.getByTestId("dismiss").click();
      assertThat(notice).hasCount(0);
      assertThat(tab.part("notices")).containsText("all is well");
      tab.page.keyboard().press("Escape");

      try (PageTab chinese =
          browser.open(server.address(), new PageBrowser.Look(360, true, "zh"))) {
        assertThat(chinese.part("bell")).hasAttribute("aria-label", "没有通知");
        Files.writeString(settings, good + "# changed\nroms: []\n");
        assertThat(chinese.part("bell")).hasAttribute("aria-label", "1 条通知");
        chinese.part("bell").click();
        assertThat(chinese.part("notice")).containsText("设置文件有错");
        assertEquals(0, chinese.overflow());
        Files.writeString(settings, good);
        assertThat(chinese.part("notices")).containsText("一切正常");
        assertEquals(List.of(), chinese.complaints());
      }
      assertEquals(List.of(), tab.complaints());
    }
  }
}
