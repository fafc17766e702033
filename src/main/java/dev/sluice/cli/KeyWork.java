package dev.sluice.cli;

import dev.sluice.ledger.KeyRow;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.node.DataDirectory;
import dev.sluice.web.door.FolderOwner;
import dev.sluice.web.door.KeyBook;
import dev.sluice.web.door.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * What is done to keys: by the server that runs on the data directory, else on its ledger, under
 * the directory's lock. Two processes never write one ledger.
 */
interface KeyWork {
  /** The new key. */
  String add(String name, boolean readOnly) throws Exception;

  /** A line for each key. */
  List<String> list() throws Exception;

  void remove(String name) throws Exception;

  static KeyWork on(Path data) throws IOException {
    try {
      return new OnLedger(DataDirectory.open(data));
    } catch (DataDirectory.InUse e) {
      return new OverLoopback(LocalServer.on(data));
    }
  }

  /** A line as printed. */
  static String line(String name, boolean readOnly, String used) {
    return name + "  " + (readOnly ? "read-only" : "full") + "  last used " + used;
  }

  /** No server runs; each object does one thing and lets go of the directory. */
  record OnLedger(DataDirectory directory) implements KeyWork {
    @Override
    public String add(String name, boolean readOnly) throws Exception {
      String key = KeyBook.newKey();
      Optional<String> problem = KeyBook.problem(name.strip());
      KeyRow row =
          new KeyRow(0, Tokens.hash(key), name.strip(), readOnly, Instant.now(), Optional.empty());
      return ask(
          rows -> {
            if (problem.isPresent()) {
              throw new IllegalArgumentException(problem.get());
            }
            List<KeyRow> known = rows.door().keys();
            if (known.stream().anyMatch(each -> each.name().equals(row.name()))) {
              throw new IllegalArgumentException("there is a key of this name: choose another");
            }
            if (known.size() >= KeyBook.MAX) {
              throw new IllegalArgumentException("there are " + KeyBook.MAX + " keys: remove some");
            }
            rows.door().addKey(row);
            return key;
          });
    }

    @Override
    public List<String> list() throws Exception {
      return ask(
          rows ->
              rows.door().keys().stream()
                  .map(
                      row ->
                          line(
                              row.name(),
                              row.readOnly(),
                              row.usedAt().map(Instant::toString).orElse("never")))
                  .toList());
    }

    @Override
    public void remove(String name) throws Exception {
      ask(
          rows -> {
            KeyRow row =
                rows.door().keys().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no key " + name));
            return rows.door().removeKey(row.id());
          });
    }

    private <T> T ask(Function<Ledger.Rows, T> work) throws Exception {
      try (DataDirectory locked = directory;
          Ledger ledger = SqliteLedger.open(locked.ledger())) {
        return ledger.call(work).get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      } finally {
        FolderOwner.give(directory.path());
      }
    }
  }

  /** A server runs and does it. */
  record OverLoopback(LocalServer server) implements KeyWork {
    @Override
    public String add(String name, boolean readOnly) throws IOException {
      return server.add(name, readOnly);
    }

    @Override
    public List<String> list() throws IOException {
      return server.keys().stream()
          .map(
              key ->
                  line(
                      key.path("name").asText(),
                      key.path("read_only").asBoolean(),
                      key.path("used_at").asText("never")))
          .toList();
    }

    @Override
    public void remove(String name) throws IOException {
      String id =
          server.keys().stream()
              .filter(key -> key.path("name").asText().equals(name))
              .map(key -> key.path("id").asText())
              .findFirst()
              .orElseThrow(() -> new IOException("there is no key " + name));
      server.ask("DELETE", "/keys/" + id, null);
    }
  }
}
