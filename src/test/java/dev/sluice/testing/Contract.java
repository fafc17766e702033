package dev.sluice.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds the server to {@code docs/openapi.yaml}: clients of tests show each answer, and what is not
 * described fails the test. Answers of the page's own files are only held to their headers.
 */
public final class Contract {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int MOST_SHOWN = 2000;

  /** What every path may answer, whether it is described or not. */
  private static final Map<Integer, String> ANYWHERE =
      Map.of(
          400, "Malformed",
          401, "SignIn",
          403, "Forbidden",
          404, "NotFound",
          405, "MethodNotAllowed",
          414, "LineTooLong",
          421, "ForeignHost",
          431, "HeadersTooLarge");

  private final OpenApi api;
  private final Seen seen;

  /**
   * An answer.
   *
   * @param target path and query as they were sent
   * @param headers by names in any case
   * @param body null where it was not looked at
   */
  public record Seen(
      String method, String target, int status, Map<String, List<String>> headers, String body) {

    String path() {
      int end = target.indexOf('?');
      return end < 0 ? target : target.substring(0, end);
    }

    boolean isApi() {
      return path().equals("/api") || path().startsWith("/api/");
    }

    Optional<String> header(String name) {
      Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      all.putAll(headers);
      return Optional.ofNullable(all.get(name)).map(values -> String.join(", ", values));
    }
  }

  private Contract(OpenApi api, Seen seen) {
    this.api = api;
    this.seen = seen;
  }

  /**
   * Shows an answer of ours.
   *
   * @throws AssertionError when it is not as described
   */
  public static void check(Seen seen) {
    check(OpenApi.ours(), seen);
  }

  static void check(OpenApi api, Seen seen) {
    new Contract(api, seen).check();
  }

  /** The same for an answer of the JDK's client, which is returned. */
  public static <T> HttpResponse<T> check(HttpResponse<T> answer) {
    String query = answer.uri().getRawQuery();
    String body = null;
    if (answer.body() instanceof String text) {
      body = text;
    } else if (answer.body() instanceof byte[] bytes && bytes.length < 1 << 20) {
      body = new String(bytes, StandardCharsets.UTF_8);
    }
    check(
        new Seen(
            answer.request().method(),
            answer.uri().getRawPath() + (query == null ? "" : "?" + query),
            answer.statusCode(),
            answer.headers().map(),
            body));
    return answer;
  }

  /** Shows a message of the live WebSocket, which is returned. */
  public static JsonNode live(JsonNode message) {
    String type = message.path("type").asText();
    String schema = type.equals("snapshot") ? "LiveSnapshot" : "LiveDelta";
    String mistakes = OpenApi.ours().mistakes("/components/schemas/" + schema, message);
    if (!mistakes.isEmpty()) {
      throw new AssertionError(
          "a live message is not as " + OpenApi.FILE + " says: " + mistakes + "\n" + message);
    }
    return message;
  }

  private void check() {
    everyAnswer();
    if (!seen.isApi()) {
      return;
    }
    Optional<String> path = api.path(seen.path());
    TreeSet<String> methods = path.map(api.methods()::get).orElseGet(TreeSet::new);
    if (!methods.contains(seen.method())) {
      anywhere(path.isPresent() ? "this method of " + path.get() : "this path");
      return;
    }
    String operation = OpenApi.operation(path.orElseThrow(), seen.method());
    String response = operation + "/responses/" + seen.status();
    if (!api.at(response).isMissingNode()) {
      described(api.place(response));
      return;
    }
    if (!List.of(414, 431).contains(seen.status())) {
      fail("the status " + seen.status() + " is not described: add it to " + operation);
    }
    anywhere("");
  }

  /** Headers that each answer carries. */
  private void everyAnswer() {
    for (JsonNode header : api.at("/components/headers")) {
      if (header.has("x-every-answer")) {
        String name = header.get("x-every-answer").asText();
        String value = seen.header(name).orElse("");
        JsonNode schema = header.get("schema");
        boolean fits =
            switch (schema.fieldNames().next()) {
              case "const" -> schema.get("const").asText().equals(value);
              case "enum" -> schema.get("enum").toString().contains('"' + value + '"');
              default -> value.contains(schema.path("pattern").asText());
            };
        if (!fits) {
          fail("the header " + name + " is '" + value + "', but must be " + schema);
        }
      }
    }
  }

  /** An answer to what is not described. */
  private void anywhere(String what) {
    String response = ANYWHERE.get(seen.status());
    if (response == null) {
      fail(what + " is not described: add it under paths");
    }
    described("/components/responses/" + response);
  }

  private void described(String place) {
    headers(place);
    if (seen.method().equals("HEAD") || seen.status() == 304 || seen.body() == null) {
      return;
    }
    JsonNode content = api.at(place + "/content");
    if (content.isMissingNode()) {
      if (!seen.body().isEmpty()) {
        fail("it has a body, but " + place + " describes none");
      }
      return;
    }
    String type = seen.header("content-type").orElse("none").split(";")[0].strip();
    String range = content.has(type) ? type : type.replaceAll("/.*", "/*");
    if (!content.has(range)) {
      fail("the type " + type + " is not described: add it to " + place + "/content");
    }
    if (content.get(range).has("schema")) {
      body(place + "/content/" + OpenApi.escaped(range) + "/schema");
    }
  }

  private void headers(String place) {
    for (Map.Entry<String, JsonNode> entry : api.at(place + "/headers").properties()) {
      String at = place + "/headers/" + OpenApi.escaped(entry.getKey());
      Optional<String> value = seen.header(entry.getKey());
      if (value.isEmpty() && api.at(at).path("required").asBoolean()) {
        fail("the header " + entry.getKey() + " is missing; " + place + " requires it");
      }
      value
          .map(text -> api.mistakes(api.place(at) + "/schema", TextNode.valueOf(text)))
          .filter(mistakes -> !mistakes.isEmpty())
          .ifPresent(
              mistakes -> fail("the header " + entry.getKey() + " is not right: " + mistakes));
    }
  }

  private void body(String schema) {
    try {
      String mistakes = api.mistakes(schema, JSON.readTree(seen.body()));
      if (!mistakes.isEmpty()) {
        fail("the body is not as described at " + schema + ": " + mistakes);
      }
    } catch (JsonProcessingException e) {
      fail("the body is no JSON: " + e.getOriginalMessage());
    }
  }

  private void fail(String why) {
    throw new AssertionError(
        String.format(
            Locale.ROOT,
            "%s %s answered %d, which is not what %s says: %s%n%s%n%s",
            seen.method(),
            seen.target(),
            seen.status(),
            OpenApi.FILE,
            why,
            seen.headers(),
            seen.body() == null || seen.body().length() < MOST_SHOWN
                ? seen.body()
                : seen.body().substring(0, MOST_SHOWN) + " …"));
  }

  /** The headers of an answer as it came over the wire, by name. */
  public static Map<String, List<String>> headers(Collection<String> lines) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers
            .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      }
    }
    return headers;
  }
}
