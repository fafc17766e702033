package dev.sluice.testing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sending side of one connection, in the hands of a {@link Script}. Used by one thread. Each
 * wait ends with a {@link ClientGone} as soon as the client closes.
 */
public final class Exchange {
  private static final int MAX_WAIT_MILLIS = 60_000;
  private static final Duration DELIVERY_LIMIT = Duration.ofSeconds(2);
  private static final byte[] LINE_END = {'\r', '\n'};

  private final Socket socket;
  private final BufferedOutputStream out;
  private final ServedConnection record;
  private final List<Frame> unflushedFrames = new ArrayList<>();
  private int unflushedBytes;
  private long sentBytes;
  private boolean chunked;
  private long cutAfter = Long.MAX_VALUE;
  private long bytesPerSecond;

  /** The client closed its side or reset the connection. */
  static final class ClientGone extends IOException {
    ClientGone(String why) {
      super(why);
    }
  }

  /** The body reached the length at which the script cuts it. */
  static final class CutReached extends IOException {}

  Exchange(Socket socket, ServedConnection record) throws IOException {
    this.socket = socket;
    this.record = record;
    out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
  }

  /** The body ends, with no more said, after this many bytes. */
  void cutAfter(long bytes) {
    cutAfter = bytes;
  }

  /** From here on the body is sent at this pace; 0 for as fast as it goes. */
  void rate(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Sends the head of the answer. */
  void head(int status, List<String> headers, boolean chunkedBody) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    head.append(chunkedBody ? "Transfer-Encoding: chunked\r\n" : "");
    out.write(head.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
    chunked = chunkedBody;
    flush();
    checkCut();
  }

  /** Sends bytes of the body. */
  public void body(byte[] bytes) throws IOException {
    send(bytes, (int) Math.min(bytes.length, cutAfter - sentBytes));
    flush();
    checkCut();
  }

  /** Sends a tag; it is on its way with the next {@link #flush()} or wait. */
  public void tag(FlvTag tag) throws IOException {
    byte[] bytes = tag.toBytes();
    int room = (int) Math.min(bytes.length, cutAfter - sentBytes);
    send(bytes, room);
    if (room < bytes.length) {
      record.cut(tag, room);
    } else if (tag.isMedia()) {
      unflushedFrames.add(Frame.of(tag));
    }
    checkCut();
  }

  /** Sends the first bytes of a tag. */
  public void partOf(FlvTag tag, int bytes) throws IOException {
    send(tag.toBytes(), bytes);
    record.cut(tag, bytes);
    flush();
  }

  /** Sends what {@link #partOf} left out, but for the last byte. */
  void restOfCut() throws IOException {
    byte[] bytes = record.cutTag().orElseThrow().toBytes();
    body(Arrays.copyOfRange(bytes, record.cutBytes(), bytes.length - 1));
  }

  /** Sends bytes past the chunk framing and the counters. */
  public void raw(byte[] bytes) throws IOException {
    out.write(bytes);
    flush();
  }

  private void checkCut() throws IOException {
    if (sentBytes >= cutAfter) {
      flush();
      throw new CutReached();
    }
  }

  private void send(byte[] bytes, int length) throws IOException {
    int slice = bytesPerSecond > 0 ? (int) Math.max(1, bytesPerSecond / 20) : length;
    for (int at = 0; at < length; at += slice) {
      int size = Math.min(slice, length - at);
      write(bytes, at, size);
      if (bytesPerSecond > 0) {
        pause(Duration.ofNanos(size * 1_000_000_000L / bytesPerSecond));
      }
    }
  }

  private void write(byte[] bytes, int at, int size) throws IOException {
    if (chunked) {
      out.write(Integer.toHexString(size).getBytes(StandardCharsets.US_ASCII));
      out.write(LINE_END);
    }
    out.write(bytes, at, size);
    if (chunked) {
      out.write(LINE_END);
    }
    sentBytes += size;
    unflushedBytes += size;
  }

  /** Hands all to the kernel and enters it in the record. */
  public void flush() throws IOException {
    out.flush();
    record.sent(unflushedBytes, unflushedFrames);
    unflushedBytes = 0;
    unflushedFrames.clear();
  }

  /** Flushes and waits. */
  public void pause(Duration time) throws IOException {
    pauseUntil(System.nanoTime() + time.toNanos());
  }

  /** Flushes and waits for the client to go. */
  public void pauseForever() throws IOException {
    while (true) {
      pause(Duration.ofMillis(MAX_WAIT_MILLIS));
    }
  }

  /** Flushes and waits until this time of {@link System#nanoTime()}. */
  public void pauseUntil(long nanos) throws IOException {
    flush();
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      socket.setSoTimeout((int) Math.min(MAX_WAIT_MILLIS, (left + 999_999) / 1_000_000));
      try {
        if (socket.getInputStream().read() < 0) {
          throw new ClientGone("closed");
        }
      } catch (SocketTimeoutException e) {
        // Nothing came from the client, which is what a wait wants.
      }
    }
  }

  /** Ends the body as HTTP wants it and closes with FIN. */
  void end() throws IOException {
    if (chunked) {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    fin();
  }

  /** Closes with FIN, whatever was promised of the body. */
  void fin() throws IOException {
    flush();
    record.ended(ServedConnection.Ending.SERVER);
    socket.close();
  }

  /** Closes with RST once the client's kernel has all that was sent. */
  void reset() throws IOException {
    flush();
    long limit = System.nanoTime() + DELIVERY_LIMIT.toNanos();
    while (!TcpTable.isDelivered(socket.getLocalPort(), socket.getPort())
        && System.nanoTime() < limit) {
      pause(Duration.ofMillis(5));
    }
    record.ended(ServedConnection.Ending.SERVER);
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
