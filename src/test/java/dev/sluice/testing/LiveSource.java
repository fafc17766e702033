package dev.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A scripted HTTP/1.1 server, on loopback unless a test wants it elsewhere, that behaves, and
 * misbehaves, as a test says, and records what it sent to whom. One request per connection; paths
 * without a script answer 404.
 */
public final class LiveSource implements AutoCloseable {
  private static final int MAX_HEAD = 64 * 1024;
  private static final int MAX_OPEN = 256;
  private static final int REQUEST_MILLIS = 10_000;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final InetAddress address;
  private final Socket reservation = new Socket();
  private final int port;
  private final Map<String, List<Script>> scripts = new ConcurrentHashMap<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<ServedConnection> connections = new ArrayList<>();
  private final Map<String, Integer> mostOpen = new HashMap<>();
  private final List<Throwable> failures = new ArrayList<>();
  private ServerSocket listener;

  private LiveSource(InetAddress address) throws IOException {
    this.address = address;
    // Bound but not listening: keeps the port ours, and refusing, while the listener is closed.
    reservation.setReuseAddress(true);
    reservation.bind(new InetSocketAddress(address, 0));
    port = reservation.getLocalPort();
    accept();
  }

  /** Starts a source on a free port of loopback. */
  public static LiveSource start() {
    return start(InetAddress.getLoopbackAddress());
  }

  /** Starts a source on a free port of an IPv4 address of this machine. */
  public static LiveSource start(InetAddress address) {
    try {
      return new LiveSource(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Says what happens on a path, in place of what was said before: the first connection from now on
   * gets the first script, and so on; the last script serves all that follow.
   */
  public LiveSource on(String path, Script... inTurn) {
    if (inTurn.length == 0) {
      throw new IllegalArgumentException("no script for " + path);
    }
    scripts.put(path, new ArrayList<>(List.of(inTurn)));
    return this;
  }

  /** The address of a path (which may have a query) on this source. */
  public URI uri(String path) {
    return URI.create("http://" + address.getHostAddress() + ":" + port + path);
  }

  public int port() {
    return port;
  }

  /** Refuses new connections (RST to their SYN) until {@link #accept()}; open ones go on. */
  public synchronized void refuse() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // The kernel goes on listening until the accepting thread has left its call.
    Await.until(CLOSE_LIMIT, "port " + port + " refuses", () -> !TcpTable.isListening(port));
  }

  /** Accepts connections, after {@link #refuse()} on the same port as before. */
  public synchronized void accept() {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port), 50);
      listener = socket;
      thread("live-source-accept", () -> acceptAll(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // What was seen

  /** All requests so far, in order. */
  public List<ServedConnection> connections() {
    synchronized (connections) {
      return List.copyOf(connections);
    }
  }

  /** All requests so far to this path (without query), in order. */
  public List<ServedConnection> connections(String path) {
    return connections().stream().filter(one -> one.request().path().equals(path)).toList();
  }

  /** How many connections to this path are open now; one that the client closed is not. */
  public int openNow(String path) {
    List<Integer> established = TcpTable.established(port);
    return (int)
        connections(path).stream()
            .filter(one -> one.ending() == ServedConnection.Ending.OPEN)
            .filter(one -> established.contains(one.clientPort()))
            .count();
  }

  /** How many connections to this path were open at once at most. */
  public int mostOpen(String path) {
    synchronized (connections) {
      return mostOpen.getOrDefault(path, 0);
    }
  }

  /** The media frames sent on this path, connection after connection, repeats included. */
  public List<Frame> framesSent(String path) {
    return connections(path).stream().flatMap(one -> one.framesSent().stream()).toList();
  }

  /**
   * What a recording of this path should hold: every frame (by track, timestamp and payload) that
   * was sent, once, in the order of its first sending.
   */
  public List<Frame> framesOnce(String path) {
    return List.copyOf(new LinkedHashSet<>(framesSent(path)));
  }

  /** What went wrong in this source itself; a test may assert that it is empty. */
  public List<Throwable> failures() {
    synchronized (failures) {
      return List.copyOf(failures);
    }
  }

  @Override
  public void close() {
    try {
      refuse();
      reservation.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Serving

  private static void thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void acceptAll(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket socket = from.accept();
        if (sockets.size() >= MAX_OPEN) {
          socket.close();
          continue;
        }
        sockets.add(socket);
        thread("live-source-" + socket.getPort(), () -> serve(socket));
      } catch (IOException e) {
        if (!from.isClosed()) {
          failed(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(REQUEST_MILLIS);
      ServedConnection.Request request = readRequest(socket.getInputStream());
      ServedConnection record = enter(request, socket.getPort());
      try {
        take(request.path()).run(new Exchange(socket, record));
      } catch (IOException e) {
        record.ended(ServedConnection.Ending.CLIENT);
      }
    } catch (IOException e) {
      // The client went away before it had asked for anything.
    } catch (RuntimeException e) {
      failed(e);
    } finally {
      sockets.remove(socket);
    }
  }

  private void failed(Throwable e) {
    synchronized (failures) {
      failures.add(e);
    }
  }

  private Script take(String path) {
    List<Script> inTurn = scripts.get(path);
    if (inTurn == null) {
      return Script.status(404);
    }
    synchronized (inTurn) {
      return inTurn.size() > 1 ? inTurn.remove(0) : inTurn.get(0);
    }
  }

  private ServedConnection enter(ServedConnection.Request request, int clientPort) {
    synchronized (connections) {
      String path = request.path();
      int onPath = connections(path).size() + 1;
      ServedConnection record =
          new ServedConnection(connections.size() + 1, onPath, request, clientPort);
      connections.add(record);
      mostOpen.merge(path, openNow(path), Math::max);
      return record;
    }
  }

  private static ServedConnection.Request readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < MAX_HEAD && head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    String[] lines = head.toString().split("\r\n");
    String[] words = lines[0].split(" ");
    if (words.length != 3 || !words[1].startsWith("/")) {
      throw new IOException("bad request line: " + lines[0]);
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : List.of(lines).subList(1, lines.length)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    return new ServedConnection.Request(words[0], words[1], headers);
  }
}
