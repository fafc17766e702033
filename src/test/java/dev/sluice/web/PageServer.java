package dev.sluice.web;

import dev.sluice.node.DataDirectory;
import dev.sluice.node.SluiceNode;
import dev.sluice.testing.Doors;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A whole server on a folder of its own, with a page to look at. */
final class PageServer implements AutoCloseable {
  private static final Path WEBROOT = Path.of(System.getProperty("sluice.home", "."), "webroot");
  private static final String SETTINGS =
      """
      server:
        host: 127.0.0.1
        port: 0
      recordings:
        dir: recordings
      monitor:
        every: 1s
        grace: 2s
        stall_timeout: 2s
      targets:
        nas:
          type: folder
          dir: delivered
      """;

  private final Path folder;
  private SluiceNode node;

  /** One room of the settings file, as the lines of its entry. */
  record Room(String link, String... more) {
    private String yaml() {
      List<String> lines = new ArrayList<>(List.of("  - link: " + link));
      for (String line : more) {
        lines.add("    " + line);
      }
      return String.join("\n", lines) + "\n";
    }
  }

  private PageServer(Path folder) {
    this.folder = folder;
  }

  /** Starts a server that watches these rooms every second and delivers to one folder. */
  static PageServer start(Path folder, Room... rooms) throws Exception {
    return startWith(folder, "", rooms);
  }

  /**
   * The same with more targets.
   *
   * @param targets lines below {@code targets}
   */
  static PageServer startWith(Path folder, String targets, Room... rooms) throws Exception {
    StringBuilder text = new StringBuilder(SETTINGS).append(targets.indent(2));
    text.append(rooms.length == 0 ? "" : "rooms:\n");
    for (Room room : rooms) {
      text.append(room.yaml());
    }
    Files.createDirectories(folder.resolve("delivered"));
    Files.writeString(folder.resolve("sluice.yaml"), text);
    Doors.own(folder);
    PageServer server = new PageServer(folder);
    server.begin();
    return server;
  }

  /** Starts one whose first start is not done, on settings of these lines alone. */
  static PageServer startNew(Path folder, String... lines) throws Exception {
    Files.createDirectories(folder);
    String text = "server:\n  host: 127.0.0.1\n  port: 0\n" + String.join("\n", lines) + "\n";
    Files.writeString(folder.resolve("sluice.yaml"), text);
    PageServer server = new PageServer(folder);
    server.begin();
    return server;
  }

  /** What the console would show of the first start. */
  String setupLink() {
    return node.setupLink().orElseThrow();
  }

  /** An address that signs in once. */
  String signInLink() {
    return node.signInLink();
  }

  private void begin() throws Exception {
    DataDirectory directory = DataDirectory.open(folder);
    try {
      node =
          SluiceNode.start(
              directory, new SluiceNode.Options(directory.settings(), "", WEBROOT, "1.2.3"));
    } catch (Exception e) {
      directory.close();
      throw e;
    }
  }

  String address() {
    return node.address();
  }

  Path recordings() {
    return folder.resolve("recordings");
  }

  Path delivered() {
    return folder.resolve("delivered");
  }

  /** Stops it; the folder stays, and its next start will listen on the same port. */
  void stop() throws IOException {
    int port = URI.create(address()).getPort();
    close();
    Path settings = folder.resolve("sluice.yaml");
    Files.writeString(settings, Files.readString(settings).replace("port: 0", "port: " + port));
  }

  /** Starts it again. */
  void startAgain() throws Exception {
    begin();
  }

  @Override
  public void close() {
    if (node != null) {
      node.close();
      node = null;
    }
  }
}
