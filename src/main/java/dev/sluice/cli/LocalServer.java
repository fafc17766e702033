package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.node.DataDirectory;
import dev.sluice.web.door.LocalKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The server that runs on a data directory of this machine, spoken to by commands. */
record LocalServer(URI address, String key) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LIMIT_MS = 20_000;

  static LocalServer on(Path data) throws IOException {
    try {
      URI address = URI.create(DataDirectory.owner(data).address());
      return new LocalServer(address, LocalKey.read(data));
    } catch (NoSuchFileException | IllegalArgumentException e) {
      throw new IOException("a server is just starting or ending on " + data + ": try again", e);
    }
  }

  String add(String name, boolean readOnly) throws IOException {
    JsonNode body =
        JsonNodeFactory.instance.objectNode().put("name", name).put("read_only", readOnly);
    return ask("POST", "/keys", body).path("key").asText();
  }

  List<JsonNode> keys() throws IOException {
    List<JsonNode> keys = new ArrayList<>();
    ask("GET", "/keys", null).path("items").forEach(keys::add);
    return keys;
  }

  /**
   * One request.
   *
   * @param path below the API
   * @param body null for none
   * @throws IOException with what the server has to say when it refuses
   */
  JsonNode ask(String method, String path, JsonNode body) throws IOException {
    URL url = address.resolve("/api/v1" + path).toURL();
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setRequestMethod(method);
    connection.setConnectTimeout(LIMIT_MS);
    connection.setReadTimeout(LIMIT_MS);
    connection.setRequestProperty("Authorization", "Bearer " + key);
    if (body != null) {
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
    }
    boolean refused = connection.getResponseCode() >= 400;
    try (InputStream in = refused ? connection.getErrorStream() : connection.getInputStream()) {
      JsonNode answer = in == null ? MissingNode.getInstance() : JSON.readTree(in);
      if (refused) {
        throw new IOException(answer.path("detail").asText("the server refused"));
      }
      return answer;
    }
  }
}
