package dev.sluice.bus;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Hands messages over by reference; refuses to put one on a wire. */
public final class PassThroughCodec implements MessageCodec<Object, Object> {
  static final String NAME = "sluice";

  private PassThroughCodec() {}

  /** To be called once per Vertx, before anything is sent. */
  public static void register(Vertx vertx) {
    vertx.eventBus().registerCodec(new PassThroughCodec());
  }

  @Override
  public void encodeToWire(Buffer buffer, Object message) {
    throw new UnsupportedOperationException("messages never leave the process");
  }

  @Override
  public Object decodeFromWire(int position, Buffer buffer) {
    throw new UnsupportedOperationException("messages never leave the process");
  }

  @Override
  public Object transform(Object message) {
    return message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
