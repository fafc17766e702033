package dev.sluice.testing;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.testing.Contract.Seen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge itself: each thing that is wrong is found. */
class ContractTest {
  private static final String ETAG = "\"abc\"";
  private final Map<String, List<String>> headers = new HashMap<>();

  ContractTest() {
    header("Content-Security-Policy", "default-src 'none'");
    header("x-content-type-options", "nosniff");
    header("referrer-policy", "no-referrer");
    header("cross-origin-opener-policy", "same-origin");
    header("cross-origin-resource-policy", "same-origin");
    header("cache-control", "no-store");
    header("content-type", "application/json");
  }

  private void header(String name, String value) {
    headers.put(name, List.of(value));
  }

  private void passes(String method, String target, int status, String body) {
    assertDoesNotThrow(() -> Contract.check(new Seen(method, target, status, headers, body)));
  }

  private void fails(String why, String method, String target, int status, String body) {
    AssertionError failure =
        assertThrows(
            AssertionError.class,
            () -> Contract.check(new Seen(method, target, status, headers, body)));
    assertTrue(failure.getMessage().contains(why), failure.getMessage());
  }

  private static String room(String more) {
    return """
        {"id": "x", "key": "direct:x", "platform": "direct", "link": "x", "links": [], "name": "",
         "mode": "record", "record": true, "targets": [], "state": "waiting", "reason": null,
         "reason_key": null, "reason_values": {}, "since": "2026-11-24T20:15:00Z",
         "next_look_at": null, "recording": null,
         "deliveries": {"waiting": 0, "sending": 0, "retry": 0, "needs_you": 0,
          "paused": 0, "skipped": 0, "done": 0}%s}
        """
        .formatted(more);
  }

  @Test
  void letsWhatIsDescribedPass() {
    passes("GET", "/api/v1/rooms/x", 200, room(""));
    passes("GET", "/api/v1/rooms?a=b", 200, "{\"items\": [" + room("") + "]}");
    passes("DELETE", "/api/v1/rooms/x", 204, "");
    passes("GET", "/index.html", 200, "<html>");
  }

  @Test
  void findsAMemberTooManyOrTooFew() {
    fails("secret", "GET", "/api/v1/rooms/x", 200, room(", \"secret\": 1"));
    fails("required", "GET", "/api/v1/rooms/x", 200, "{\"id\": \"x\"}");
    fails("secret", "GET", "/api/v1/rooms", 200, "{\"items\": [" + room(", \"secret\": 1") + "]}");
  }

  @Test
  void findsAWrongValue() {
    String wrong = room("").replace("waiting\", \"reason\"", "asleep\", \"reason\"");
    fails("state", "GET", "/api/v1/rooms/x", 200, wrong);
    String noTime = room("").replace("2026-11-24T20:15:00Z", "yesterday");
    fails("since", "GET", "/api/v1/rooms/x", 200, noTime);
    fails("no JSON", "GET", "/api/v1/rooms/x", 200, "{");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/rooms, 500, the status 500",
    "GET, /api/v1/rooms, 418, the status 418",
    "POST, /api/v1/settings, 200, this method",
    "GET, /api/v1/nothing, 200, this path",
    "GET, /api/v1/rooms/, 200, this path"
  })
  void findsWhatIsNotDescribed(String method, String target, int status, String why) {
    fails(why, method, target, status, "{}");
  }

  @Test
  void findsProblemsThatAreNone() {
    fails("application/json", "GET", "/api/v1/rooms/x", 404, "{}");
    header("content-type", "application/problem+json");
    fails("required", "GET", "/api/v1/rooms/x", 404, "{}");
    ObjectNode problem =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "about:blank")
            .put("title", "Not Found")
            .put("status", 404)
            .put("detail", "there is no such room")
            .put("key", "room.unknown");
    passes("GET", "/api/v1/rooms/x", 404, problem.toString());
    passes("GET", "/api/v1/nothing", 404, problem.toString());
    fails("stack", "GET", "/api/v1/nothing", 404, problem.put("stack", "at").toString());
  }

  @Test
  void findsHeadersThatAreMissingOrWrong() {
    fails("ETag", "GET", "/api/v1/settings", 200, "{}");
    header("etag", "abc");
    fails("ETag", "GET", "/api/v1/settings", 200, "{}");
    header("etag", ETAG);
    passes("GET", "/api/v1/settings", 200, "{}");
    header("cache-control", "public");
    fails("Cache-Control", "GET", "/api/v1/settings", 200, "{}");
    header("cache-control", "no-store");
    headers.remove("x-content-type-options");
    fails("X-Content-Type-Options", "GET", "/index.html", 200, "");
  }

  @Test
  void findsABodyWhereNoneIsDescribed() {
    fails("has a body", "DELETE", "/api/v1/rooms/x", 204, "{}");
  }

  @Test
  void findsLiveMessagesThatAreNone() {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", "delta").put("n", 2);
    AssertionError failure = assertThrows(AssertionError.class, () -> Contract.live(message));
    assertTrue(failure.getMessage().contains("rooms"), failure.getMessage());
  }
}
