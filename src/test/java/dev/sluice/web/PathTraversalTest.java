package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.OpenApi;
import dev.sluice.web.door.LocalKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each parameter of each route, written in all the ways that lead out of a folder. */
class PathTraversalTest {
  private static final int FORMS = Boolean.getBoolean("sluice.full") ? 1000 : 200;
  private static final String SECRET = "nobody may read this";
  private static final List<String> FILES =
      List.of(
          "secret.txt",
          "owner.json",
          "sluice.yaml",
          "ledger.db",
          "etc/passwd",
          "proc/self/environ");

  @TempDir Path folder;

  /** What must never be in an answer. */
  private static final List<String> TELLTALES =
      List.of(SECRET, "root:x:0", "SQLite format", "\"rounds\"");

  /** The asked number of them, spread over all. */
  private static List<String> forms() {
    List<String> all = FILES.stream().flatMap(file -> Traversals.to(file).stream()).toList();
    assertTrue(all.size() >= 1000, "only " + all.size());
    List<String> some = new ArrayList<>();
    for (int i = 0; i < FORMS; i++) {
      some.add(all.get((int) ((long) i * all.size() / FORMS)));
    }
    return some;
  }

  /** Request lines without the version, one for each method and each parameter. */
  private static List<String> requests(String form) {
    List<String> requests = new ArrayList<>();
    for (Map.Entry<String, ? extends Iterable<String>> route :
        OpenApi.ours().methods().entrySet()) {
      String[] parts = route.getKey().split("/");
      for (int i = 0; i < parts.length; i++) {
        if (parts[i].startsWith("{")) {
          String[] filled = parts.clone();
          filled[i] = form;
          String path = String.join("/", filled).replaceAll("\\{\\w+}", "1");
          route.getValue().forEach(method -> requests.add(method + " " + path));
        }
      }
    }
    return requests;
  }

  private Map<String, Long> files() throws IOException {
    Map<String, Long> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(each).toString();
        if (!name.contains("ledger.db")) {
          files.put(name, Files.getLastModifiedTime(each).toMillis());
        }
      }
    }
    return files;
  }

  @Test
  void noParameterOfAnyRouteLeadsOutOfItsFolder() throws Exception {
    Files.writeString(folder.resolve("secret.txt"), SECRET);
    Path data = folder.resolve("data");
    try (PageServer server = PageServer.start(data)) {
      Files.createDirectories(server.recordings());
      Files.writeString(server.recordings().resolve("secret.txt"), SECRET);
      String rest =
          " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nAuthorization: Bearer "
              + LocalKey.read(data)
              + "\r\n\r\n";
      Map<String, Long> before = files();
      List<String> wrong = new ArrayList<>();
      int asked = 0;
      try (RawSession session = new RawSession(URI.create(server.address()).getPort())) {
        for (String form : forms()) {
          for (String request : requests(form)) {
            boolean head = request.startsWith("HEAD ");
            String line = head ? request.replaceFirst("HEAD", "GET") : request;
            String answer = session.ask(line + rest);
            asked++;
            int status = RawHttp.status(answer);
            boolean refused = answer.isEmpty() || status >= 400 && status < 500;
            if (!refused || TELLTALES.stream().anyMatch(answer::contains)) {
              wrong.add(status + " " + request);
            }
          }
        }
      }
      assertEquals(List.of(), wrong);
      assertTrue(asked >= FORMS * 20, "only " + asked + " requests");
      assertEquals(before, files(), "files were made, changed or taken away");
    }
  }
}
