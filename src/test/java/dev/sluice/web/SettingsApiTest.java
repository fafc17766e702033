package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.SettingsCommand;
import dev.sluice.bus.SettingsReply.Outcome;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
  @CsvSource(
      nullValues = "-",
      value = {"'',-,-", "?platform=direct,direct,-", "?room=abc,-,abc"})
  void readsAndChangesFields(String query, String platform, String room) {
    SettingsCommand.Fields of =
        new SettingsCommand.Fields(Optional.ofNullable(platform), Optional.ofNullable(room));
    HttpResponse<String> read = web.get(SETTINGS + "/fields" + query);
    assertEquals(FakeSiblings.ETAG, WebFixture.tree(read).get("etag").asText());
    assertEquals(of, web.siblings.asked.poll());
    HttpResponse<String> changed =
        web.send(
            web.request(SETTINGS + "/fields" + query)
                .header("content-type", "application/json")
                .header("if-match", "abc")
                .method("PATCH", BodyPublishers.ofString("{\"monitor.every\":\"5s\"}")));
    assertEquals(FakeSiblings.ETAG, WebFixture.tree(changed).get("etag").asText());
    SettingsCommand.PatchFields asked = (SettingsCommand.PatchFields) web.siblings.asked.poll();
    assertEquals(of, asked.of());
    assertEquals(Optional.of("abc"), asked.etag());
    assertEquals("{\"monitor.every\":\"5s\"}", asked.values().toString());
  }

  @Test
  void saysWhichFieldDoesNotFit() {
    web.siblings.outcome = Outcome.INVALID;
    HttpResponse<String> answer = web.json("PATCH", SETTINGS + "/fields", "{}");
    Problem.assertIs(422, "settings.test", answer);
    assertEquals(
        "[{\"path\":\"monitor.every\",\"detail\":\"that does not fit\"}]",
        WebFixture.tree(answer).get("errors").toString());
    Problem.assertIs(400, "query", web.get(SETTINGS + "/fields?platform=a&room=b"));
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
      // past the fixture: 500 is a fault of ours, so it is not described
      HttpResponse<String> answer =
          alone.client.send(alone.request(SETTINGS).GET().build(), BodyHandlers.ofString());
      Problem.assertIs(500, "internal", answer);
      assertTrue(!answer.body().contains("secret"), answer.body());
    }
  }
}
