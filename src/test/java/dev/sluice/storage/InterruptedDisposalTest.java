package dev.sluice.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.ledger.Disposal;
import dev.sluice.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A crash between any two file operations of a disposal: the next start ends it. */
class InterruptedDisposalTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int FILES = 3;
  @TempDir private Path dir;
  private StorageFixture storage;
  private long id;

  @BeforeEach
  void begin() throws IOException {
    storage = new StorageFixture(dir);
    id = storage.recording(100, 200);
  }

  @AfterEach
  void end() {
    storage.close();
  }

  /** Operations done before the crash: each file is linked, then its old name goes. */
  static Stream<Integer> operations() {
    return IntStream.rangeClosed(0, 2 * FILES).boxed();
  }

  private List<String> names() {
    return List.of(
        "Cam/" + id + " 1.flv", "Cam/" + id + " 2.flv", "Cam/" + id + " 1.coverage.json");
  }

  private List<Path> inPlace() {
    return names().stream().map(storage.root::resolve).toList();
  }

  private List<Path> inTrash() {
    Path trash = storage.root.resolve(".sluice/trash/" + id);
    return names().stream().map(trash::resolve).toList();
  }

  private static void move(List<Path> from, List<Path> to, int operations) throws IOException {
    for (int i = 0; i < operations; i++) {
      Path old = from.get(i / 2);
      Path fresh = to.get(i / 2);
      Files.createDirectories(fresh.getParent());
      if (i % 2 == 0) {
        Files.createLink(fresh, old);
      } else {
        Files.delete(old);
      }
    }
  }

  private void ends(Disposal wanted, List<Path> there) {
    storage.start("");
    Await.until(LIMIT, wanted::name, () -> storage.disposal(id) == wanted);
    assertEquals(
        there.stream().map(path -> storage.root.relativize(path).toString()).sorted().toList(),
        storage.files());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void onTheWayIntoTheTrash(int done) throws IOException {
    storage.dispose(id, Disposal.KEPT, Disposal.TRASHING);
    move(inPlace(), inTrash(), done);
    ends(Disposal.TRASHED, inTrash());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void onTheWayBack(int done) throws IOException {
    storage.dispose(id, Disposal.KEPT, Disposal.TRASHING);
    move(inPlace(), inTrash(), 2 * FILES);
    storage.dispose(id, Disposal.TRASHING, Disposal.RESTORING);
    move(inTrash(), inPlace(), done);
    ends(Disposal.KEPT, inPlace());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void undoneOnTheWayIntoTheTrash(int done) throws IOException {
    storage.dispose(id, Disposal.KEPT, Disposal.TRASHING);
    move(inPlace(), inTrash(), done);
    storage.dispose(id, Disposal.TRASHING, Disposal.RESTORING);
    ends(Disposal.KEPT, inPlace());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void onTheWayOut(int done) throws IOException {
    storage.dispose(id, Disposal.KEPT, Disposal.TRASHING);
    move(inPlace(), inTrash(), 2 * FILES);
    storage.dispose(id, Disposal.TRASHING, Disposal.TRASHED);
    storage.dispose(id, Disposal.TRASHED, Disposal.REMOVING);
    for (Path file : inTrash().subList(0, done / 2)) {
      Files.delete(file);
    }
    ends(Disposal.REMOVED, List.of());
  }
}
