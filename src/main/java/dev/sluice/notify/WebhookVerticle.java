package dev.sluice.notify;

import dev.sluice.bus.NoticeList;
import dev.sluice.bus.SettingsChanged;
import dev.sluice.bus.Topic;
import dev.sluice.bus.Topics;
import dev.sluice.bus.WebhookTest;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.WebhookRow;
import dev.sluice.settings.Settings;
import dev.sluice.settings.Settings.Webhook;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells webhooks what happens. Each event is entered into the ledger for every webhook that wants
 * it, and sent from there: at least once, in order, tried again for a day. Never holds up a
 * recording. Runs on an event loop.
 */
public final class WebhookVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookVerticle.class);

  /** Events that may wait for one webhook. */
  static final int MAX_WAITING = 1000;

  /** What their bodies may take together: less than 1 MiB, as no character takes over 3 bytes. */
  static final long MAX_CHARS = 340 * 1024;

  /** Finished events that are kept of one webhook, for its log. */
  static final int KEPT = 200;

  /** Notices about webhooks are told to no webhook. */
  private static final String ABOUT_WEBHOOKS = "webhook.";

  private final Ledger ledger;
  private final Supplier<Settings> settings;
  private final String userAgent;
  private final HookSteps steps;
  private final Map<String, HookLane> lanes = new HashMap<>();
  private Set<String> toldNotices = Set.of();
  private HookSender sender;

  /**
   * @param userAgent sent with each event
   */
  public WebhookVerticle(Ledger ledger, Supplier<Settings> settings, String userAgent) {
    this(ledger, settings, userAgent, HookSteps.USUAL);
  }

  WebhookVerticle(Ledger ledger, Supplier<Settings> settings, String userAgent, HookSteps steps) {
    this.ledger = ledger;
    this.settings = settings;
    this.userAgent = userAgent;
    this.steps = steps;
  }

  @Override
  public Future<?> start() {
    sender = new HookSender(vertx, userAgent);
    Topics.ROOM_LIVE.consume(
        vertx, news -> happened(rows -> Optional.of(HookFacts.began(news, Instant.now()))));
    Topics.ROOM_ENDED.consume(
        vertx, news -> happened(rows -> Optional.of(HookFacts.ended(news, Instant.now()))));
    Topics.RECORDING_ENDED.consume(
        vertx, end -> happened(rows -> HookFacts.of(rows, end, Instant.now())));
    Topics.SEGMENT.consume(
        vertx, news -> happened(rows -> HookFacts.of(rows, news, Instant.now())));
    Topics.DELIVERY.consume(
        vertx,
        news -> {
          // Most are of progress: those do not trouble the ledger.
          if (HookFacts.isTold(news)) {
            happened(rows -> HookFacts.of(rows, news, Instant.now()));
          }
        });
    Topics.NOTICES.consume(vertx, this::onNotices);
    Topics.WEBHOOK_TEST.serve(vertx, this::onTest);
    Topics.SETTINGS_CHANGED.consume(vertx, this::onSettings);
    return onSettings(settings.get());
  }

  @Override
  public Future<?> stop() {
    lanes.values().forEach(HookLane::stop);
    sender.close();
    return Future.succeededFuture();
  }

  private void onSettings(SettingsChanged change) {
    if (!change.before().webhooks().equals(change.after().webhooks())) {
      // What failed before may go well now: nobody wants to wait an hour for that.
      lanes.values().forEach(HookLane::hurry);
      onSettings(change.after());
    }
  }

  private Future<Void> onSettings(Settings now) {
    List<String> names = List.copyOf(now.webhooks().keySet());
    return ask(rows -> {
          rows.webhooks().keepOnly(names);
          return null;
        })
        .onFailure(e -> LOG.warn("old webhooks cannot be forgotten: {}", e.getMessage()))
        .onSuccess(done -> names.forEach(this::look))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private void onNotices(NoticeList list) {
    Set<String> now = new HashSet<>();
    for (NoticeList.Shown notice : list.shown()) {
      now.add(notice.id());
      if (!toldNotices.contains(notice.id()) && !notice.reason().key().startsWith(ABOUT_WEBHOOKS)) {
        happened(rows -> Optional.of(HookFacts.of(notice, Instant.now())));
      }
    }
    toldNotices = now;
  }

  /**
   * Enters what happened for those who want it.
   *
   * @param reader makes the event, in the ledger's thread
   */
  private void happened(Function<Ledger.Rows, Optional<HookEvent>> reader) {
    Map<String, Webhook> hooks = settings.get().webhooks();
    if (hooks.isEmpty()) {
      return;
    }
    ask(rows -> reader.apply(rows).map(event -> enter(rows, event, hooks)).orElse(List.of()))
        .onSuccess(names -> names.forEach(this::look))
        .onFailure(e -> LOG.warn("an event for webhooks is lost: {}", e.getMessage()));
  }

  /** Answers whom it was entered for. */
  private static List<String> enter(Ledger.Rows rows, HookEvent event, Map<String, Webhook> hooks) {
    List<String> names = new ArrayList<>();
    String body = event.body();
    for (Webhook hook : hooks.values()) {
      String word = event.type().word();
      if (hook.events().isEmpty() || hook.events().contains(word)) {
        rows.webhooks().add(WebhookRow.waiting(hook.name(), event.id(), word, body, event.at()));
        int lost = rows.webhooks().bound(hook.name(), MAX_WAITING, MAX_CHARS, KEPT, event.at());
        if (lost > 0) {
          LOG.warn("webhook {}: too many events wait, {} are given up", hook.name(), lost);
        }
        names.add(hook.name());
      }
    }
    return names;
  }

  private void look(String name) {
    lanes
        .computeIfAbsent(name, n -> new HookLane(context, ledger, sender, steps, () -> hook(n)))
        .look();
  }

  private Optional<Webhook> hook(String name) {
    return Optional.ofNullable(settings.get().webhooks().get(name));
  }

  /** Does not wait behind what waits, and is not tried again. */
  private void onTest(Message<WebhookTest> message) {
    Optional<Webhook> hook = hook(message.body().name());
    if (hook.isEmpty()) {
      Topic.reply(message, new WebhookTest.Result(false, false, 0, ""));
      return;
    }
    HookEvent event = HookFacts.test(Instant.now());
    WebhookRow row =
        WebhookRow.waiting(
            hook.get().name(), event.id(), event.type().word(), event.body(), event.at());
    sender
        .send(hook.get(), row)
        .onSuccess(
            answer -> {
              Topic.reply(
                  message,
                  new WebhookTest.Result(true, answer.ok(), answer.status(), answer.error()));
              enterTested(HookSteps.tested(row, answer, Instant.now()));
              if (answer.ok() && lanes.containsKey(row.webhook())) {
                lanes.get(row.webhook()).hurry();
              }
            });
  }

  private void enterTested(WebhookRow row) {
    ask(rows -> rows.webhooks().add(row))
        .onFailure(e -> LOG.warn("a test cannot be entered: {}", e.getMessage()));
  }

  private <T> Future<T> ask(Function<Ledger.Rows, T> work) {
    return Future.fromCompletionStage(ledger.call(work), context);
  }
}
