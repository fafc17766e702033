package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import dev.sluice.bus.Notice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The place of health, of a whole server. */
class HealthPageTest {
  @TempDir Path folder;

  @Test
  void saysWhatIsWrongFirstAndThatAllIsWell() throws Exception {
    try (PageBrowser browser = new PageBrowser();
        PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address())) {
      tab.part("bell").click();
      tab.part("notices").getByText("Health").click();
      assertThat(tab.part("health-all")).containsText("All is well");
      assertThat(tab.part("health-check")).hasCount(5);
      Path settings = folder.resolve("sluice.yaml");
      String good = Files.readString(settings);
      Files.writeString(settings, good + "roms: []\n");
      assertThat(tab.part("bell")).hasAttribute("aria-label", "1 notice");
      tab.part("health-again").click();
      Locator first = tab.part("health-check").first();
      assertThat(first).hasAttribute("data-level", Notice.Level.ERROR.name().toLowerCase());
      assertThat(first).containsText("The settings file has a mistake");
      assertThat(tab.part("health-all")).containsText("does not work");
      assertEquals(List.of(), tab.complaints());
    }
  }

  @Test
  void fitsAPhoneInChinese() throws Exception {
    try (PageBrowser browser = new PageBrowser();
        PageServer server = PageServer.start(folder);
        PageTab tab = browser.open(server.address(), new PageBrowser.Look(360, true, "zh"))) {
      tab.page.navigate(server.address() + "/#/health");
      assertThat(tab.page.locator("h1")).hasText("健康状况");
      assertThat(tab.part("health-all")).containsText("一切正常");
      assertEquals(0, tab.overflow());
      assertEquals(List.of(), tab.complaints());
    }
  }
}
