package dev.sluice.storage;

import dev.sluice.bus.StorageGate;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the recordings root stands. A root that has not answered for three rounds is said to be
 * closed. For one event loop.
 */
final class Gates {
  private static final int MISSED_ROUNDS = 3;
  private static final Logger LOG = LoggerFactory.getLogger(Gates.class);

  private final Function<Path, RootProbe> newProbe;
  private final Map<Path, RootProbe> probes = new HashMap<>();
  private StorageGate last = new StorageGate(Path.of(""), false, -1, -1);

  Gates(Function<Path, RootProbe> newProbe) {
    this.newProbe = newProbe;
  }

  /** Measures the root and tells how it stands, soon. */
  void measure(Path root, Context context, Consumer<StorageGate> tell) {
    forgetAllBut(root);
    Consumer<StorageGate> told =
        gate -> {
          last = gate;
          tell.accept(gate);
        };
    RootProbe probe = probes.computeIfAbsent(root, newProbe);
    probe
        .measure()
        .ifPresentOrElse(
            gate ->
                Future.fromCompletionStage(gate, context)
                    .onSuccess(told::accept)
                    .onFailure(e -> LOG.warn("{} cannot be measured: {}", root, e.toString())),
            () -> missed(probe, told));
  }

  /** As it was told last; unknown when it was not measured yet. */
  StorageGate last(Path root) {
    return last.root().equals(root) ? last : new StorageGate(root, false, -1, -1);
  }

  /** Lets go of the threads; does not wait. */
  void close() {
    probes.values().forEach(RootProbe::close);
  }

  private static void missed(RootProbe probe, Consumer<StorageGate> told) {
    if (probe.missed() >= MISSED_ROUNDS) {
      told.accept(probe.silent());
    }
  }

  private void forgetAllBut(Path root) {
    probes
        .entrySet()
        .removeIf(
            probe -> {
              boolean gone = !probe.getKey().equals(root);
              if (gone) {
                probe.getValue().close();
              }
              return gone;
            });
  }
}
