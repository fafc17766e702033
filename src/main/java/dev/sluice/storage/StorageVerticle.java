package dev.sluice.storage;

import dev.sluice.bus.StorageGate;
import dev.sluice.bus.Topics;
import dev.sluice.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every ten seconds how each recordings root stands. A root that has not answered for three
 * rounds is said to be closed. Deletes nothing.
 */
public final class StorageVerticle extends VerticleBase {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int MISSED_ROUNDS = 3;
  private static final Logger LOG = LoggerFactory.getLogger(StorageVerticle.class);

  private final Supplier<Settings> settings;
  private final Duration every;
  private final Function<Path, RootProbe> newProbe;
  private final Map<Path, RootProbe> probes = new HashMap<>();

  public StorageVerticle(Supplier<Settings> settings) {
    this(settings, EVERY, RootProbe::new);
  }

  StorageVerticle(Supplier<Settings> settings, Duration every, Function<Path, RootProbe> newProbe) {
    this.settings = settings;
    this.every = every;
    this.newProbe = newProbe;
  }

  @Override
  public Future<?> start() {
    Topics.SETTINGS_CHANGED.consume(vertx, news -> round());
    vertx.setPeriodic(every.toMillis(), timer -> round());
    round();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    probes.values().forEach(RootProbe::close);
    return Future.succeededFuture();
  }

  private void round() {
    Path root = settings.get().global().dir();
    forgetAllBut(root);
    RootProbe probe = probes.computeIfAbsent(root, newProbe);
    probe
        .measure()
        .ifPresentOrElse(
            gate ->
                Future.fromCompletionStage(gate, context)
                    .onSuccess(this::tell)
                    .onFailure(e -> LOG.warn("{} cannot be measured: {}", root, e.toString())),
            () -> missed(probe));
  }

  private void missed(RootProbe probe) {
    if (probe.missed() >= MISSED_ROUNDS) {
      tell(probe.silent());
    }
  }

  private void tell(StorageGate gate) {
    Topics.STORAGE_GATE.publish(vertx, gate);
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
