package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.room.RoomState;
import dev.sluice.testing.Await;
import dev.sluice.testing.LogLevels;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogApiTest {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final Logger LOG = LoggerFactory.getLogger(LogApiTest.class);
  private final LogLevels levels = LogLevels.info(LogApiTest.class.getName(), "dev.sluice.Room");
  private WebFixture web;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
  }

  @AfterEach
  void stop() {
    levels.close();
    web.close();
  }

  private JsonNode log(String query) {
    return WebFixture.tree(web.get("/api/v1/log" + query));
  }

  @Test
  void tellsEventsWithoutSecretsAndInPages() {
    LOG.info("api test 1 of http://a.test/x?key=hunter2");
    LOG.warn("api test 2\r\nERROR forged");
    LOG.error("api test 3", new IllegalStateException("why"));
    JsonNode page = log("?text=api%20test&limit=2");
    assertEquals("api test 3", page.at("/items/0/text").asText());
    assertEquals("error", page.at("/items/0/level").asText());
    assertTrue(page.at("/items/0/trace").asText().contains("IllegalStateException: why"));
    assertEquals("api test 2  ERROR forged", page.at("/items/1/text").asText());
    assertEquals("LogApiTest", page.at("/items/1/logger").asText());
    JsonNode rest = log("?text=api%20test&limit=2&before=" + page.get("next").asText());
    assertEquals(1, rest.get("items").size());
    assertTrue(rest.get("next").isNull());
    assertTrue(!rest.toString().contains("hunter2"), rest.toString());
    assertEquals(1, log("?text=api%20test&level=error").get("items").size());

    String newest = page.get("newest").asText();
    LOG.info("api test 4");
    JsonNode newer = log("?text=api%20test&after=" + newest);
    assertEquals(1, newer.get("items").size());
    assertEquals("api test 4", newer.at("/items/0/text").asText());
  }

  @Test
  void filtersByRoom() {
    web.siblings.tell(FakeSiblings.room("http://a.test", RoomState.WAITING));
    var other = FakeSiblings.room("http://b.test", RoomState.RECORDING);
    web.siblings.tell(other);
    Await.until(
        LIMIT,
        "the change of its state is in the log",
        () -> log("?room=" + other.id()).get("items").size() == 1);
    JsonNode line = log("?room=" + other.id()).at("/items/0");
    assertEquals(other.id(), line.get("room_id").asText());
    assertEquals("Room <b>http://b.test</b>: recording", line.get("text").asText());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    for (String query : new String[] {"?level=loud", "?after=x", "?limit=0", "?before=-1"}) {
      assertEquals(400, web.get("/api/v1/log" + query).statusCode(), query);
    }
  }
}
