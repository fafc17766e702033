package dev.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.SourceLook;
import dev.sluice.net.StreamClient;
import dev.sluice.node.SluiceVertx;
import dev.sluice.platform.LinkException;
import dev.sluice.platform.Platform.Identity;
import dev.sluice.platform.Platforms;
import dev.sluice.platform.Source;
import dev.sluice.record.SourceProbe;
import dev.sluice.room.Liveness;
import dev.sluice.settings.Connection;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at one link and says what it finds; records nothing. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    description = "Says whether a link is live and what it sends. Exit code 0: live, 1: not.")
final class ProbeCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(paramLabel = "LINK", description = "Address of a stream.")
  private String link;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Mixin private StreamOptions stream;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Home.useLog("logback-command.xml");
    Connection connection;
    try {
      connection = stream.connection();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    Platforms platforms = new Platforms();
    Identity identity = identify(platforms);
    Vertx vertx = SluiceVertx.create();
    try {
      Source source =
          platforms
              .named(identity.key().platform())
              .source(link, connection)
              .toCompletionStage()
              .toCompletableFuture()
              .get();
      StreamClient client = new StreamClient(vertx, "Sluice/" + Home.version());
      SourceLook.Found finding =
          new SourceProbe(vertx, client, LIMIT)
              .look(source)
              .found()
              .toCompletionStage()
              .toCompletableFuture()
              .get(LIMIT.toSeconds() + 5, TimeUnit.SECONDS);
      print(identity, finding);
      return finding.liveness() == Liveness.LIVE ? Main.OK : Main.FAILED;
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }
  }

  private Identity identify(Platforms platforms) throws InterruptedException {
    try {
      return platforms.identify(link).toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      String why =
          e.getCause() instanceof LinkException ? e.getCause().getMessage() : "not understood";
      throw new ParameterException(spec.commandLine(), "'" + link + "': " + why);
    }
  }

  private void print(Identity identity, SourceLook.Found finding) {
    String state = finding.liveness().name().toLowerCase(java.util.Locale.ROOT);
    if (json) {
      ObjectNode out =
          JSON.createObjectNode()
              .put("link", link)
              .put("key", identity.key().toString())
              .put("id", identity.key().publicId())
              .put("name", identity.name())
              .put("state", state)
              .put("reason", finding.reason().text())
              .put("quality", finding.quality());
      System.out.println(out);
      return;
    }
    System.out.println(identity.name() + ": " + state + ", " + finding.reason().text());
    if (!finding.quality().isEmpty()) {
      System.out.println("  " + finding.quality());
    }
  }
}
