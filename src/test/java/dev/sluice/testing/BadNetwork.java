package dev.sluice.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network namespace of its own, joined to this machine by a cable on which packets can be lost.
 * Its addresses are of those set aside for such trials (RFC 2544). Needs root.
 */
public final class BadNetwork implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Pattern COUNTED = Pattern.compile("counter packets (\\d+)");

  private final String name;
  private final String here;

  private BadNetwork(int number) {
    name = "sluice" + number;
    String net = "198.18." + number / 64 + "." + number % 64 * 4;
    here = net.substring(0, net.lastIndexOf('.') + 1) + (number % 64 * 4 + 1);
  }

  /**
   * Makes one.
   *
   * @throws org.opentest4j.TestAbortedException where the machine allows no network of one's own,
   *     as in most containers: then the test counts as skipped
   */
  public static BadNetwork make() {
    BadNetwork network = new BadNetwork(new Random().nextInt(256 * 64));
    assumeTrue(isAllowed(), "this machine allows no network namespaces, or no nftables in them");
    try {
      network.connect();
      return network;
    } catch (AssertionError e) {
      network.close();
      throw e;
    }
  }

  /** Tried once, in a namespace that goes with the command. */
  private static boolean isAllowed() {
    List<String> trial =
        List.of(
            "unshare",
            "-n",
            "sh",
            "-c",
            "ip link add name near type veth peer name far && nft list tables");
    try (TestProcess process = TestProcess.start(trial)) {
      return process.endsWithin(LIMIT) && process.exitCode() == 0;
    }
  }

  private void connect() {
    String there = here.substring(0, here.lastIndexOf('.') + 1) + (last() + 1);
    run("ip netns add " + name);
    run("ip link add " + name + " type veth peer name cable netns " + name);
    run("ip addr add " + here + "/30 dev " + name);
    run("ip link set " + name + " up");
    inside("ip addr add " + there + "/30 dev cable");
    inside("ip link set cable up");
    inside("nft add table inet bad");
    inside("nft add chain inet bad in { type filter hook input priority 0 ; }");
    inside("nft add chain inet bad out { type filter hook output priority 0 ; }");
  }

  private int last() {
    return Integer.parseInt(here.substring(here.lastIndexOf('.') + 1));
  }

  /** The address of this machine as the namespace reaches it. */
  public InetAddress here() {
    try {
      return InetAddress.getByName(here);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Words before a command that make it run in the namespace. */
  List<String> command() {
    return List.of("ip", "netns", "exec", name);
  }

  /** From now on every packet is lost, and nobody is told. */
  public void cut() {
    drop("");
  }

  /** From now on so many in a hundred packets that come, and as many that go, are lost. */
  public void lose(int percent) {
    drop("numgen random mod 100 < " + percent + " ");
  }

  private void drop(String which) {
    mend();
    inside("nft add rule inet bad in " + which + "counter drop");
    inside("nft add rule inet bad out " + which + "counter drop");
  }

  /** Nothing is lost from now on. */
  public void mend() {
    inside("nft flush table inet bad");
  }

  /** How many packets were lost since the last change. */
  public long lost() {
    Matcher found = COUNTED.matcher(inside("nft list table inet bad").output());
    long lost = 0;
    while (found.find()) {
      lost += Long.parseLong(found.group(1));
    }
    return lost;
  }

  private TestProcess inside(String command) {
    List<String> words = new ArrayList<>(command());
    words.addAll(List.of(command.split(" ")));
    return TestProcess.run(LIMIT, words);
  }

  private static TestProcess run(String command) {
    return TestProcess.run(LIMIT, List.of(command.split(" ")));
  }

  /** What runs in it must have ended. */
  @Override
  public void close() {
    run("ip netns del " + name);
  }
}
