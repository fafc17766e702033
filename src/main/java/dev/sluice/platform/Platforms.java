package dev.sluice.platform;

import dev.sluice.platform.Platform.Identity;
import dev.sluice.platform.direct.DirectPlatform;
import dev.sluice.room.RoomKey;
import io.vertx.core.Future;
import java.util.List;

/** The sites that Sluice knows, in the order in which they are asked. */
public final class Platforms {
  private final List<Platform> platforms = List.of(new DirectPlatform());

  /** Who the link names; fails with a {@link LinkException}. */
  public Future<Identity> identify(String link) {
    return platforms.stream()
        .filter(platform -> platform.understands(link))
        .findFirst()
        .map(platform -> platform.identify(link))
        .orElseGet(
            () ->
                Future.failedFuture(
                    new LinkException(
                        "link.unknown",
                        "this is no http(s) address; give the address of an FLV stream")));
  }

  /** The key under which a link is shown that no platform can identify. */
  public static RoomKey unidentified(String link) {
    return new RoomKey("link", link);
  }

  /**
   * The platform of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Platform named(String name) {
    return platforms.stream()
        .filter(platform -> platform.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no platform named " + name));
  }
}
