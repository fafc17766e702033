package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bus.Notice;
import dev.sluice.bus.Topics;
import dev.sluice.room.Reason;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NoticesApiTest {
  private WebFixture web;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private void tell(Notice notice) {
    Topics.NOTICE.publish(web.vertx, notice);
  }

  @Test
  void listsWhatHoldsAndHidesWhatIsDismissed() {
    LivePage page = LivePage.open(web);
    page.snapshot();
    Reason reason = Reason.of("disk.low", "root", "/nas/a b", "/nas/a b is <b>nearly</b> full");
    tell(Notice.about("/nas/a b", Notice.Level.WARNING, Optional.empty(), reason));
    JsonNode told =
        page.await("it", message -> message.at("/notices/0/key").asText().equals("disk.low"));
    JsonNode listed = WebFixture.tree(web.get("/api/v1/notices"));
    assertEquals(told.get("notices"), listed.get("items"));
    JsonNode notice = listed.at("/items/0");
    assertEquals("warning", notice.get("level").asText());
    assertEquals("/nas/a b", notice.at("/values/root").asText());
    assertEquals("/nas/a b is <b>nearly</b> full", notice.get("text").asText());
    String id = notice.get("id").asText();
    assertTrue(id.matches("[a-z2-7]{16}"), id);

    assertEquals(204, web.json("POST", "/api/v1/notices/" + id + "/dismiss", "").statusCode());
    page.await("its end", message -> message.at("/notices_gone/0").asText().equals(id));
    assertEquals(0, WebFixture.tree(web.get("/api/v1/notices")).get("items").size());
    assertEquals(404, web.json("POST", "/api/v1/notices/" + id + "/dismiss", "").statusCode());
  }

  @Test
  void tellsTheSnapshotOfWhatHoldsOnly() {
    LivePage first = LivePage.open(web);
    tell(new Notice(Notice.Level.INFO, Optional.empty(), Reason.of("a", "a")));
    tell(new Notice(Notice.Level.INFO, Optional.empty(), Reason.of("b", "b")));
    first.await("both", message -> message.path("notices").size() == 2);
    tell(Notice.over("a", ""));
    first.await("the end of one", message -> message.path("notices_gone").size() == 1);
    JsonNode held = LivePage.open(web).snapshot().get("notices");
    assertEquals(1, held.size());
    assertEquals("b", held.at("/0/key").asText());
  }

  @Test
  void saysWhenNobodyKeepsNotices() throws Exception {
    try (WebFixture alone = WebFixture.alone()) {
      assertEquals(503, alone.get("/api/v1/notices").statusCode());
    }
  }
}
