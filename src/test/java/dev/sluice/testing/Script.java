package dev.sluice.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link LiveSource} does on one connection: an answer, then steps in order. A script that
 * runs out of steps ends the body politely. Not to be changed once it was given to a source.
 */
public final class Script {
  private static final Duration FOREVER = Duration.ofDays(365);

  private final int status;
  private final Broadcast broadcast;
  private final List<String> headers = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private Duration delay = Duration.ZERO;
  private Optional<Long> contentLength = Optional.empty();
  private Optional<Cut> announced = Optional.empty();
  private boolean chunked;
  private long cutAfter = Long.MAX_VALUE;
  private Step cutEnding = (exchange, cursor) -> exchange.fin();

  /** One thing to do on a connection. */
  private interface Step {
    void run(Exchange exchange, Cursor cursor) throws IOException;
  }

  private Script(int status, Broadcast broadcast) {
    this.status = status;
    this.broadcast = broadcast;
  }

  // Answers

  /** 404 when the broadcast is off the air, otherwise its FLV header and configuration. */
  public static Script join(Broadcast broadcast) {
    Script script = new Script(200, broadcast).header("Content-Type: video/x-flv");
    // The flags claim both tracks even when one is absent, as media servers do.
    byte[] header = FlvTags.header(true, true);
    return script.bytes(header).tags(broadcast.opening());
  }

  /** The whole broadcast until it leaves the air, then FIN. */
  public static Script live(Broadcast broadcast) {
    return join(broadcast).live();
  }

  /** 200 and an FLV header; the tags are up to the steps. */
  public static Script flv() {
    return new Script(200, null)
        .header("Content-Type: video/x-flv")
        .bytes(FlvTags.header(true, true));
  }

  /** 200 and nothing more; all bytes are up to the steps. */
  public static Script open() {
    return new Script(200, null);
  }

  /** A refusal with a short text. */
  public static Script status(int status) {
    return body(status, "text/plain", "refused with " + status);
  }

  /** A redirect to a relative or absolute address, given as it shall stand in the header. */
  public static Script redirect(int status, String location) {
    return body(status, "text/plain", "").header("Location: " + location);
  }

  /** 200 with an HTML page. */
  public static Script html(String text) {
    return body(200, "text/html; charset=utf-8", text);
  }

  /** 200 with JSON. */
  public static Script json(String text) {
    return body(200, "application/json", text);
  }

  /** 200 with an HLS playlist. */
  public static Script playlist(String text) {
    return body(200, "application/vnd.apple.mpegurl", text);
  }

  /** 200 without a body. */
  public static Script empty() {
    return body(200, "video/x-flv", "");
  }

  /** A text of any kind with the right Content-Length. */
  public static Script body(int status, String contentType, String text) {
    return body(status, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes of any kind with the right Content-Length. */
  public static Script body(int status, String contentType, byte[] bytes) {
    return new Script(status, null)
        .header("Content-Type: " + contentType)
        .contentLength(bytes.length)
        .bytes(bytes);
  }

  // The manner of the answer

  /** Adds a header, given as {@code Name: value}. */
  public Script header(String line) {
    headers.add(line);
    return this;
  }

  /** Waits before the head is sent. */
  public Script delay(Duration time) {
    delay = time;
    return this;
  }

  /** Sends the body in chunks. */
  public Script chunked() {
    chunked = true;
    return this;
  }

  /** Announces this length, true or not. */
  public Script contentLength(long bytes) {
    contentLength = Optional.of(bytes);
    return this;
  }

  /** Cuts the body after this many bytes, wherever that is, by FIN without a last chunk. */
  public Script cutAfter(long bytes) {
    cutAfter = bytes;
    return this;
  }

  /** Cuts the body after this many bytes by RST. */
  public Script resetAfter(long bytes) {
    cutEnding = (exchange, cursor) -> exchange.reset();
    return cutAfter(bytes);
  }

  // Steps

  /** Sends the broadcast from the last key frame on, until it leaves the air. */
  public Script live() {
    return live(FOREVER);
  }

  /** Sends the broadcast for this long; a second such step goes on where the first stopped. */
  public Script live(Duration time) {
    needBroadcast();
    return step((exchange, cursor) -> cursor.follow(exchange, time));
  }

  /** Sends nothing until the broadcast is on the air again, as a server that keeps its players. */
  public Script awaitOnAir() {
    needBroadcast();
    return step((exchange, cursor) -> cursor.awaitOnAir(exchange));
  }

  /** Sends these tags at once. */
  public Script tags(List<FlvTag> tags) {
    List<FlvTag> copy = List.copyOf(tags);
    return step(
        (exchange, cursor) -> {
          for (FlvTag tag : copy) {
            exchange.tag(tag);
          }
          exchange.flush();
        });
  }

  /** Sends these tags by their timestamps, this many times as fast as real time. */
  public Script paced(List<FlvTag> tags, double speed) {
    List<FlvTag> copy = List.copyOf(tags);
    return step((exchange, cursor) -> pace(exchange, copy, speed));
  }

  /** Sends bytes as part of the body. */
  public Script bytes(byte[] bytes) {
    byte[] copy = bytes.clone();
    return step((exchange, cursor) -> exchange.body(copy));
  }

  /** Sends bytes outside the chunk framing. */
  public Script raw(byte[] bytes) {
    byte[] copy = bytes.clone();
    return step((exchange, cursor) -> exchange.raw(copy));
  }

  /** Sends only the first bytes (of head, payload or PreviousTagSize) of the next tag. */
  public Script partOfNextTag(int bytes) {
    needBroadcast();
    return step(
        (exchange, cursor) -> {
          Optional<FlvTag> tag = cursor.take();
          if (tag.isPresent()) {
            exchange.partOf(tag.get(), bytes);
          }
        });
  }

  /** Sends the broadcast as long as the cut says, and then what the cut leaves of a tag. */
  public Script liveInto(Cut cut) {
    needBroadcast();
    return step((exchange, cursor) -> cursor.followInto(exchange, cut));
  }

  /** Announces as the length of the body what it has when {@link #liveInto} is done. */
  public Script announcing(Cut cut) {
    needBroadcast();
    announced = Optional.of(cut);
    return this;
  }

  /** Sends what a cut left out of a tag, but for its last byte. */
  public Script restOfCut() {
    return step((exchange, cursor) -> exchange.restOfCut());
  }

  /** Limits the pace of what follows, in bytes a second; 0 for no limit. */
  public Script rate(long bytesPerSecond) {
    return step((exchange, cursor) -> exchange.rate(bytesPerSecond));
  }

  /** Sends nothing for this long. */
  public Script stall(Duration time) {
    return step((exchange, cursor) -> exchange.pause(time));
  }

  /** Keeps the connection open and sends nothing until the client goes. */
  public Script stall() {
    return step((exchange, cursor) -> exchange.pauseForever());
  }

  /** Closes with FIN without a last chunk. */
  public Script fin() {
    return step((exchange, cursor) -> exchange.fin());
  }

  /** Closes with RST after the client's kernel has received what was sent. */
  public Script reset() {
    return step((exchange, cursor) -> exchange.reset());
  }

  private Script step(Step step) {
    steps.add(step);
    return this;
  }

  private void needBroadcast() {
    if (broadcast == null) {
      throw new IllegalStateException("begin the script with Script.join(broadcast)");
    }
  }

  // Running

  /** Carries the script out on a connection and closes it. */
  void run(Exchange exchange) throws IOException {
    exchange.pause(delay);
    if (broadcast != null && !broadcast.isOnAir()) {
      status(404).run(exchange);
      return;
    }
    Cursor cursor = new Cursor(broadcast);
    try {
      exchange.cutAfter(cutAfter);
      List<String> lines = new ArrayList<>(headers);
      contentLength.ifPresent(length -> lines.add("Content-Length: " + length));
      announced.ifPresent(cut -> lines.add("Content-Length: " + cursor.bodyUpTo(cut)));
      exchange.head(status, lines, chunked);
      for (Step step : steps) {
        step.run(exchange, cursor);
      }
      exchange.end();
    } catch (Exchange.CutReached e) {
      cutEnding.run(exchange, cursor);
    }
  }

  private static void pace(Exchange exchange, List<FlvTag> tags, double speed) throws IOException {
    long start = System.nanoTime();
    long first =
        tags.stream().filter(FlvTag::isMedia).findFirst().map(FlvTag::timestamp).orElse(0L);
    for (FlvTag tag : tags) {
      if (tag.isMedia()) {
        exchange.pauseUntil(start + (long) ((tag.timestamp() - first) * 1e6 / speed));
      }
      exchange.tag(tag);
    }
    exchange.flush();
  }
}
