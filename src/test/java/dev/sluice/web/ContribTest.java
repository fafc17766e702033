package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bus.SourceNews;
import dev.sluice.bus.StorageGate;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.room.RoomState;
import dev.sluice.testing.Await;
import dev.sluice.testing.Exposition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The dashboard, the alert rules and the documentation ask for numbers that there are. */
class ContribTest {
  private static final Path HOME = Path.of(System.getProperty("sluice.home", "."));
  private static final Pattern NAME = Pattern.compile("\\bsluice_\\w+");
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private static String read(String file) throws IOException {
    return Files.readString(HOME.resolve(file));
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text)
        .results()
        .map(match -> match.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Every name that a server with some of everything tells. */
  private static Set<String> told() throws Exception {
    try (WebFixture web = WebFixture.start()) {
      var room = FakeSiblings.room("http://a.test", RoomState.RECORDING);
      web.siblings.tell(room);
      Topics.STORAGE_GATE.publish(web.vertx, new StorageGate(Path.of("/nas"), true, 5, 9));
      Topics.SOURCE.publish(web.vertx, new SourceNews.Lost(room.key(), "stalled"));
      Topics.SOURCE.publish(web.vertx, new SourceNews.Asked(room.key(), 200));
      long recording = LedgerRows.recording(web.ledger);
      SegmentRow open = LedgerRows.open(web.ledger, recording, Path.of("/r"), "a.flv");
      LedgerRows.tell(
          web.ledger,
          rows -> {
            rows.closeSegment(open, LedgerRows.NOW, List.of("nas"));
            var row = rows.deliveries(java.util.Optional.empty(), Long.MAX_VALUE, 1).get(0);
            rows.updateDelivery(HealthApiTest.in(row, dev.sluice.ledger.DeliveryRow.State.DONE));
          });
      List<Set<String>> last = new ArrayList<>();
      Await.until(
          LIMIT,
          () -> "everything is told: " + last,
          () -> {
            last.clear();
            last.add(new Exposition(web.get("/metrics").body()).types().keySet());
            return last.get(0).size() == 16;
          });
      return last.get(0);
    }
  }

  @Test
  void theDashboardTheRulesAndTheDocumentationNameWhatThereIs() throws Exception {
    Set<String> told = new TreeSet<>(told());
    Set<String> shown = names(read("contrib/grafana/sluice.json"));
    assertTrue(told.containsAll(shown), shown + " beside " + told);
    Set<String> watched = names(read("contrib/prometheus/alerts.yaml"));
    assertTrue(told.containsAll(watched), watched + " beside " + told);
    String api = read("docs/api.md");
    assertEquals(told, names(api.substring(api.indexOf("## Metrics"))));
  }

  @Test
  void theDashboardIsOneThatCanBeImported() throws Exception {
    JsonNode board = WebFixture.tree(read("contrib/grafana/sluice.json"));
    Set<Integer> ids = new TreeSet<>();
    boolean[][] taken = new boolean[100][24];
    for (JsonNode panel : board.get("panels")) {
      assertTrue(ids.add(panel.get("id").asInt()), "ids are unique");
      assertTrue(panel.get("targets").size() > 0, panel.toString());
      JsonNode place = panel.get("gridPos");
      for (int y = 0; y < place.get("h").asInt(); y++) {
        for (int x = 0; x < place.get("w").asInt(); x++) {
          int row = place.get("y").asInt() + y;
          int column = place.get("x").asInt() + x;
          assertTrue(!taken[row][column], panel.get("title") + " lies on another");
          taken[row][column] = true;
        }
      }
    }
    assertTrue(ids.size() > 10);
  }

  @Test
  void theRulesAreRules() throws Exception {
    Object text =
        new Load(LoadSettings.builder().build())
            .loadFromString(read("contrib/prometheus/alerts.yaml"));
    List<?> groups = (List<?>) ((Map<?, ?>) text).get("groups");
    List<?> rules = (List<?>) ((Map<?, ?>) groups.get(0)).get("rules");
    assertEquals(2, rules.size());
    for (Object rule : rules) {
      Map<?, ?> fields = (Map<?, ?>) rule;
      assertEquals(
          Set.of("alert", "expr", "for", "labels", "annotations"), Set.copyOf(fields.keySet()));
    }
  }
}
