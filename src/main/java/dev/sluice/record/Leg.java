package dev.sluice.record;

import dev.sluice.net.StreamClient;
import dev.sluice.net.StreamClient.Answer;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;

/**
 * One media connection. Hands over the bytes without copying them, and its end exactly once. Lives
 * on the recorder's context; {@link #watch} and the counters may be used from another thread.
 */
final class Leg {
  /** The cause when nothing came for too long. */
  static final String STALLED = "stalled";

  private static final long QUIET_MS = 50;

  private final Answer answer;
  private final Receiver receiver;
  private boolean ended;
  private final Pace pace;
  private final Trickle trickle = new Trickle();
  private volatile long received;
  private volatile long lastByteNanos = System.nanoTime();
  private volatile boolean busy;
  private volatile boolean stalled;

  /** Told on the recorder's context. */
  interface Receiver {
    void bytes(Leg leg, ByteBuffer bytes);

    /**
     * The connection is over.
     *
     * @param cause in two or three words
     */
    void legEnded(Leg leg, String cause);
  }

  Leg(Answer answer, Receiver receiver) {
    this.answer = answer;
    this.receiver = receiver;
    this.pace = new Pace(bytes -> StreamClient.wakeAt(answer.response(), bytes));
  }

  void begin() {
    answer.response().handler(this::received);
    answer.response().endHandler(v -> end("connection closed"));
    answer.response().exceptionHandler(failure -> broken());
    answer.response().resume();
  }

  private void received(Buffer buffer) {
    if (ended) {
      return;
    }
    busy = true;
    received += buffer.length();
    try {
      ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
      receiver.bytes(this, bytes.nioBuffer());
    } finally {
      lastByteNanos = System.nanoTime();
      busy = false;
    }
  }

  /**
   * The connection broke. On a worker's context Vert.x tells this before the bytes that it has
   * still queued (seen with 5.2.0), and those are part of the recording: the end is told when none
   * came for a moment.
   */
  private void broken() {
    if (ended) {
      return;
    }
    long before = received;
    Vertx.currentContext()
        .owner()
        .setTimer(
            QUIET_MS,
            id -> {
              if (received == before) {
                end("connection lost");
              } else {
                broken();
              }
            });
  }

  private void end(String cause) {
    if (!ended) {
      ended = true;
      receiver.legEnded(this, stalled ? STALLED : cause);
    }
  }

  /** Closes the connection without a word to the receiver; completes when it is closed. */
  Future<Void> drop() {
    ended = true;
    return StreamClient.close(answer.response());
  }

  /**
   * Called once a second: lets the kernel gather what comes fast, and closes the connection when no
   * byte came for so long, or only a trickle of which nothing can be made for half as long again;
   * unless the recorder itself is at work: then the disk is slow, not the source. From any thread.
   *
   * @param grew whether the recording grew since the last call
   */
  void watch(long stallMs, boolean grew) {
    pace.second(received);
    long idleMs = (System.nanoTime() - lastByteNanos) / 1_000_000;
    if (busy || stalled) {
      return;
    }
    if (idleMs >= stallMs || trickle.second(received, grew) >= stallMs + stallMs / 2) {
      stalled = true;
      StreamClient.close(answer.response());
    }
  }
}
