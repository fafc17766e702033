package dev.sluice.web;

import dev.sluice.bus.DeliveryCommand;
import dev.sluice.bus.DeliveryOrder;
import dev.sluice.bus.LogQuery;
import dev.sluice.bus.NoticeList;
import dev.sluice.bus.RoomResolve;
import dev.sluice.bus.RoomStatus;
import dev.sluice.bus.SettingsCommand;
import dev.sluice.bus.SettingsReply;
import dev.sluice.bus.StorageCommand;
import dev.sluice.bus.Topics;
import dev.sluice.bus.WebhookTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.List;

/** What web asks of others over the bus; no answer becomes a {@link Refusal}. */
final class Siblings {
  private static final Duration ROOMS_WITHIN = Duration.ofSeconds(2);
  private static final Duration RESOLVE_WITHIN = Duration.ofSeconds(10);
  private static final Duration NOTICES_WITHIN = Duration.ofSeconds(2);
  private static final Duration WEBHOOK_WITHIN = Duration.ofSeconds(20);
  private static final Duration SETTINGS_WITHIN = Duration.ofSeconds(20);

  private static final Duration STORAGE_WITHIN = Duration.ofSeconds(20);

  private final Vertx vertx;

  Siblings(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Every room in the order of the settings. */
  Future<List<RoomStatus>> rooms() {
    return Topics.ROOM_STATUS_ALL
        .request(vertx, new RoomStatus.Ask(), RoomStatus.All.class, ROOMS_WITHIN)
        .map(RoomStatus.All::rooms)
        .recover(Siblings::refuse);
  }

  /** Which room a link names. */
  Future<RoomResolve.Answer> resolve(RoomResolve question) {
    return Topics.ROOM_RESOLVE
        .request(vertx, question, RoomResolve.Answer.class, RESOLVE_WITHIN)
        .recover(Siblings::refuse);
  }

  /** Every notice that holds. */
  Future<NoticeList> notices() {
    return Topics.NOTICES_ASK
        .request(vertx, new NoticeList.Ask(), NoticeList.class, NOTICES_WITHIN)
        .recover(Siblings::refuse);
  }

  /** Does something with deliveries. */
  Future<DeliveryCommand.Reply> deliveries(DeliveryCommand command) {
    return Topics.DELIVERY_COMMAND
        .request(vertx, command, DeliveryCommand.Reply.class, STORAGE_WITHIN)
        .recover(Siblings::refuse);
  }

  /** Has a recording delivered. */
  Future<DeliveryOrder.Reply> order(DeliveryOrder order) {
    return Topics.DELIVERY_ORDER
        .request(vertx, order, DeliveryOrder.Reply.class, STORAGE_WITHIN)
        .recover(Siblings::refuse);
  }

  /** Hides a notice; answers whether there was such a one. */
  Future<Boolean> dismiss(String id) {
    return Topics.NOTICE_DISMISS
        .request(vertx, new NoticeList.Dismiss(id), Boolean.class, NOTICES_WITHIN)
        .recover(Siblings::refuse);
  }

  /** Events of the log. */
  Future<LogQuery.Page> log(LogQuery query) {
    return Topics.LOG
        .request(vertx, query, LogQuery.Page.class, NOTICES_WITHIN)
        .recover(Siblings::refuse);
  }

  /** Sends a webhook a test; fails with 404 when there is no such one. */
  Future<WebhookTest.Result> testWebhook(String name) {
    return Topics.WEBHOOK_TEST
        .request(vertx, new WebhookTest(name), WebhookTest.Result.class, WEBHOOK_WITHIN)
        .recover(Siblings::refuse)
        .map(
            result -> {
              if (!result.known()) {
                throw Refusal.notFound("webhook");
              }
              return result;
            });
  }

  /** The answer when the command was carried out, else a failure with the fitting status. */
  Future<SettingsReply> settings(SettingsCommand command) {
    return Topics.SETTINGS_COMMAND
        .request(vertx, command, SettingsReply.class, SETTINGS_WITHIN)
        .recover(Siblings::refuse)
        .map(Siblings::accepted);
  }

  /** What storage answers to the command, of the type that the command promises. */
  <T> Future<T> storage(StorageCommand command, Class<T> answer) {
    return Topics.STORAGE_COMMAND
        .request(vertx, command, answer, STORAGE_WITHIN)
        .recover(Siblings::refuse);
  }

  private static SettingsReply accepted(SettingsReply reply) {
    int status =
        switch (reply.outcome()) {
          case OK, ALREADY -> 200;
          case NOT_FOUND -> 404;
          case READ_ONLY -> 409;
          case STALE -> 412;
          case INVALID -> 422;
        };
    if (status >= 400) {
      throw new Refusal(status, reply.key(), reply.detail(), reply.mistakes());
    }
    return reply;
  }

  private static <T> Future<T> refuse(Throwable failure) {
    if (failure instanceof ReplyException reply
        && reply.failureType() != ReplyFailure.RECIPIENT_FAILURE) {
      return Future.failedFuture(
          new Refusal(503, "not_ready", "this part of the program does not answer; try again"));
    }
    return Future.failedFuture(failure);
  }
}
