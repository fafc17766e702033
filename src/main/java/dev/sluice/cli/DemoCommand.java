package dev.sluice.cli;

import dev.sluice.cli.demo.DemoChannel;
import dev.sluice.cli.demo.DemoFolder;
import dev.sluice.node.DataDirectory;
import dev.sluice.node.SluiceNode;
import dev.sluice.node.SluiceVertx;
import dev.sluice.web.door.Owner;
import dev.sluice.web.door.OwnerFile;
import dev.sluice.web.door.PasswordHash;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the program at work without network and account. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Plays a small channel, records and delivers it, and shows it on a page.")
final class DemoCommand implements Callable<Integer> {
  private static final int USUAL_PORT = 8080;
  private static final long STOP_SECONDS = 5;

  @Option(names = "--keep", description = "Keep the folder of the demo after its end.")
  private boolean keep;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the page (default: 8080, or a free one).")
  private Integer port;

  @Override
  public Integer call() throws Exception {
    Demo demo =
        Shutdown.around(
            () -> start(port == null ? usualOrFree() : port), started -> started.stop(keep));
    System.out.println("Sluice demo: " + demo.node.signInLink());
    System.out.println("  the address signs one browser in, once");
    System.out.println("  a test card is on air for a minute, then off for twenty seconds;");
    System.out.println(
        "  it is recorded in files of 10 s and delivered to " + demo.folder.delivered());
    System.out.println(
        "  Ctrl+C ends it" + (keep ? "; its folder is kept" : " and removes its folder"));
    new CountDownLatch(1).await();
    return Main.OK;
  }

  /** Runs for a while and ends in order: what the class-data archive is trained with. */
  static int runFor(Duration time) throws Exception {
    Demo demo = start(0);
    try {
      demo.fetchPage();
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
      demo.fetchPage();
    } finally {
      demo.stop(false);
    }
    return Main.OK;
  }

  private static Demo start(int port) throws Exception {
    DemoFolder folder = new DemoFolder();
    System.setProperty("sluice.logs", folder.path().resolve("logs").toString());
    Home.useLog("logback.xml");
    Vertx vertx = SluiceVertx.create();
    try {
      return start(folder, vertx, port);
    } catch (Exception e) {
      vertx.close();
      folder.delete();
      throw e;
    }
  }

  private static Demo start(DemoFolder folder, Vertx vertx, int port) throws Exception {
    DemoChannel channel = new DemoChannel();
    vertx.deployVerticle(channel).toCompletionStage().toCompletableFuture().get();
    Path settings = folder.writeSettings(channel.address(), port);
    DataDirectory directory = DataDirectory.open(folder.path());
    // nobody knows a password: the printed address is the way in
    new OwnerFile(folder.path()).write(Owner.withPassword(PasswordHash.ofNone(), ""));
    SluiceNode node =
        SluiceNode.start(
            directory, new SluiceNode.Options(settings, "", Home.webroot(), Home.version()));
    return new Demo(folder, vertx, node);
  }

  private static int usualOrFree() {
    try (ServerSocket probe = new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      return 0;
    }
  }

  private record Demo(DemoFolder folder, Vertx channel, SluiceNode node) {
    int stop(boolean keep) {
      node.close();
      try {
        channel
            .close()
            .toCompletionStage()
            .toCompletableFuture()
            .get(STOP_SECONDS, TimeUnit.SECONDS);
        if (!keep) {
          folder.delete();
        }
        return Main.OK;
      } catch (Exception e) {
        System.err.println("sluice: the demo's folder is left: " + folder.path());
        return Main.FAILED;
      }
    }

    void fetchPage() throws IOException {
      java.net.URI.create(node.address()).toURL().openStream().close();
      LocalServer server = LocalServer.on(folder.path());
      server.ask("GET", "/rooms", null);
      server.ask("GET", "/recordings", null);
    }
  }
}
