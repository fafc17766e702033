package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernel's view of the TCP sockets of this machine (Linux): it knows at once that a peer has
 * closed, and what the peer's kernel has received.
 */
public final class TcpTable {
  private static final String ESTABLISHED = "01";
  private static final String LISTEN = "0A";

  private TcpTable() {}

  /** Whether something listens on this port. */
  public static boolean isListening(int port) {
    return rows().stream().anyMatch(row -> row.local == port && row.state.equals(LISTEN));
  }

  /** The peers' ports of connections to this port that neither side has begun to close. */
  static List<Integer> established(int port) {
    return rows().stream()
        .filter(row -> row.local == port && row.state.equals(ESTABLISHED))
        .map(row -> row.remote)
        .toList();
  }

  /** Whether all that was sent from this port to that one was received by the peer's kernel. */
  static boolean isDelivered(int port, int peer) {
    return rows().stream()
        .filter(row -> row.local == port && row.remote == peer)
        .allMatch(row -> row.unacknowledged == 0);
  }

  private record Row(int local, int remote, String state, long unacknowledged) {
    static Row parse(String line) {
      String[] words = line.strip().split("\\s+");
      long waiting = Long.parseLong(words[4].substring(0, words[4].indexOf(':')), 16);
      return new Row(port(words[1]), port(words[2]), words[3], waiting);
    }

    private static int port(String address) {
      return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      try {
        Path file = Path.of(table);
        if (Files.exists(file)) {
          Files.readAllLines(file).stream().skip(1).map(Row::parse).forEach(rows::add);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return rows;
  }
}
