package dev.sluice.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.Notice;
import dev.sluice.bus.PassThroughCodec;
import dev.sluice.bus.SettingsChanged;
import dev.sluice.bus.SettingsCommand;
import dev.sluice.bus.SettingsReply;
import dev.sluice.bus.SettingsReply.Outcome;
import dev.sluice.bus.Topics;
import dev.sluice.platform.Platforms;
import dev.sluice.settings.Mistake;
import dev.sluice.settings.SettingsFile;
import dev.sluice.settings.SettingsReader;
import dev.sluice.settings.SettingsWriter;
import dev.sluice.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsVerticleTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration TAKEN_WITHIN = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> EIGHT_SPELLINGS =
      List.of(
          "http://example.test/live/a.flv",
          "HTTP://EXAMPLE.TEST/live/a.flv",
          "http://example.test:80/live/a.flv",
          "http://example.test/x/.././live/a.flv",
          "http://example.test/live/%61.flv",
          "http://example.test/live/a%2eflv#live",
          "  http://example.test/live/a.flv ",
          "http://example.test./live/a.flv");

  @TempDir private Path data;
  private final List<SettingsChanged> changes = new CopyOnWriteArrayList<>();
  private final List<Notice> notices = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private Path path;
  private SettingsVerticle settings;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    PassThroughCodec.register(vertx);
    Topics.SETTINGS_CHANGED.consume(vertx, changes::add);
    Topics.NOTICE.consume(vertx, notices::add);
    SettingsReader reader = new SettingsReader(data);
    path = data.resolve("sluice.yaml");
    SettingsFile file = new SettingsFile(path, reader);
    file.createIfMissing("# mine\nrooms: []\n");
    settings = new SettingsVerticle(file, file.load(), new SettingsWriter(reader), new Platforms());
    join(vertx.deployVerticle(settings));
  }

  @AfterEach
  void stop() throws Exception {
    join(vertx.close());
  }

  @Test
  void eightSpellingsAddedAtOnceMakeOneRoom() throws Exception {
    List<Future<SettingsReply>> asked = EIGHT_SPELLINGS.stream().map(this::add).toList();
    int added = 0;
    for (Future<SettingsReply> each : asked) {
      SettingsReply reply = join(each);
      assertEquals(join(asked.get(0)).roomId(), reply.roomId());
      assertTrue(reply.roomId().isPresent());
      added += reply.outcome() == Outcome.OK ? 1 : 0;
      assertTrue(List.of(Outcome.OK, Outcome.ALREADY).contains(reply.outcome()), reply.detail());
    }
    assertEquals(1, added);
    assertEquals(1, settings.get().rooms().size());
    assertEquals(1, changes.size());
    assertTrue(Files.readString(path).startsWith("# mine"), "comments stay");
  }

  @Test
  void fieldsOfARoomAreChangedByTheirPaths() throws Exception {
    Files.writeString(
        path, "# mine\nrooms:\n  - link: http://e.test/1 # door\n    record: false\n");
    SettingsCommand.Fields room =
        new SettingsCommand.Fields(Optional.empty(), Optional.of(id("http://e.test/1")));
    SettingsReply read = join(ask(room));
    ObjectNode values = JSON.createObjectNode().put("mode", "notify").put("monitor.every", "5s");
    SettingsReply reply =
        join(ask(new SettingsCommand.PatchFields(room, values, Optional.of(read.etag()))));
    assertEquals(Outcome.OK, reply.outcome(), reply.detail());
    assertEquals(
        List.of("rooms[0].mode now", "rooms[0].monitor.every now"),
        reply.applied().stream().map(a -> a.key() + " " + a.when()).sorted().toList());
    String text = Files.readString(path);
    assertTrue(text.startsWith("# mine\nrooms:\n  - link: http://e.test/1 # door\n"), text);
    assertTrue(text.contains("mode: notify") && !text.contains("record"), text);
    SettingsReply stale =
        join(ask(new SettingsCommand.PatchFields(room, values, Optional.of(read.etag()))));
    assertEquals(Outcome.STALE, stale.outcome());
  }

  @Test
  void aRoomThatWasRemovedComesBackWhereItStoodWithItsComments() throws Exception {
    String before =
        "rooms:\n  - http://e.test/0\n  # of a friend\n  - link: http://e.test/1 # door\n"
            + "    mode: notify\n  - http://e.test/2\n";
    Files.writeString(path, before);
    remove("http://e.test/1");
    assertEquals(2, settings.get().rooms().size());
    assertEquals(Outcome.OK, restore("http://e.test/1").outcome());
    assertEquals(before, Files.readString(path));
    assertEquals(Outcome.ALREADY, restore("http://e.test/1").outcome());
    assertEquals(before, Files.readString(path));
  }

  @Test
  void whenTheFileChangedMeanwhileTheRoomComesBackAllTheSame() throws Exception {
    Files.writeString(path, "rooms:\n  - link: http://e.test/1\n    mode: notify\n");
    remove("http://e.test/1");
    Files.writeString(path, "# all new\nrooms: [http://e.test/7]\nmonitor: {every: 9s}\n");
    assertEquals(Outcome.OK, restore("http://e.test/1").outcome());
    assertEquals(
        List.of("http://e.test/7 RECORD", "http://e.test/1 NOTIFY"),
        settings.get().rooms().stream().map(r -> r.link() + " " + r.mode()).toList());
  }

  @Test
  void aRoomThatNobodyRemovedDoesNotComeBack() throws Exception {
    assertEquals(Outcome.NOT_FOUND, restore("http://e.test/1").outcome());
  }

  private void remove(String link) throws Exception {
    SettingsReply reply = join(ask(new SettingsCommand.RemoveRoom(id(link))));
    assertEquals(Outcome.OK, reply.outcome(), reply.detail());
  }

  private SettingsReply restore(String link) throws Exception {
    return join(ask(new SettingsCommand.RestoreRoom(id(link))));
  }

  @Test
  void aFieldThatDoesNotFitIsNamedByItsPath() throws Exception {
    SettingsCommand.Fields direct =
        new SettingsCommand.Fields(Optional.of("direct"), Optional.empty());
    ObjectNode values = JSON.createObjectNode().put("monitor.every", "1ms");
    values.putArray("recordings.targets").add("none");
    SettingsReply reply =
        join(ask(new SettingsCommand.PatchFields(direct, values, Optional.empty())));
    assertEquals(Outcome.INVALID, reply.outcome());
    assertEquals(
        List.of("monitor.every", "recordings.targets"),
        reply.mistakes().stream().map(Mistake::path).sorted().toList());
    assertTrue(reply.mistakes().toString().contains("from 1s to 24h"));
    ObjectNode secret = JSON.createObjectNode().put("cookie", "topsecret");
    SettingsReply refused =
        join(ask(new SettingsCommand.PatchFields(direct, secret, Optional.empty())));
    assertEquals(Outcome.INVALID, refused.outcome());
    assertTrue(refused.detail().contains("cookie_file"), refused.detail());
  }

  @Test
  void anEditByHandIsAnsweredWithANotice() throws Exception {
    Files.writeString(path, "server: {port: 1}\nmonitor: {every: 7s}\n");
    Await.until(TAKEN_WITHIN, () -> "notices " + notices, () -> count("settings.restart") == 1);
    Notice taken =
        notices.stream()
            .filter(n -> n.id().equals("settings.taken") && !n.over())
            .findFirst()
            .get();
    assertEquals("server.port, monitor.every", taken.reason().values().get("keys"));
  }

  private long count(String id) {
    return notices.stream().filter(n -> n.id().equals(id) && !n.over()).count();
  }

  private static String id(String link) throws Exception {
    return join(new Platforms().identify(link)).key().publicId();
  }

  private Future<SettingsReply> ask(SettingsCommand command) {
    return Topics.SETTINGS_COMMAND.request(vertx, command, SettingsReply.class, LIMIT);
  }

  @Test
  void differentRoomsAddedAtOnceAllStandInTheFile() throws Exception {
    List<Future<SettingsReply>> asked =
        java.util.stream.IntStream.range(0, 10).mapToObj(i -> add("http://e.test/" + i)).toList();
    for (Future<SettingsReply> each : asked) {
      assertEquals(Outcome.OK, join(each).outcome());
    }
    assertEquals(10, settings.get().rooms().size());
    assertEquals(10, new SettingsReader(data).read(Files.readString(path)).rooms().size());
  }

  @Test
  void aLinkThatNamesNoRoomChangesNothing() throws Exception {
    String before = Files.readString(path);
    SettingsReply reply = join(add("not a link"));
    assertEquals(Outcome.INVALID, reply.outcome());
    assertTrue(reply.detail().startsWith("link:"), reply.detail());
    assertEquals(before, Files.readString(path));
    assertEquals(List.of(), changes);
  }

  @Test
  void removingARoomRemovesEverySpellingOfIt() throws Exception {
    write(
        "rooms:\n  - link: http://e.test/a\n  - link: http://e.test/b\n  - link: HTTP://E.TEST/a\n");
    Await.until(TAKEN_WITHIN, "three entries", () -> settings.get().rooms().size() == 3);
    String id = join(add("http://e.test:80/a")).roomId().orElseThrow();

    SettingsReply reply = join(tell(new SettingsCommand.RemoveRoom(id)));

    assertEquals(Outcome.OK, reply.outcome(), reply.detail());
    assertEquals(
        List.of("http://e.test/b"), settings.get().rooms().stream().map(r -> r.link()).toList());
    assertEquals(Outcome.NOT_FOUND, join(tell(new SettingsCommand.RemoveRoom(id))).outcome());
  }

  @Test
  void aChangeByHandIsTakenWithinFiveSeconds() throws Exception {
    write("rooms:\n  - link: http://e.test/by-hand\n");
    Await.until(TAKEN_WITHIN, "the change is taken", () -> changes.size() == 1);
    assertEquals(0, changes.get(0).before().rooms().size());
    assertEquals("http://e.test/by-hand", changes.get(0).after().rooms().get(0).link());
    assertEquals(changes.get(0).after(), settings.get());
  }

  @Test
  void anInvalidFileKeepsTheLastGoodSettingsAndIsToldOnce() throws Exception {
    join(add("http://e.test/good"));
    write("rooms: [\n");
    Await.until(TAKEN_WITHIN, "a notice is given", () -> !notices.isEmpty());
    assertEquals("http://e.test/good", settings.get().rooms().get(0).link());
    assertEquals(Notice.Level.ERROR, notices.get(0).level());
    assertTrue(notices.get(0).reason().text().contains("line"), notices.get(0).reason().text());
    assertEquals(1, changes.size(), "only the room that was added");

    write("rooms:\n  - link: http://e.test/mended\n");
    Await.until(TAKEN_WITHIN, "the mended file is taken", () -> changes.size() == 2);
    assertEquals("http://e.test/mended", settings.get().rooms().get(0).link());
    Await.until(
        TAKEN_WITHIN,
        () -> "the notice is over: " + notices,
        () -> notices.size() > 1 && notices.get(1).over());
    assertEquals(notices.get(0).id(), notices.get(1).id());
  }

  @Test
  void aFileThatIsGoneKeepsTheLastGoodSettings() throws Exception {
    join(add("http://e.test/good"));
    Files.delete(path);
    Await.until(TAKEN_WITHIN, "a notice is given", () -> !notices.isEmpty());
    assertEquals(
        "settings not taken: the file " + path + " is gone", notices.get(0).reason().text());
    assertEquals(1, settings.get().rooms().size());
  }

  @Test
  void aChangeMadeFromAnOldFileIsRefused() throws Exception {
    String etag = join(tell(new SettingsCommand.Read())).etag();
    join(add("http://e.test/a"));
    ObjectNode patch = JSON.createObjectNode();
    patch.putArray("rooms");
    SettingsReply reply = join(tell(new SettingsCommand.Patch(patch, Optional.of(etag))));
    assertEquals(Outcome.STALE, reply.outcome());
    assertEquals(1, settings.get().rooms().size());
  }

  @Test
  void aChangeByHandIsNotOverwrittenByOneOfThePage() throws Exception {
    write("rooms:\n  - link: http://e.test/by-hand\n");
    SettingsReply reply = join(add("http://e.test/page"));
    assertTrue(Files.readString(path).contains("by-hand"), Files.readString(path));
    boolean stored = Files.readString(path).contains("page");
    assertEquals(stored ? Outcome.OK : Outcome.STALE, reply.outcome());
  }

  private void write(String text) throws IOException {
    Files.writeString(path, text);
  }

  private Future<SettingsReply> add(String link) {
    return tell(new SettingsCommand.AddRoom(JSON.createObjectNode().put("link", link)));
  }

  private Future<SettingsReply> tell(SettingsCommand command) {
    return Topics.SETTINGS_COMMAND.request(vertx, command, SettingsReply.class, LIMIT);
  }

  private static <T> T join(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
