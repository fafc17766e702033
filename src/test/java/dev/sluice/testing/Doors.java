package dev.sluice.testing;

import dev.sluice.ledger.KeyRow;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.web.door.Owner;
import dev.sluice.web.door.OwnerFile;
import dev.sluice.web.door.PasswordHash;
import dev.sluice.web.door.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens servers to tests: an owner whose password is known, a key, and signing in. */
public final class Doors {
  public static final String PASSWORD = "correct horse battery";

  /** An API key that may do what keys may. */
  public static final String KEY = "sluice_key-of-the-tests";

  public static final String BEARER = "Bearer " + KEY;

  private Doors() {}

  /** Sets {@link #PASSWORD}, hashed in no time, unless there is an owner already. */
  public static void own(Path data) {
    try {
      OwnerFile file = new OwnerFile(data);
      if (file.read().isEmpty()) {
        file.write(Owner.withPassword(quickHash(), ""));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of {@link #PASSWORD} with one round and no salt worth the name. */
  private static PasswordHash quickHash() {
    byte[] hash = Base64.getDecoder().decode("kbetH8pvQW2woEDkqwW3lBiusahaNsvlbcMnQlA1Qxc=");
    return new PasswordHash("salt".getBytes(StandardCharsets.UTF_8), 1, hash);
  }

  public static void addKey(Ledger ledger) {
    KeyRow row = new KeyRow(0, Tokens.hash(KEY), "tests", false, Instant.EPOCH, Optional.empty());
    LedgerRows.ask(ledger, rows -> rows.door().addKey(row));
  }

  /**
   * Signs in with {@link #PASSWORD}.
   *
   * @return the cookies that a browser would carry from then on, each {@code name=value}; none when
   *     nobody is let in there
   */
  public static List<String> signIn(URI server) {
    String body = "{\"password\":\"" + PASSWORD + "\"}";
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/api/v1/session"))
            .header("content-type", "application/json")
            .timeout(Duration.ofMinutes(1))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      return answer.headers().allValues("set-cookie").stream()
          .map(cookie -> cookie.split(";", 2)[0])
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes a folder away. */
  public static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
