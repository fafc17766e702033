package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.Notice;
import dev.sluice.bus.NoticeList;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomState;
import dev.sluice.web.HealthReport.Facts;
import dev.sluice.web.HealthReport.Finding;
import dev.sluice.web.HealthReport.Folder;
import dev.sluice.web.HealthReport.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HealthReportTest {
  private static final Folder GOOD = new Folder(Path.of("/nas"), "", 12, 3_500_000_000L);
  private static final Facts WELL =
      new Facts(
          Optional.of(3L),
          List.of(GOOD),
          Optional.of(List.of(FakeSiblings.room("http://a", RoomState.RECORDING))),
          0,
          Optional.of(new NoticeList(List.of())),
          2,
          10,
          100);

  private static Map<String, Level> levels(Facts facts) {
    Map<String, Level> levels = new TreeMap<>();
    HealthReport.of(facts).forEach(each -> levels.put(each.key(), each.level()));
    return levels;
  }

  private static Facts sick() {
    Reason reason = Reason.of("disk.low", "root", "/nas", "/nas is nearly full");
    NoticeList.Shown low =
        new NoticeList.Shown("a", Notice.Level.WARNING, Optional.empty(), reason, Instant.EPOCH);
    NoticeList.Shown news =
        new NoticeList.Shown("b", Notice.Level.INFO, Optional.empty(), reason, Instant.EPOCH);
    return new Facts(
        Optional.empty(),
        List.of(new Folder(Path.of("/nas"), "read only", -1, -1)),
        Optional.of(List.of(FakeSiblings.room("http://a", RoomState.REFUSED))),
        7,
        Optional.of(new NoticeList(List.of(low, news))),
        5000,
        10,
        100);
  }

  private static Facts slow() {
    return new Facts(
        Optional.of(4000L),
        List.of(new Folder(Path.of("/nas"), "", 4000, 1)),
        Optional.empty(),
        0,
        Optional.empty(),
        2,
        99,
        100);
  }

  @Test
  void saysWhatIsWell() {
    assertEquals(
        Map.of(
            "ledger", Level.OK,
            "folder", Level.OK,
            "rooms", Level.OK,
            "deliveries", Level.OK,
            "machine", Level.OK),
        levels(WELL));
  }

  @Test
  void saysWhatIsNotAndLeavesNewsOut() {
    assertEquals(
        Map.of(
            "ledger", Level.ERROR,
            "folder", Level.ERROR,
            "rooms", Level.WARNING,
            "deliveries", Level.WARNING,
            "machine", Level.WARNING,
            "notice.disk.low", Level.WARNING),
        levels(sick()));
    assertEquals(6, HealthReport.of(sick()).size());
    assertEquals(
        Map.of(
            "ledger", Level.WARNING,
            "folder", Level.WARNING,
            "rooms", Level.ERROR,
            "deliveries", Level.OK,
            "memory", Level.WARNING),
        levels(slow()));
  }

  @Test
  void everyFindingHasItsSentenceInBothLanguagesWithItsValues() throws Exception {
    List<Finding> all = new ArrayList<>(HealthReport.of(WELL));
    all.addAll(HealthReport.of(sick()));
    all.addAll(HealthReport.of(slow()));
    for (String language : List.of("en", "zh")) {
      Map<String, String> texts = texts(language);
      for (Finding finding : all) {
        if (finding.key().startsWith("notice.")) {
          continue;
        }
        String key = "health." + finding.key() + "." + finding.level().name().toLowerCase();
        assertTrue(texts.containsKey(key), key);
        Pattern.compile("\\{(\\w+)}")
            .matcher(texts.get(key))
            .results()
            .forEach(used -> assertTrue(finding.values().containsKey(used.group(1)), key));
      }
    }
  }

  private static Map<String, String> texts(String language) throws Exception {
    Map<String, String> texts = new TreeMap<>();
    String text = Files.readString(WebFixture.WEBROOT.resolve("i18n/health." + language + ".json"));
    WebFixture.tree(text)
        .properties()
        .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }
}
