package dev.sluice.cli;

import dev.sluice.bus.PassThroughCodec;
import dev.sluice.bus.RecordPlan;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.net.StreamClient;
import dev.sluice.node.SluiceVertx;
import dev.sluice.platform.LinkException;
import dev.sluice.platform.Platform.Identity;
import dev.sluice.platform.Platforms;
import dev.sluice.record.RecordTools;
import dev.sluice.record.RecordVerticle;
import dev.sluice.room.Container;
import dev.sluice.settings.Connection;
import dev.sluice.settings.Units;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Records links without a server: the same gate and recorders, nothing kept but the files. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    description = "Records each link until its broadcast is over.",
    footer = {
      "",
      "Exit code 0: over, files closed, also after SIGINT or SIGTERM.",
      "1: a link was not live or failed. 2: wrong usage."
    })
final class RecordCommand implements Callable<Integer> {
  private static final String NAME = "{name} {live:yyyy-MM-dd HH.mm.ss} {part:000}";
  private static final long STOP_SECONDS = 18;

  @Parameters(arity = "1..*", paramLabel = "LINK", description = "Address of a live stream.")
  private List<String> links;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go (default: here).",
      defaultValue = ".")
  private Path out;

  @Option(
      names = "--container",
      paramLabel = "KIND",
      description = "Kind of file: flv or mp4 (default: ${DEFAULT-VALUE}).",
      defaultValue = "flv")
  private Container container;

  @Option(
      names = "--split-every",
      paramLabel = "TIME",
      description = "Begin a new file after this time, for example 1h.")
  private Duration splitEvery;

  @Option(
      names = "--split-size",
      paramLabel = "SIZE",
      description = "Begin a new file at this size, for example 2GiB.")
  private String splitSize;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      description = "How long a drop may last (default: ${DEFAULT-VALUE}).",
      defaultValue = "30s")
  private Duration grace;

  @Option(
      names = "--stall-timeout",
      paramLabel = "TIME",
      description = "How long a connection may bring nothing (default: ${DEFAULT-VALUE}).",
      defaultValue = "10s")
  private Duration stallTimeout;

  @Option(names = "--wait", description = "Wait for links that are not live.")
  private boolean wait;

  @Option(names = "--json", description = "One JSON object a line on standard output.")
  private boolean json;

  @Mixin private StreamOptions stream;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Home.useLog("logback-command.xml");
    Platforms platforms = new Platforms();
    Connection connection = usage(stream::connection);
    Optional<Long> size = Optional.ofNullable(splitSize).map(text -> usage(() -> positive(text)));
    if (splitEvery != null && (splitEvery.isZero() || splitEvery.isNegative())) {
      throw new ParameterException(spec.commandLine(), "--split-every must be above zero");
    }
    if (stallTimeout.isZero()) {
      throw new ParameterException(spec.commandLine(), "--stall-timeout must be above zero");
    }
    checkFolder();
    Map<Identity, String> rooms = identify(platforms);
    Vertx vertx = SluiceVertx.create();
    PassThroughCodec.register(vertx);
    Ledger ledger = SqliteLedger.inMemory();
    RecordTools tools =
        new RecordTools(ledger, new StreamClient(vertx, "Sluice/" + Home.version()), platforms);
    Printer printer = json ? new JsonPrinter(System.out) : new LinePrinter(System.out);
    RecordRun run = new RecordRun(rooms, name -> plan(name, size), connection, wait, printer);
    await(vertx.deployVerticle(new RecordVerticle(tools, row -> List.of())), 60);
    Shutdown shutdown = Shutdown.onSignal(() -> stop(run));
    await(vertx.deployVerticle(run), 60);
    int code = run.finished().get();
    shutdown.cancel();
    await(vertx.close(), STOP_SECONDS);
    ledger.close();
    return code;
  }

  private int stop(RecordRun run) {
    run.stop(Duration.ofSeconds(STOP_SECONDS));
    return run.finished().getNow(Main.FAILED);
  }

  private RecordPlan plan(String name, Optional<Long> size) {
    return new RecordPlan(
        out.toAbsolutePath().normalize(),
        name,
        NAME,
        container,
        Optional.ofNullable(splitEvery),
        size,
        grace,
        stallTimeout,
        List.of());
  }

  /** The rooms and the link that each is asked by: the same link twice is one room. */
  private Map<Identity, String> identify(Platforms platforms) {
    Map<String, Map.Entry<Identity, String>> byKey = new LinkedHashMap<>();
    for (String link : links) {
      try {
        Identity identity =
            platforms.identify(link).toCompletionStage().toCompletableFuture().join();
        byKey.putIfAbsent(identity.key().toString(), Map.entry(identity, link));
      } catch (CompletionException e) {
        String why =
            e.getCause() instanceof LinkException ? e.getCause().getMessage() : "not understood";
        throw new ParameterException(spec.commandLine(), "'" + link + "': " + why);
      }
    }
    Map<Identity, String> rooms = new LinkedHashMap<>();
    byKey.values().forEach(entry -> rooms.put(entry.getKey(), entry.getValue()));
    return rooms;
  }

  /** Said before anything is asked: a link is not to blame for it. Nothing is made yet. */
  private void checkFolder() {
    Path at = out.toAbsolutePath().normalize();
    while (at != null && !Files.exists(at)) {
      at = at.getParent();
    }
    if (at == null || !Files.isDirectory(at) || !Files.isWritable(at)) {
      throw new ParameterException(
          spec.commandLine(), "--out: files cannot be written below " + at);
    }
  }

  private static long positive(String text) {
    long bytes = Units.size(text);
    if (bytes <= 0) {
      throw new IllegalArgumentException("--split-size must be above zero");
    }
    return bytes;
  }

  private <T> T usage(java.util.function.Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private static void await(io.vertx.core.Future<?> future, long seconds) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
  }
}
