package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testing.OpenApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static Map<String, TreeSet<String>> routes(WebFixture web) {
    Map<String, TreeSet<String>> routes = new TreeMap<>();
    web.table()
        .forEach(
            route ->
                routes
                    .computeIfAbsent(
                        route.path().replaceAll(":(\\w+)", "{$1}"), path -> new TreeSet<>())
                    .add(route.method().name()));
    return routes;
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionIsARoute() throws Exception {
    try (WebFixture web = WebFixture.start()) {
      assertEquals(
          routes(web),
          OpenApi.ours().methods(),
          "left the routes of the server, right " + OpenApi.FILE + ": add what is missing there");
    }
  }

  @Test
  void isHandedOut() throws Exception {
    try (WebFixture web = WebFixture.start()) {
      assertEquals(
          Files.readString(Path.of(System.getProperty("sluice.home", "."), OpenApi.FILE)),
          web.get("/api/v1/openapi.yaml").body());
    }
  }

  @Test
  void closesItsObjects() {
    List<String> open = new ArrayList<>();
    find(OpenApi.ours().document(), "", open);
    assertEquals(List.of(), open, "give them additionalProperties, or say why not in x-open");
  }

  private static void find(JsonNode node, String at, List<String> open) {
    boolean object = node.path("type").toString().contains("\"object\"");
    if (object && !node.has("additionalProperties") && !node.has("x-open")) {
      open.add(at);
    }
    node.properties().forEach(entry -> find(entry.getValue(), at + "/" + entry.getKey(), open));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      find(node.get(i), at + "/" + i, open);
    }
  }

  @Test
  void leadsNowhere() {
    List<String> broken = new ArrayList<>();
    OpenApi.ours().document().findValuesAsText("$ref").stream()
        .filter(ref -> OpenApi.ours().document().at(ref.substring(1)).isMissingNode())
        .forEach(broken::add);
    assertEquals(List.of(), broken);
  }

  @Test
  void usesAllThatItNames() {
    List<String> used = OpenApi.ours().document().findValuesAsText("$ref");
    List<String> idle = new ArrayList<>();
    for (String kind : List.of("schemas", "responses", "parameters", "headers")) {
      for (Map.Entry<String, JsonNode> named :
          OpenApi.ours().at("/components/" + kind).properties()) {
        boolean elsewhere =
            named.getValue().has("x-every-answer")
                || named.getKey().startsWith("Live")
                || named.getValue().path("description").asText().contains("every path");
        if (!elsewhere && !used.contains("#/components/" + kind + "/" + named.getKey())) {
          idle.add(kind + "/" + named.getKey());
        }
      }
    }
    assertEquals(List.of(), idle);
  }

  @Test
  void namesEachOperationOnce() {
    List<String> names = OpenApi.ours().document().findValuesAsText("operationId");
    assertEquals(names.size(), names.stream().distinct().count());
    assertTrue(names.size() >= 17);
  }
}
