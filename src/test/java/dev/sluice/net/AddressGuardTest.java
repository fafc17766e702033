package dev.sluice.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.settings.Connection;
import dev.sluice.testing.Canary;
import io.netty.util.NetUtil;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No public address is within reach of tests, so 127.0.0.2 plays the open internet. */
class AddressGuardTest {
  private static final InetAddress PUBLIC = address("127.0.0.2");
  private static final InetAddress PRIVATE = address("127.0.0.1");

  private final Vertx vertx = Vertx.vertx();
  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(literal));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }

  /** Names lead into the private network, each and every one: the worst that a resolver can do. */
  private InetAddress[] hostile(String host) {
    asked.add(host);
    String bare = host.replaceAll("[\\[\\]]", "");
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(bare);
    try {
      return new InetAddress[] {literal == null ? PRIVATE : InetAddress.getByAddress(literal)};
    } catch (UnknownHostException e) {
      return new InetAddress[] {PRIVATE};
    }
  }

  private StreamClient client(AddressGuard.Names names) {
    return new StreamClient(vertx, "test", new AddressGuard(names, PUBLIC::equals));
  }

  private StreamClient.Answer open(StreamClient client, String link) {
    return client
        .open(URI.create(link), Connection.PLAIN)
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  private String refusal(StreamClient client, String link) {
    Throwable failure =
        assertThrows(CompletionException.class, () -> open(client, link)).getCause();
    return String.valueOf(failure.getMessage());
  }

  @Test
  void noFormOfAnAddressLeadsFromTheInternetIntoThePrivateNetwork() throws Exception {
    StreamClient client = client(this::hostile);
    try (Canary inside = Canary.at(PRIVATE);
        Canary outside = Canary.at(PUBLIC)) {
      List<String> forms = HostForms.addresses(inside.port());
      assertTrue(forms.size() >= 600, "only " + forms.size());
      List<String> followed = new ArrayList<>();
      for (String form : forms) {
        outside.redirectsTo(form);
        try {
          StreamClient.Answer answer = open(client, outside.url("/live.flv"));
          if (answer.status() == 200) {
            followed.add(form);
          }
        } catch (CompletionException e) {
          assertTrue(e.getCause() instanceof StreamClient.NoAnswer, e.toString());
        }
      }
      assertEquals(List.of(), followed);
      assertEquals(0, inside.hits(), "connections to the private canary");
      assertTrue(outside.hits() >= forms.size());
    }
  }

  /** The test before this one can fail. */
  @Test
  void aGuardThatLetsEverythingPassIsSeen() throws Exception {
    StreamClient client =
        new StreamClient(vertx, "test", new AddressGuard(this::hostile, address -> true));
    try (Canary inside = Canary.at(PRIVATE);
        Canary outside = Canary.at(PUBLIC)) {
      outside.redirectsTo("http://nas.local:" + inside.port() + "/");
      assertEquals(200, open(client, outside.url("/live.flv")).status());
      assertEquals(1, inside.hits());
    }
  }

  @Test
  void theOwnerMayNameWhatHeLikesAndThePrivateMayLeadAnywhere() throws Exception {
    StreamClient client = client(this::hostile);
    try (Canary inside = Canary.at(PRIVATE);
        Canary other = Canary.at(PRIVATE);
        Canary outside = Canary.at(PUBLIC)) {
      assertEquals(200, open(client, inside.url("/live.flv")).status());
      other.redirectsTo(inside.url("/a"));
      assertEquals(200, open(client, other.url("/live.flv")).status());
      other.redirectsTo(outside.url("/a"));
      assertEquals(200, open(client, other.url("/live.flv")).status());
      assertEquals(2, inside.hits());
    }
  }

  @Test
  void aChainThatWentOutsideDoesNotComeBackIn() throws Exception {
    StreamClient client = client(this::hostile);
    try (Canary inside = Canary.at(PRIVATE);
        Canary first = Canary.at(PRIVATE);
        Canary second = Canary.at(PUBLIC);
        Canary third = Canary.at(PUBLIC)) {
      first.redirectsTo(second.url("/2"));
      second.redirectsTo(third.url("/3"));
      third.redirectsTo(inside.url("/4"));
      String why = refusal(client, first.url("/1"));
      assertTrue(why.contains("private network"), why);
      assertEquals(0, inside.hits());
      assertEquals(1, third.hits());
    }
  }

  @Test
  void aNameThatChangesItsAnswerChangesNothing() throws Exception {
    AddressGuard.Names changing =
        host -> {
          asked.add(host);
          return new InetAddress[] {asked.size() == 1 ? PUBLIC : PRIVATE};
        };
    try (Canary outside = Canary.at(PUBLIC);
        Canary answering = Canary.at(PUBLIC);
        Canary inside = Canary.at(PRIVATE, answering.port())) {
      outside.redirectsTo("http://changing.test:" + answering.port() + "/");
      assertEquals(200, open(client(changing), outside.url("/")).status());
      assertEquals(List.of("changing.test"), List.copyOf(asked), "asked once");
      assertEquals("changing.test:" + answering.port(), answering.lastHost());
      assertEquals(0, inside.hits());
    }
  }

  @Test
  void ofSeveralAddressesOnlyAPublicOneIsTaken() throws Exception {
    try (Canary outside = Canary.at(PUBLIC);
        Canary answering = Canary.at(PUBLIC);
        Canary inside = Canary.at(PRIVATE, answering.port())) {
      outside.redirectsTo("http://both.test:" + answering.port() + "/");
      StreamClient client = client(host -> new InetAddress[] {PRIVATE, PUBLIC});
      assertEquals(200, open(client, outside.url("/")).status());
      assertEquals(0, inside.hits());
    }
  }

  @Test
  void theRegistriesHoldWithoutTests() throws Exception {
    AddressGuard real = new AddressGuard();
    for (String host : List.of("127.0.0.1", "127.1", "2130706433", "::1", "[::1]", "localhost")) {
      assertThrows(AddressGuard.Refused.class, () -> real.publicAddress(host), host);
    }
    assertEquals(address("8.8.8.8"), real.publicAddress("8.8.8.8"));
    assertTrue(real.isPublic("8.8.8.8"));
    for (String literal : List.of("127.0.0.1", "::1", "fe80::1", "nas", "")) {
      assertEquals(false, real.isPublic(literal), literal);
    }
    assertEquals(false, real.isPublic(null));
  }

  @Test
  void aProxyIsNotAskedForPrivateAddressesByTheInternet() {
    AddressGuard real = new AddressGuard();
    for (String host : List.of("127.0.0.1", "[::1]", "localhost", "a.localhost.", "10.1.2.3")) {
      assertTrue(real.isPrivateLiteral(host), host);
    }
    for (String host : List.of("8.8.8.8", "[2001:4860:4860::8888]", "example.org", "host")) {
      assertEquals(false, real.isPrivateLiteral(host), host);
    }
  }
}
