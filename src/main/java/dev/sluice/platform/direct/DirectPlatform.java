package dev.sluice.platform.direct;

import dev.sluice.platform.LinkException;
import dev.sluice.platform.Platform;
import dev.sluice.platform.Source;
import dev.sluice.room.RoomKey;
import dev.sluice.settings.Connection;
import io.vertx.core.Future;
import java.net.URI;
import java.util.Locale;

/** A room that is the address of a stream. The link itself is the source. */
public final class DirectPlatform implements Platform {
  /** Name of this platform. */
  public static final String NAME = "direct";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean understands(String link) {
    String start = link.strip().toLowerCase(Locale.ROOT);
    return start.startsWith("http://") || start.startsWith("https://");
  }

  @Override
  public Future<Identity> identify(String link) {
    try {
      URI address = DirectAddress.normalise(link);
      return Future.succeededFuture(
          new Identity(new RoomKey(NAME, address.toString()), DirectAddress.name(address)));
    } catch (LinkException e) {
      return Future.failedFuture(e);
    }
  }

  @Override
  public Future<Source> source(String link, Connection connection) {
    try {
      return Future.succeededFuture(new Source(DirectAddress.normalise(link), connection));
    } catch (LinkException e) {
      return Future.failedFuture(e);
    }
  }
}
