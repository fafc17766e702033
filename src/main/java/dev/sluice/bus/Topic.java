package dev.sluice.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One address of the event bus and the type of what travels there. Messages are immutable records,
 * handed over by reference: they never leave the process.
 *
 * @param address the name on the bus
 * @param type class of every message
 * @param <T> the message
 */
public record Topic<T>(String address, Class<T> type) {
  private static final DeliveryOptions OPTIONS =
      new DeliveryOptions().setCodecName(PassThroughCodec.NAME);

  /** To everyone who listens. */
  public void publish(Vertx vertx, T message) {
    vertx.eventBus().publish(address, message, OPTIONS);
  }

  /** To one listener. */
  public void send(Vertx vertx, T message) {
    vertx.eventBus().send(address, message, OPTIONS);
  }

  /**
   * To one listener, which answers.
   *
   * @param limit how long to wait; the future fails with a {@code ReplyException} after it
   */
  public <R> Future<R> request(Vertx vertx, T message, Class<R> reply, Duration limit) {
    DeliveryOptions options = new DeliveryOptions(OPTIONS).setSendTimeout(limit.toMillis());
    return vertx
        .eventBus()
        .<Object>request(address, message, options)
        .map(answer -> reply.cast(answer.body()));
  }

  /** Listens on the context of the caller. */
  public MessageConsumer<T> consume(Vertx vertx, Consumer<T> handler) {
    return vertx.eventBus().consumer(address, message -> handler.accept(type.cast(message.body())));
  }

  /** Listens for requests; the handler answers with {@link #reply}. */
  public MessageConsumer<T> serve(Vertx vertx, Consumer<Message<T>> handler) {
    return vertx.eventBus().consumer(address, handler::accept);
  }

  /** Answers a request. */
  public static void reply(Message<?> request, Object answer) {
    request.reply(answer, OPTIONS);
  }
}
