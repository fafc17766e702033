package dev.sluice.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.Notice;
import dev.sluice.bus.PassThroughCodec;
import dev.sluice.bus.RoomNews;
import dev.sluice.bus.SettingsChanged;
import dev.sluice.bus.Topics;
import dev.sluice.bus.WebhookTest;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.ledger.WebhookRow;
import dev.sluice.net.Backoff;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import dev.sluice.settings.Settings;
import dev.sluice.settings.Settings.Webhook;
import dev.sluice.testing.Await;
import dev.sluice.testing.HookReceiver;
import dev.sluice.testing.HookReceiver.Got;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks against a real receiver. */
class WebhookVerticleTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final RoomKey ROOM = new RoomKey("direct", "http://cam.test/?key=hunter2");
  private static final HookSteps QUICK =
      new HookSteps(
          new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)), Duration.ofHours(24));

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final SqliteLedger ledger = SqliteLedger.inMemory();
  private final HookReceiver receiver = HookReceiver.start();
  private final List<Notice> notices = new CopyOnWriteArrayList<>();
  private volatile Settings settings = WebhookSettings.of(Map.of());

  @BeforeEach
  void start() {
    PassThroughCodec.register(vertx);
    Topics.NOTICE.consume(vertx, notices::add);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(20, TimeUnit.SECONDS);
    ledger.close();
    receiver.close();
  }

  private Webhook hook(String name, String path, String... events) {
    return new Webhook(
        name, URI.create(receiver.url(path)), Optional.empty(), true, List.of(events));
  }

  private String deploy(Webhook... hooks) throws Exception {
    Map<String, Webhook> byName = new TreeMap<>();
    for (Webhook hook : hooks) {
      byName.put(hook.name(), hook);
    }
    settings = WebhookSettings.of(byName);
    return vertx
        .deployVerticle(new WebhookVerticle(ledger, () -> settings, "Sluice/test", QUICK))
        .await(20, TimeUnit.SECONDS);
  }

  private void live(String name) {
    Topics.ROOM_LIVE.publish(vertx, new RoomNews(ROOM, name));
  }

  private List<String> rooms(String path) {
    return receiver.got().stream()
        .filter(got -> got.path().equals(path))
        .map(got -> got.json().at("/room/name").asText())
        .toList();
  }

  private void until(String what, java.util.function.BooleanSupplier condition) {
    Await.until(LIMIT, () -> what + " in " + receiver.got(), condition);
  }

  @Test
  void tellsWhatHappensInItsOrderWithoutSecrets() throws Exception {
    deploy(hook("a", "/a?token=x"));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      names.add("Room " + i);
      live("Room " + i);
    }
    Topics.ROOM_ENDED.publish(vertx, new RoomNews(ROOM, "Room end"));
    names.add("Room end");
    until("all of them", () -> receiver.got().size() >= names.size());
    assertEquals(names, rooms("/a?token=x"));
    Got first = receiver.got().get(0);
    assertEquals("broadcast.began", first.type());
    assertEquals("Room 0 is live", first.json().get("text").asText());
    assertEquals("broadcast.began", first.headers().get("x-sluice-event"));
    assertEquals(first.id(), first.headers().get("x-sluice-id"));
    assertEquals("Sluice/test", first.headers().get("user-agent"));
    assertEquals("application/json", first.headers().get("content-type"));
    assertNull(first.headers().get("x-sluice-signature"));
    assertFalse(receiver.got().toString().contains("hunter2"));
    assertEquals(31, receiver.got().stream().map(Got::id).distinct().count());
  }

  @Test
  void signsWithTheFirstLineOfTheSecretFile() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret\nnot this\n");
    deploy(new Webhook("a", URI.create(receiver.url("/")), Optional.of(secret), true, List.of()));
    live("Room");
    until("one", () -> receiver.got().size() == 1);
    Got got = receiver.got().get(0);
    long timestamp = Long.parseLong(got.headers().get("x-sluice-timestamp"));
    assertEquals(
        HookSignature.of("s3cret", timestamp, got.body()), got.headers().get("x-sluice-signature"));
  }

  @Test
  void triesAgainWithTheSameIdAndLetsNothingOvertake() throws Exception {
    receiver.answers(got -> receiver.got().size() < 8 ? 500 : 200);
    deploy(hook("a", "/"));
    live("first");
    live("second");
    until("both taken", () -> rooms("/").contains("second"));
    List<Got> got = receiver.got();
    assertEquals(9, got.size());
    assertEquals(1, got.subList(0, 8).stream().map(Got::id).distinct().count());
    assertEquals(1, got.subList(0, 8).stream().map(Got::body).distinct().count());
    until("it is told and over", () -> notices.stream().anyMatch(Notice::over));
    Notice failing = notices.get(0);
    assertEquals("webhook.failing", failing.reason().key());
    assertEquals("it answers 500", failing.reason().values().get("error"));
  }

  @Test
  void oneThatIsSilentHoldsUpNoOther() throws Exception {
    receiver.answers(got -> got.path().equals("/silent") ? HookReceiver.SILENT : 200);
    deploy(hook("a", "/silent"), hook("b", "/well"));
    live("first");
    live("second");
    until("the other got both", () -> rooms("/well").size() == 2);
    assertEquals(List.of("first"), rooms("/silent"));
  }

  @Test
  void followsNoRedirect() throws Exception {
    try (HookReceiver canary = HookReceiver.start()) {
      receiver.redirects(307, canary.url("/"));
      deploy(hook("a", "/"));
      live("Room");
      until("tries", () -> receiver.got().size() >= 3);
      assertEquals(List.of(), canary.got());
    }
  }

  @Test
  void goesToNoPrivateAddressUnlessThatIsAllowed() throws Exception {
    Webhook closed =
        new Webhook("a", URI.create(receiver.url("/")), Optional.empty(), false, List.of());
    deploy(closed);
    live("Room");
    Await.until(LIMIT, "it is tried", () -> tries("a") >= 2);
    assertEquals(List.of(), receiver.got());
    WebhookRow row = LedgerRows.ask(ledger, rows -> rows.webhooks().next("a")).orElseThrow();
    assertTrue(row.error().orElseThrow().contains("private: true"), row.toString());

    Settings before = settings;
    settings = WebhookSettings.of(Map.of("a", hook("a", "/")));
    Topics.SETTINGS_CHANGED.publish(vertx, new SettingsChanged(before, settings));
    until("it is sent now", () -> receiver.got().size() == 1);
  }

  private int tries(String webhook) {
    return LedgerRows.ask(ledger, rows -> rows.webhooks().next(webhook))
        .map(WebhookRow::tries)
        .orElse(0);
  }

  @Test
  void sendsOnlyWhatIsWantedAndEachNoticeOnce() throws Exception {
    vertx.deployVerticle(new NotifyVerticle()).await(20, TimeUnit.SECONDS);
    deploy(hook("a", "/a", "notice"), hook("b", "/b", "broadcast.began"));
    live("Room");
    Reason reason = Reason.of("disk.low", "root", "/nas", "/nas is nearly full");
    Notice notice = Notice.about("/nas", Notice.Level.WARNING, Optional.empty(), reason);
    Topics.NOTICE.publish(vertx, notice);
    Topics.NOTICE.publish(
        vertx, Notice.about("a", Notice.Level.ERROR, Optional.empty(), Reason.of("webhook.x", "")));
    until("two", () -> receiver.got().size() == 2);
    Topics.NOTICE.publish(vertx, new Notice(Notice.Level.INFO, Optional.empty(), reason));
    until("three", () -> receiver.got().size() == 3);
    assertEquals(List.of("Room"), rooms("/b"));
    List<Got> told = receiver.got("notice");
    assertEquals(2, told.size(), told.toString());
    assertEquals("/nas is nearly full", told.get(0).json().get("text").asText());
    assertEquals("warning", told.get(0).json().at("/values/level").asText());
    assertEquals("/nas", told.get(0).json().at("/values/root").asText());
  }

  @Test
  void goesOnAfterARestartWithWhatWaited() throws Exception {
    receiver.answers(got -> 503);
    String id = deploy(hook("a", "/"));
    live("first");
    live("second");
    until("a try", () -> !receiver.got().isEmpty());
    Await.until(
        LIMIT,
        "both are entered",
        () -> LedgerRows.ask(ledger, rows -> rows.webhooks().waiting()).getOrDefault("a", 0L) == 2);
    vertx.undeploy(id).await(20, TimeUnit.SECONDS);
    int before = receiver.got().size();
    receiver.answers(got -> 200);
    deploy(hook("a", "/"));
    until("both", () -> receiver.got().size() == before + 2);
    List<Got> got = receiver.got();
    assertEquals(got.get(0).id(), got.get(before).id());
    assertEquals("second", got.get(before + 1).json().at("/room/name").asText());
  }

  @Test
  void aTestIsSentAtOnceAndSaysWhatCameOfIt() throws Exception {
    receiver.answers(got -> got.type().equals("test") ? 204 : 500);
    deploy(hook("a", "/"));
    live("Room");
    until("a try", () -> !receiver.got().isEmpty());
    assertEquals(new WebhookTest.Result(true, true, 204, ""), test("a"));
    assertEquals(new WebhookTest.Result(false, false, 0, ""), test("nobody"));
    receiver.answers(got -> 418);
    assertEquals(new WebhookTest.Result(true, false, 418, "it answers 418"), test("a"));
    Await.until(
        LIMIT,
        "both tests stand in the log",
        () ->
            LedgerRows.ask(ledger, rows -> rows.webhooks().log("a", Long.MAX_VALUE, 10)).stream()
                    .filter(row -> row.type().equals("test"))
                    .count()
                == 2);
  }

  @Test
  void aChangeOfTheSettingsOrATestThatGoesWellEndsThePause() throws Exception {
    receiver.answers(got -> 500);
    settings = WebhookSettings.of(Map.of("a", hook("a", "/")));
    HookSteps slow =
        new HookSteps(new Backoff(Duration.ofHours(1), Duration.ofHours(1)), Duration.ofHours(24));
    vertx
        .deployVerticle(new WebhookVerticle(ledger, () -> settings, "Sluice/test", slow))
        .await(20, TimeUnit.SECONDS);
    live("first");
    Await.until(LIMIT, "a try", () -> tries("a") == 1);
    Settings before = settings;
    settings = WebhookSettings.of(Map.of("a", hook("a", "/other")));
    Topics.SETTINGS_CHANGED.publish(vertx, new SettingsChanged(before, settings));
    Await.until(LIMIT, "another try", () -> tries("a") == 2);
    assertEquals(List.of("first"), rooms("/other"));
    receiver.answers(got -> 200);
    assertTrue(test("a").ok());
    until("it is taken", () -> rooms("/other").size() == 3);
  }

  private WebhookTest.Result test(String name) throws Exception {
    return Topics.WEBHOOK_TEST
        .request(vertx, new WebhookTest(name), WebhookTest.Result.class, LIMIT)
        .await(20, TimeUnit.SECONDS);
  }
}
