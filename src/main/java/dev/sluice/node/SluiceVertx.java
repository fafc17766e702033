package dev.sluice.node;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** The Vert.x of this program: few threads, for small machines. */
public final class SluiceVertx {
  private static final int EVENT_LOOPS = 2;
  private static final int WORKERS = 4;
  private static final int INTERNAL_WORKERS = 4;

  private SluiceVertx() {}

  /** A new one; to be closed by the caller. */
  public static Vertx create() {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(EVENT_LOOPS)
            .setWorkerPoolSize(WORKERS)
            .setInternalBlockingPoolSize(INTERNAL_WORKERS)
            .setPreferNativeTransport(true));
  }
}
