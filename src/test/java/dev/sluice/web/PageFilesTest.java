package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageFilesTest {
  private WebFixture web;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void allowsTheImportMapOfThePageAndNothingElse() throws Exception {
    HttpResponse<String> answer = web.get("/");
    String page = answer.body();
    int begin =
        page.indexOf("<script type=\"importmap\">") + "<script type=\"importmap\">".length();
    String map = page.substring(begin, page.indexOf("</script>", begin));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(map.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "default-src 'none'; script-src 'self' 'sha256-"
            + Base64.getEncoder().encodeToString(digest)
            + "'; style-src 'self'; img-src 'self' data:; connect-src 'self'; media-src 'self'"
            + " blob:; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'",
        header(answer, "content-security-policy"));
    assertEquals("text/html; charset=utf-8", header(answer, "content-type"));
    assertEquals("nosniff", header(answer, "x-content-type-options"));
    assertEquals("no-referrer", header(answer, "referrer-policy"));
    assertEquals("same-origin", header(answer, "cross-origin-opener-policy"));
    assertEquals("same-origin", header(answer, "cross-origin-resource-policy"));
    assertEquals(Files.readString(WebFixture.WEBROOT.resolve("index.html")), page);
    assertEquals(page, web.get("/index.html").body());
  }

  @ParameterizedTest
  @CsvSource({
    "/app/main.js,text/javascript; charset=utf-8",
    "/app.css,text/css; charset=utf-8",
    "/favicon.svg,image/svg+xml",
    "/manifest.webmanifest,application/manifest+json",
    "/i18n/zh.json,application/json"
  })
  void sendsEachFileWithItsType(String path, String type) {
    HttpResponse<String> answer = web.get(path);
    assertEquals(200, answer.statusCode());
    assertEquals(type, header(answer, "content-type"));
    assertEquals("no-cache", header(answer, "cache-control"));
    assertTrue(header(answer, "last-modified").endsWith(" GMT"));
    HttpResponse<String> again =
        web.send(web.request(path).header("if-none-match", header(answer, "etag")).GET());
    assertEquals(304, again.statusCode());
    HttpResponse<String> head = web.send(web.request(path).method("HEAD", BodyPublishers.noBody()));
    assertEquals(
        answer.body().getBytes(StandardCharsets.UTF_8).length,
        Integer.parseInt(header(head, "content-length")));
  }

  @Test
  void showsNothingHiddenNoFolderAndNoLink(@TempDir Path folder) throws Exception {
    Path root = folder.resolve("webroot");
    WebFixture.file(root, "index.html", "<p>".getBytes(StandardCharsets.UTF_8));
    WebFixture.file(root, ".env", "secret".getBytes(StandardCharsets.UTF_8));
    WebFixture.file(root, ".git/config", "secret".getBytes(StandardCharsets.UTF_8));
    WebFixture.file(root, "app/main.js", "1".getBytes(StandardCharsets.UTF_8));
    WebFixture.file(folder, "secret.txt", "secret".getBytes(StandardCharsets.UTF_8));
    Files.createSymbolicLink(root.resolve("leak.txt"), folder.resolve("secret.txt"));
    try (WebFixture small = WebFixture.start(root)) {
      assertEquals(200, small.get("/app/main.js").statusCode());
      for (String path :
          new String[] {"/.env", "/.git/config", "/leak.txt", "/app/", "/app", "/%2eenv"}) {
        Problem.assertIs(404, "path.unknown", small.get(path));
      }
      assertTrue(header(small.get("/"), "content-security-policy").contains("script-src 'self';"));
    }
  }

  @Test
  void saysWhenThereIsNoPage(@TempDir Path folder) {
    IOException failure = assertThrows(IOException.class, () -> PageFiles.load(folder));
    assertTrue(failure.getMessage().contains("index.html"), failure.getMessage());
  }
}
