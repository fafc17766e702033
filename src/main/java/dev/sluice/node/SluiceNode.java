package dev.sluice.node;

import dev.sluice.bus.PassThroughCodec;
import dev.sluice.finish.FinishVerticle;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.monitor.MonitorVerticle;
import dev.sluice.net.StreamClient;
import dev.sluice.notify.NotifyVerticle;
import dev.sluice.notify.WebhookVerticle;
import dev.sluice.platform.Platform;
import dev.sluice.platform.Platforms;
import dev.sluice.record.RecordTools;
import dev.sluice.record.RecordVerticle;
import dev.sluice.settings.Environment;
import dev.sluice.settings.Settings;
import dev.sluice.settings.SettingsFile;
import dev.sluice.settings.SettingsReader;
import dev.sluice.settings.SettingsWriter;
import dev.sluice.storage.StorageVerticle;
import dev.sluice.upload.UploadVerticle;
import dev.sluice.web.WebTools;
import dev.sluice.web.WebVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: starts the verticles of the process in order and stops them in the other. Use
 * from plain threads; both calls block.
 */
public final class SluiceNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SluiceNode.class);
  private static final Duration START_WITHIN = Duration.ofHours(1);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(18);

  private final DataDirectory directory;
  private final Ledger ledger;
  private final Vertx vertx;
  private final Deque<String> deployed = new ArrayDeque<>();
  private WebVerticle web;
  private String host = "127.0.0.1";

  private SluiceNode(DataDirectory directory, Ledger ledger, Vertx vertx) {
    this.directory = directory;
    this.ledger = ledger;
    this.vertx = vertx;
  }

  /**
   * What a server is started with.
   *
   * @param settings path of the settings file
   * @param example text of a settings file to be made where there is none
   * @param webroot folder of the page's files
   * @param version shown on the page
   * @param console takes what only who sees the console may know; called from any thread
   */
  public record Options(
      Path settings, String example, Path webroot, String version, Consumer<String> console) {

    /** Without a console. */
    public Options(Path settings, String example, Path webroot, String version) {
      this(settings, example, webroot, version, text -> {});
    }
  }

  /**
   * Starts a server on a locked data directory, which is closed with it.
   *
   * @throws Exception with a sentence for the user when it cannot start; then nothing of it runs
   */
  public static SluiceNode start(DataDirectory directory, Options options) throws Exception {
    SettingsReader reader = new SettingsReader(directory.path(), Environment.of(System.getenv()));
    SettingsFile file = new SettingsFile(options.settings(), reader);
    file.createIfMissing(options.example());
    SettingsFile.Loaded loaded = file.load();
    // Beside each other: both mostly load libraries.
    CompletableFuture<Vertx> vertx = CompletableFuture.supplyAsync(SluiceVertx::create);
    Ledger ledger = openLedger(directory, vertx);
    SluiceNode node = new SluiceNode(directory, ledger, vertx.get());
    try {
      node.deployAll(file, loaded, new SettingsWriter(reader), options);
      directory.announce(node.address());
      return node;
    } catch (Exception e) {
      node.close();
      throw e;
    }
  }

  private static Ledger openLedger(DataDirectory directory, CompletableFuture<Vertx> vertx) {
    try {
      return SqliteLedger.open(directory.ledger());
    } catch (RuntimeException e) {
      vertx.thenAccept(Vertx::close);
      throw e;
    }
  }

  private void deployAll(
      SettingsFile file, SettingsFile.Loaded loaded, SettingsWriter writer, Options options)
      throws Exception {
    PassThroughCodec.register(vertx);
    Platforms platforms = new Platforms();
    SettingsVerticle settings = new SettingsVerticle(file, loaded, writer, platforms);
    StreamClient client = new StreamClient(vertx, "Sluice/" + options.version());
    RecordTools tools = new RecordTools(ledger, client, platforms);
    Settings.Server server = loaded.settings().server();
    host = server.host();
    web =
        new WebVerticle(
            new WebTools(
                ledger,
                options.webroot(),
                options.version(),
                directory.path(),
                options.console(),
                server.host(),
                server.port(),
                settings));
    deploy(new NotifyVerticle());
    deploy(settings);
    deploy(new WebhookVerticle(ledger, settings, "Sluice/" + options.version()));
    deploy(web);
    deploy(new StorageVerticle(ledger, settings, platforms));
    deploy(new UploadVerticle(ledger, settings));
    deploy(new FinishVerticle(ledger));
    deploy(new RecordVerticle(tools, row -> targets(row, settings, platforms)));
    deploy(new MonitorVerticle(ledger, platforms, settings));
  }

  /** Where a segment goes that is found after a restart: what holds for its room now. */
  private static List<String> targets(
      SegmentRow row, Supplier<Settings> settings, Platforms platforms) {
    Settings now = settings.get();
    return now.rooms().stream()
        .filter(entry -> names(entry, row, platforms))
        .findFirst()
        .map(entry -> now.effective(row.room(), entry).targets())
        .orElse(now.global().targets());
  }

  private static boolean names(Settings.RoomEntry entry, SegmentRow row, Platforms platforms) {
    io.vertx.core.Future<Platform.Identity> identity = platforms.identify(entry.link());
    return identity.succeeded() && identity.result().key().equals(row.room());
  }

  private void deploy(Deployable verticle) throws Exception {
    try {
      deployed.push(
          vertx
              .deployVerticle(verticle)
              .toCompletionStage()
              .toCompletableFuture()
              .get(START_WITHIN.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      // The sentence is for a person: without the wrapper's class name.
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** Address of the page; where it listens on all addresses, the one of this machine. */
  public String address() {
    boolean all = host.equals("0.0.0.0") || host.equals("::");
    String name = all ? "127.0.0.1" : host;
    return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + web.port();
  }

  /** The page's address with the code for the first start, while that is not done. */
  public Optional<String> setupLink() {
    return web.setupCode().map(code -> address() + "/#code=" + code);
  }

  /** The page's address with a code that signs one browser in, once. */
  public String signInLink() {
    return address() + "/#code=" + web.signInCode();
  }

  /** Ends everything in order: no new recordings, files closed, page last. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + STOP_WITHIN.toNanos();
    while (!deployed.isEmpty()) {
      await(vertx.undeploy(deployed.pop()), deadline);
    }
    await(vertx.close(), deadline);
    ledger.close();
    try {
      directory.close();
    } catch (IOException e) {
      LOG.warn("the data directory could not be unlocked: {}", e.getMessage());
    }
  }

  private static void await(io.vertx.core.Future<?> future, long deadline) {
    try {
      long left = Math.max(1, deadline - System.nanoTime());
      future.toCompletionStage().toCompletableFuture().get(left, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("a part of the program did not stop in order: {}", e.toString());
    }
  }
}
