package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTraitsTest {
  @TempDir Path folder;

  @Test
  void triesLocksAndLinksAndLeavesNothingBehind() throws IOException {
    assertEquals(new FolderTraits(true, true), FolderTraits.of(folder));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void saysThatNothingCanBeTriedWhereNoFileCanBeMade() {
    assertThrows(IOException.class, () -> FolderTraits.of(folder.resolve("missing")));
  }
}
