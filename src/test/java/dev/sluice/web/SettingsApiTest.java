package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.SettingsCommand;
import dev.sluice.bus.SettingsReply.Outcome;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsApiTest {
  private static final String SETTINGS = "/api/v1/settings";
  private WebFixture web;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void showsTheSettingsWithTheirMark() {
    HttpResponse<String> answer = web.get(SETTINGS);
    assertEquals("{\"server\":{\"port\":8080}}", answer.body());
    assertEquals('"' + FakeSiblings.ETAG + '"', answer.headers().firstValue("etag").orElse(""));
  }

  @Test
  void changesThem() {
    HttpResponse<String> answer =
        web.send(
            web.request(SETTINGS)
                .header("content-type", "application/merge-patch+json; charset=utf-8")
                .header("if-match", "\"abc\"")
                .method("PATCH", BodyPublishers.ofString("{\"monitor\":{\"every\":null}}")));
    assertEquals(
        "{\"applied\":[{\"key\":\"recordings.split.every\",\"when\":\"next_segment\"}],"
            + "\"settings\":{\"server\":{\"port\":8080}}}",
        answer.body());
    SettingsCommand.Patch asked = (SettingsCommand.Patch) web.siblings.asked.poll();
    assertEquals(Optional.of("abc"), asked.etag());
    assertEquals("{\"monitor\":{\"every\":null}}", asked.patch().toString());
  }

  @ParameterizedTest
  @CsvSource({"INVALID,422", "STALE,412", "READ_ONLY,409"})
  void tellsWhyNot(Outcome outcome, int status) {
    web.siblings.outcome = outcome;
    Problem.assertIs(status, "settings.test", web.json("PATCH", SETTINGS, "{}"));
  }

  @Test
  void takesLargerBodiesThanOthersButNotAnySize() {
    String half = "{\"x\":\"" + "a".repeat(512 * 1024) + "\"}";
    assertEquals(200, web.json("PATCH", SETTINGS, half).statusCode());
    String much = "{\"x\":\"" + "a".repeat(1100 * 1024) + "\"}";
    Problem.assertIs(413, "body.large", web.json("PATCH", SETTINGS, much));
    Problem.assertIs(413, "body.large", web.json("POST", "/api/v1/rooms", half));
    assertEquals(1, web.siblings.asked.size());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-,-", "*,-", "\"abc\",abc", "abc,abc", "\"\",''", "\",\""},
      quoteCharacter = '\'')
  void readsMarks(String header, String etag) {
    assertEquals(Optional.ofNullable(etag), SettingsApi.ifMatch(header));
  }

  @Test
  void saysWhatWentWrongOnTheOtherSide() throws Exception {
    try (WebFixture alone = WebFixture.alone()) {
      Problem.assertIs(503, "not_ready", alone.get(SETTINGS));
      dev.sluice.bus.Topics.SETTINGS_COMMAND.serve(
          alone.vertx, message -> message.fail(500, "java.lang.secret"));
      HttpResponse<String> answer = alone.get(SETTINGS);
      Problem.assertIs(500, "internal", answer);
      assertTrue(!answer.body().contains("secret"), answer.body());
    }
  }
}
