package dev.sluice.cli;

import dev.sluice.settings.Connection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How to connect, as given on the command line. */
final class StreamOptions {
  @Option(
      names = "--header",
      paramLabel = "'NAME: VALUE'",
      description = "Request header; may be given again.")
  private List<String> headers = List.of();

  @Option(names = "--user-agent", paramLabel = "TEXT", description = "User-Agent header.")
  private String userAgent;

  @Option(names = "--referer", paramLabel = "URL", description = "Referer header.")
  private String referer;

  @Option(
      names = "--cookie-file",
      paramLabel = "FILE",
      description = "File with the value of the Cookie header.")
  private Path cookieFile;

  @Option(
      names = "--proxy",
      paramLabel = "URL",
      description = "http://, socks4:// or socks5:// proxy.")
  private URI proxy;

  /**
   * @throws IllegalArgumentException with a sentence when a value is wrong
   */
  Connection connection() {
    Map<String, String> map = new LinkedHashMap<>();
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("--header wants 'Name: value'");
      }
      map.put(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }
    if (proxy != null && (proxy.getHost() == null || proxy.getScheme() == null)) {
      throw new IllegalArgumentException("--proxy wants an address such as socks5://host:1080");
    }
    return new Connection(
        map,
        Optional.ofNullable(userAgent),
        Optional.ofNullable(referer),
        Optional.ofNullable(cookieFile).map(StreamOptions::firstLine),
        Optional.ofNullable(proxy));
  }

  private static String firstLine(Path file) {
    try {
      return Files.readString(file).lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw new IllegalArgumentException("--cookie-file cannot be read: " + file, e);
    }
  }
}
