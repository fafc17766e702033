package dev.sluice.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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

  Connection read(Fields fields) {
    Optional<String> cookie = fields.value("cookie", Values::header);
    Optional<String> fromFile = fields.value("cookie_file", this::cookieFile);
    if (fields.node("cookie").isPresent() && fields.node("cookie_file").isPresent()) {
      fields.problem("cookie_file", "stands beside 'cookie'; keep one of the two");
    }
    return new Connection(
        headers(fields.below("headers")),
        fields.value("user_agent", Values::header),
        fields.value("referer", Values::header),
        cookie.or(() -> fromFile),
        fields.value("proxy", Values::proxy));
  }

  private static Map<String, String> headers(Fields fields) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : fields.names()) {
      if (!Values.isHeaderName(name)) {
        fields.nameProblem(name, "is no header name; use letters, digits and '-'");
      } else if (headers.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
        fields.nameProblem(name, "set twice; upper and lower case make no difference");
      } else {
        fields.value(name, Values::header).ifPresent(value -> headers.put(name, value));
      }
    }
    return headers;
  }

  private String cookieFile(String text) {
    String shown = Problems.quote(text);
    Path file;
    try {
      file = data.resolve(Values.line(Values.LINK_LIMIT).apply(text));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(shown + " is no path", e);
    }
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "there is no file " + shown + "; the path starts at the data directory");
    }
    return Values.header(firstLine(file, shown));
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
