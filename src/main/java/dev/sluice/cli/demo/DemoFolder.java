package dev.sluice.cli.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The folder that a demo works in, and its settings. */
public final class DemoFolder {
  private final Path path;

  /** Makes a new folder among the system's temporary ones. */
  public DemoFolder() throws IOException {
    path = Files.createTempDirectory("sluice-demo-");
  }

  public Path path() {
    return path;
  }

  /** Where finished files are delivered. */
  public Path delivered() {
    return path.resolve("delivered");
  }

  /**
   * Writes the settings of the demo.
   *
   * @param channel address of the channel to watch
   * @param port of the page
   */
  public Path writeSettings(String channel, int port) throws IOException {
    Files.createDirectories(delivered());
    String text =
        """
        # Settings of the demo. Change something and see what the page says.
        server:
          host: 127.0.0.1
          port: %d
        recordings:
          dir: recordings
          split:
            every: 10s
        monitor:
          every: 1s
          grace: 5s
        targets:
          folder:
            type: folder
            dir: delivered
        rooms:
          - link: %s
            name: Test card
        """
            .formatted(port, channel);
    return Files.writeString(path.resolve("sluice.yaml"), text);
  }

  /** Removes the folder and all that is in it; links are removed, not followed. */
  public void delete() throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
