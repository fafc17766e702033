package dev.sluice.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads how to connect: headers, cookie, proxy. */
final class ConnectionReader {
  private static final int COOKIE_FILE_LIMIT = 16 * 1024;

  private final Path data;

  ConnectionReader(Path data) {
    this.data = data;
  }

  Connection read(Fields fields, Scope scope) {
    Optional<String> cookie = fields.value(FieldTable.COOKIE, scope);
    Optional<String> fromFile = fields.value(FieldTable.COOKIE_FILE, scope, this::cookieFile);
    if (fields.has(FieldTable.COOKIE, scope) && fields.has(FieldTable.COOKIE_FILE, scope)) {
      fields.problem("cookie_file", "stands beside 'cookie'; keep one of the two");
    }
    return new Connection(
        headers(fields.below("headers")),
        fields.value(FieldTable.USER_AGENT, scope),
        fields.value(FieldTable.REFERER, scope),
        cookie.or(() -> fromFile),
        fields.value(FieldTable.PROXY, scope));
  }

  private static Map<String, String> headers(Fields fields) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : fields.names()) {
      if (!Values.isHeaderName(name)) {
        fields.nameProblem(name, "is no header name; use letters, digits and '-'");
      } else if (headers.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
        fields.nameProblem(name, "set twice; upper and lower case make no difference");
      } else {
        fields
            .value(name, FieldTable.HEADERS.kind().parser())
            .ifPresent(value -> headers.put(name, value));
      }
    }
    return headers;
  }

  private String cookieFile(String text) {
    String shown = Problems.quote(text);
    return Values.header(firstLine(Values.file(data).apply(text), shown));
  }

  private static String firstLine(Path file, String shown) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(COOKIE_FILE_LIMIT + 1);
      if (bytes.length > COOKIE_FILE_LIMIT) {
        throw new IllegalArgumentException("the file " + shown + " is larger than 16 KiB");
      }
      String line =
          new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("").strip();
      if (line.isEmpty()) {
        throw new IllegalArgumentException("the first line of the file " + shown + " is empty");
      }
      return line;
    } catch (IOException e) {
      throw new IllegalArgumentException("the file " + shown + " cannot be read", e);
    }
  }
}
