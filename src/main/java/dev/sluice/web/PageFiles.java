package dev.sluice.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The page's files, read once at start: a request names one of them or nothing, so that no path
 * from outside ever reaches the disk, and the page stays one version while the program is updated.
 */
final class PageFiles {
  private static final int MAX_FILES = 2000;
  private static final long MAX_BYTES = 16L << 20;
  private static final Pattern INLINE_SCRIPT =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"));

  private final Map<String, PageFile> files;

  private PageFiles(Map<String, PageFile> files) {
    this.files = Map.copyOf(files);
  }

  private record PageFile(Buffer bytes, String type, String etag, String modified, String csp) {}

  /**
   * Reads them all. Blocks.
   *
   * @throws IOException if there is no page in the folder, or far more than a page
   */
  static PageFiles load(Path webroot) throws IOException {
    if (!Files.isRegularFile(webroot.resolve("index.html"))) {
      throw new IOException("no page in " + webroot + ": index.html is missing");
    }
    Map<String, PageFile> files = new HashMap<>();
    long bytes = 0;
    for (Path file : found(webroot)) {
      PageFile page = read(file);
      bytes += page.bytes().length();
      files.put("/" + slashes(webroot.relativize(file)), page);
      if (bytes > MAX_BYTES || files.size() > MAX_FILES) {
        throw new IOException(webroot + " holds more than a page may: is it the right folder?");
      }
    }
    files.put("/", files.get("/index.html"));
    return new PageFiles(files);
  }

  /** Without hidden ones; links are not followed. */
  private static List<Path> found(Path webroot) throws IOException {
    try (Stream<Path> all = Files.walk(webroot)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !Files.isSymbolicLink(file))
          .filter(file -> !("/" + slashes(webroot.relativize(file))).contains("/."))
          .limit(MAX_FILES + 1L)
          .toList();
    }
  }

  private static String slashes(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  private static PageFile read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is too large for a page's file");
    }
    byte[] bytes = Files.readAllBytes(file);
    Instant modified = Files.getLastModifiedTime(file).toInstant();
    String name = file.getFileName().toString();
    String type =
        TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain; charset=utf-8");
    return new PageFile(
        Buffer.buffer(bytes),
        type,
        '"' + hash(bytes).substring(0, 22) + '"',
        HttpDate.of(modified),
        SafeHeaders.page(scripts(new String(bytes, StandardCharsets.UTF_8), type)));
  }

  /** Hashes of the import maps in a page. */
  private static String scripts(String text, String type) {
    StringBuilder hashes = new StringBuilder();
    if (type.startsWith("text/html")) {
      Matcher matcher = INLINE_SCRIPT.matcher(text);
      while (matcher.find()) {
        String script = matcher.group(1).replace("\r\n", "\n");
        hashes.append(" 'sha256-");
        hashes.append(hash(script.getBytes(StandardCharsets.UTF_8))).append('\'');
      }
    }
    return hashes.toString();
  }

  private static String hash(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Sends the file that the path names, or lets the next route answer. */
  void send(RoutingContext context) {
    PageFile file = files.get(context.request().path());
    if (file == null) {
      context.next();
      return;
    }
    HttpServerResponse response =
        context
            .response()
            .putHeader(SafeHeaders.CSP, file.csp())
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
            .putHeader(HttpHeaders.ETAG, file.etag())
            .putHeader(HttpHeaders.LAST_MODIFIED, file.modified());
    if (file.etag().equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, file.type());
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(file.bytes().length())).end();
      return;
    }
    response.end(file.bytes());
  }
}
