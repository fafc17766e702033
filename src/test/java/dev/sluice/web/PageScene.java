package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A whole server that watches rooms of a source, and a page of it: {@code /live.flv} plays once the
 * broadcast is on air, {@code /off.flv} answers 404.
 */
final class PageScene implements AutoCloseable {
  final LiveSource source = LiveSource.start();
  final Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4)));
  final PageServer server;
  final PageTab tab;

  private PageScene(
      PageBrowser browser,
      Path folder,
      String targets,
      Function<PageScene, PageServer.Room[]> rooms)
      throws Exception {
    source.on("/live.flv", Script.live(broadcast));
    source.on("/off.flv", Script.status(404));
    server = PageServer.startWith(folder, targets, rooms.apply(this));
    tab = browser.open(server.address());
  }

  /**
   * @param targets lines of further targets
   * @param rooms of the settings
   */
  static PageScene open(
      PageBrowser browser,
      Path folder,
      String targets,
      Function<PageScene, PageServer.Room[]> rooms)
      throws Exception {
    return new PageScene(browser, folder, targets, rooms);
  }

  /** One that is on air with the broadcast, and one that is not. */
  static PageServer.Room[] twoRooms(PageScene scene) {
    return new PageServer.Room[] {
      new PageServer.Room(scene.link("/live.flv") + " # the door", "name: Cam 1"),
      new PageServer.Room(scene.link("/off.flv"), "name: Cam 2")
    };
  }

  String link(String path) {
    return source.uri(path).toString();
  }

  /** Also checks that the browser had nothing to complain of, but answers that refuse a text. */
  @Override
  public void close() {
    try (source;
        server) {
      List<String> complaints =
          tab.complaints().stream().filter(text -> !text.contains("status of 422")).toList();
      assertEquals(List.of(), complaints);
      tab.close();
    }
  }
}
