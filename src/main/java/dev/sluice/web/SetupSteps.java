package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.SettingsCommand;
import dev.sluice.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the first start writes into the settings. For the web server's event loop. */
final class SetupSteps {
  private static final long DISK_SECONDS = 10;

  private final WebTools tools;
  private final Siblings siblings;
  private final WorkerExecutor disk;
  private boolean looking;

  SetupSteps(Vertx vertx, WebTools tools, Siblings siblings) {
    this.tools = tools;
    this.siblings = siblings;
    this.disk = vertx.createSharedWorkerExecutor("setup", 1);
  }

  /** What stands already, and whether somebody chose it. */
  ObjectNode given() {
    Settings settings = tools.settings().get();
    Path dir = settings.global().dir();
    return Json.NODES
        .objectNode()
        .put("recordings_dir", dir.toString())
        .put("recordings_dir_fixed", isChosen(dir))
        .put("rooms", settings.rooms().size());
  }

  private boolean isChosen(Path dir) {
    return !dir.equals(tools.data().toAbsolutePath().normalize().resolve("recordings"));
  }

  /** What a folder is like, found by writing into it. A disk that hangs is asked once at a time. */
  Future<ObjectNode> look(String text) {
    Path folder = folder(text);
    if (looking) {
      throw new Refusal(503, "folder.silent", "a folder is still being tried: try again");
    }
    looking = true;
    Future<FolderTrial.Seen> seen =
        disk.executeBlocking(() -> FolderTrial.of(folder)).onComplete(done -> looking = false);
    return seen.timeout(DISK_SECONDS, TimeUnit.SECONDS)
        .map(FolderTrial.Seen::json)
        .recover(failure -> Future.failedFuture(silent(folder)));
  }

  private static Refusal silent(Path folder) {
    return new Refusal(503, "folder.silent", "the disk of " + folder + " does not answer");
  }

  private static Path folder(String text) {
    try {
      Path path = Path.of(text.strip());
      if (path.isAbsolute()) {
        return path.normalize();
      }
    } catch (InvalidPathException e) {
      throw new Refusal(422, "folder.invalid", "recordings_dir: " + e.getReason());
    }
    throw new Refusal(
        422, "folder.relative", "recordings_dir: give the whole path, beginning with /");
  }

  /** Writes folder and room; what the settings give is left as it is. */
  Future<Void> carryOut(ObjectNode body) {
    Optional<String> dir = text(body, "recordings_dir");
    Optional<String> room = text(body, "first_room");
    Path before = tools.settings().get().global().dir();
    boolean moves = dir.isPresent() && !isChosen(before) && !folder(dir.get()).equals(before);
    if (!moves) {
      return room.map(this::add).orElseGet(Future::succeededFuture);
    }
    return writable(dir.get())
        .compose(v -> change(dir.get()))
        .compose(v -> room.map(this::add).orElseGet(Future::succeededFuture))
        .recover(failure -> change(null).transform(v -> Future.failedFuture(failure)));
  }

  private static Optional<String> text(ObjectNode body, String name) {
    boolean given = body.hasNonNull(name) && !body.get(name).asText().isBlank();
    return given ? Optional.of(Body.text(body, name).strip()) : Optional.empty();
  }

  private Future<Void> writable(String dir) {
    return look(dir)
        .map(
            seen -> {
              if (!seen.path("writable").asBoolean()) {
                String why = seen.path("problem").asText();
                throw new Refusal(422, "folder.not_writable", "recordings_dir: " + why);
              }
              return null;
            });
  }

  /** Null goes back to the default. */
  private Future<Void> change(String dir) {
    ObjectNode patch = Json.NODES.objectNode();
    patch.putObject("recordings").put("dir", dir);
    return siblings.settings(new SettingsCommand.Patch(patch, Optional.empty())).mapEmpty();
  }

  private Future<Void> add(String link) {
    ObjectNode entry = Json.NODES.objectNode().put("link", link);
    return siblings.settings(new SettingsCommand.AddRoom(entry)).mapEmpty();
  }
}
