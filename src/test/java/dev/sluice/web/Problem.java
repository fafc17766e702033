package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;

/** What every refusal looks like. */
final class Problem {
  private Problem() {}

  static void assertIs(int status, String key, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("content-type").orElse(""));
    assertEquals("no-store", answer.headers().firstValue("cache-control").orElse(""));
    assertEquals("nosniff", answer.headers().firstValue("x-content-type-options").orElse(""));
    JsonNode problem = WebFixture.tree(answer);
    assertEquals("about:blank", problem.get("type").asText());
    assertEquals(status, problem.get("status").asInt());
    assertEquals(key, problem.get("key").asText());
    assertFalse(problem.get("title").asText().isBlank());
    assertFalse(problem.get("detail").asText().isBlank());
  }
}
