package dev.sluice.net;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Ways to write addresses of a private network, for people who should not get there. */
final class HostForms {
  private static final List<int[]> PRIVATE =
      List.of(
          new int[] {127, 0, 0, 1},
          new int[] {127, 255, 255, 254},
          new int[] {0, 0, 0, 0},
          new int[] {10, 0, 0, 1},
          new int[] {100, 100, 100, 200},
          new int[] {169, 254, 169, 254},
          new int[] {172, 16, 0, 1},
          new int[] {192, 168, 1, 1},
          new int[] {198, 18, 0, 1},
          new int[] {224, 0, 0, 1},
          new int[] {255, 255, 255, 255});

  private static final List<String> NAMES =
      List.of(
          "localhost",
          "LOCALHOST",
          "localhost.",
          "a.localhost",
          "localhost.localdomain",
          "ip6-localhost",
          "metadata",
          "metadata.google.internal",
          "instance-data",
          "127.0.0.1.nip.example",
          "loopback.example",
          "xn--lcalhost-54a",
          "l\u00f6calhost",
          "127\u30020\u30020\u30021",
          "\uff11\uff12\uff17.\uff10.\uff10.\uff11",
          "\u2460\u2461\u2466.0.0.1",
          "nas",
          "nas.local",
          "router",
          "kubernetes.default.svc");

  private static final List<String> V6 =
      List.of(
          "::1",
          "0:0:0:0:0:0:0:1",
          "0000:0000:0000:0000:0000:0000:0000:0001",
          "::",
          "::ffff:127.0.0.1",
          "::ffff:7f00:1",
          "0:0:0:0:0:ffff:7f00:1",
          "::127.0.0.1",
          "::7f00:1",
          "64:ff9b::127.0.0.1",
          "64:ff9b::7f00:1",
          "64:ff9b:1::1",
          "2002:7f00:1::",
          "2002:a9fe:a9fe::",
          "2001::1",
          "fc00::1",
          "fd00:ec2::254",
          "fe80::1",
          "fe80::1%25lo",
          "fe80::1%lo",
          "::1%25lo",
          "fec0::1",
          "ff02::1",
          "2001:db8::1",
          "::ffff:169.254.169.254",
          "::ffff:10.0.0.1",
          "::ffff:192.168.1.1",
          "::ffff:0:127.0.0.1",
          "100::1");

  private HostForms() {}

  /** Hosts as they stand in an address, each once. */
  static List<String> hosts() {
    Set<String> all = new LinkedHashSet<>(NAMES);
    PRIVATE.forEach(address -> all.addAll(v4(address)));
    V6.forEach(
        text -> all.addAll(List.of("[" + text + "]", "[" + text.toUpperCase(Locale.ROOT) + "]")));
    return List.copyOf(all);
  }

  /** What inet_aton of one system or another takes for this address. */
  private static List<String> v4(int[] a) {
    long number = (long) a[0] << 24 | a[1] << 16 | a[2] << 8 | a[3];
    String plain = a[0] + "." + a[1] + "." + a[2] + "." + a[3];
    List<String> forms = new ArrayList<>();
    forms.add(plain);
    forms.add(plain + ".");
    forms.add(Long.toString(number));
    forms.add("0x" + Long.toHexString(number));
    forms.add("0X" + Long.toHexString(number).toUpperCase(Locale.ROOT));
    forms.add("0" + Long.toOctalString(number));
    forms.add(Long.toString(number + (1L << 32)));
    forms.add(a[0] + "." + (number & 0xFFFFFF));
    forms.add(a[0] + "." + a[1] + "." + (number & 0xFFFF));
    for (String format : List.of("0x%x", "0x%02X", "0%o", "0000%o", "%03d", "0x000000%02x")) {
      List<String> parts = new ArrayList<>();
      for (int part : a) {
        parts.add(String.format(format, part));
      }
      forms.add(String.join(".", parts));
      forms.add(parts.get(0) + "." + a[1] + "." + a[2] + "." + a[3]);
      forms.add(a[0] + "." + a[1] + "." + a[2] + "." + parts.get(3));
    }
    forms.add((a[0] + 256) + "." + a[1] + "." + a[2] + "." + a[3]);
    forms.add("%" + Integer.toHexString('0' + a[0] / 100) + plain.substring(1));
    forms.add(plain.replace(".", "%2e"));
    forms.add(plain.replace(".", "\u3002"));
    return forms;
  }

  /** Addresses to be led to, with the port of a canary; far more than the hosts. */
  static List<String> addresses(int port) {
    List<String> all = new ArrayList<>();
    for (String host : hosts()) {
      all.add("http://" + host + ":" + port + "/");
      all.add("//" + host + ":" + port + "/x");
    }
    for (String host : List.of("127.0.0.1", "[::1]", "localhost", "2130706433", "0x7f.1")) {
      String there = host + ":" + port;
      Stream.of(
              "http://public.test@" + there,
              "http://public.test:80@" + there + "/",
              "http://" + there + "@public.test:" + port + "/",
              "http://public.test#@" + there + "/",
              "http://public.test\\@" + there + "/",
              "http://" + there + "\\@public.test/",
              "http://" + there + "?@public.test/",
              "http://" + there + "#.public.test/",
              "http:/" + there + "/",
              "http:" + there + "/",
              "http:///" + there + "/",
              "http:\\\\" + there + "\\",
              "/\\" + there + "/",
              "\\\\" + there + "\\",
              " http://" + there + "/",
              "\thttp://" + there + "/",
              "HTTP://" + there + "/",
              "hTtPs://" + there + "/",
              "http://" + there + "%00.public.test/",
              "http://" + there + "%0d%0a/",
              "http://public.test%2f@" + there + "/",
              "http://public.test%40" + there + "/",
              "file://" + there + "/etc/passwd",
              "file:///etc/passwd",
              "gopher://" + there + "/_GET%20/",
              "dict://" + there + "/info",
              "ftp://" + there + "/",
              "ldap://" + there + "/",
              "jar:http://" + there + "!/",
              "concat:http://" + there + "/",
              "subfile,,start,0,end,9,,:http://" + there + "/",
              "data:text/plain,x",
              "javascript:fetch('http://" + there + "')",
              "rtmp://" + there + "/",
              "ws://" + there + "/",
              "tcp://" + there,
              "unix:/run/docker.sock")
          .forEach(all::add);
    }
    return all;
  }
}
