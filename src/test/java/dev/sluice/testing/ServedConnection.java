package dev.sluice.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The record of one request to a {@link LiveSource}: what was asked and what was sent. */
public final class ServedConnection {
  /** Who ended the connection. */
  public enum Ending {
    /** It is still open as far as this side did and noticed. */
    OPEN,
    /** The script, by FIN or RST. */
    SERVER,
    /** The other side closed, or sending failed. */
    CLIENT
  }

  private final int number;
  private final int numberOnPath;
  private final Request request;
  private final int clientPort;
  private final List<Frame> frames = new ArrayList<>();
  private long bytes;
  private FlvTag cutTag;
  private int cutBytes;
  private final long beganNanos = System.nanoTime();
  private long sentNanos;
  private long endedNanos;
  private Ending ending = Ending.OPEN;

  /**
   * What a client asked for.
   *
   * @param target path and query as sent
   * @param headers by name without regard to case; of repeated ones the last
   */
  public record Request(String method, String target, Map<String, String> headers) {
    /** The target without its query. */
    public String path() {
      int query = target.indexOf('?');
      return query < 0 ? target : target.substring(0, query);
    }
  }

  ServedConnection(int number, int numberOnPath, Request request, int clientPort) {
    this.number = number;
    this.numberOnPath = numberOnPath;
    this.request = request;
    this.clientPort = clientPort;
  }

  /** 1 for the first request to the source. */
  public int number() {
    return number;
  }

  /** 1 for the first request to this path. */
  public int numberOnPath() {
    return numberOnPath;
  }

  public Request request() {
    return request;
  }

  int clientPort() {
    return clientPort;
  }

  /** Bytes of the body that were handed to the kernel, without chunk framing. */
  public synchronized long bytesSent() {
    return bytes;
  }

  /**
   * The media frames whose tag and PreviousTagSize were handed to the kernel, in order. When the
   * client closed, the last of them may not have reached it.
   */
  public synchronized List<Frame> framesSent() {
    return List.copyOf(frames);
  }

  /** The tag in which the body was cut, if it was. */
  public synchronized Optional<FlvTag> cutTag() {
    return Optional.ofNullable(cutTag);
  }

  /** How many bytes of {@link #cutTag()} were sent, PreviousTagSize included. */
  public synchronized int cutBytes() {
    return cutBytes;
  }

  /** When the request was here, by {@link System#nanoTime()}. */
  public long beganNanos() {
    return beganNanos;
  }

  /** When the newest bytes of the body were sent, by {@link System#nanoTime()}. */
  public synchronized long sentNanos() {
    return sentNanos;
  }

  /** When it ended, by {@link System#nanoTime()}; without meaning while it is open. */
  public synchronized long endedNanos() {
    return endedNanos;
  }

  public synchronized Ending ending() {
    return ending;
  }

  synchronized void sent(int count, List<Frame> whole) {
    bytes += count;
    sentNanos = count > 0 ? System.nanoTime() : sentNanos;
    frames.addAll(whole);
  }

  synchronized void cut(FlvTag tag, int count) {
    cutTag = tag;
    cutBytes = count;
  }

  synchronized void ended(Ending by) {
    if (ending == Ending.OPEN) {
      ending = by;
      endedNanos = System.nanoTime();
    }
  }

  @Override
  public synchronized String toString() {
    return "connection "
        + number
        + " ("
        + numberOnPath
        + " to "
        + request.path()
        + "): "
        + bytes
        + " bytes, "
        + frames.size()
        + " frames, ended by "
        + ending;
  }
}
