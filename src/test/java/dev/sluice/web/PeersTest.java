package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Doors;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose word about the caller is believed. */
class PeersTest {
  private WebFixture web;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private HttpResponse<String> signIn(String forwarded) {
    return web.send(
        web.stranger("/api/v1/session")
            .header("content-type", "application/json")
            .header("x-forwarded-for", forwarded)
            .header("x-forwarded-proto", "https")
            .POST(BodyPublishers.ofString("{\"password\":\"" + Doors.PASSWORD + "\"}")));
  }

  private String newestAddress() {
    return WebFixture.tree(Browser.signedIn(web).get("/audit")).at("/items/1/address").asText();
  }

  @Test
  void nobodysUnlessTheSettingsNameIt() {
    String cookie = signIn("203.0.113.9").headers().firstValue("set-cookie").orElseThrow();
    assertFalse(cookie.contains("Secure"), cookie);
    assertEquals("127.0.0.1", newestAddress());
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9,203.0.113.9",
    "'1.2.3.4, 203.0.113.9',203.0.113.9",
    "'127.0.0.1, 203.0.113.9, 127.0.0.1',203.0.113.9",
    "'evil, 203.0.113.9',203.0.113.9",
    "'203.0.113.9, evil',127.0.0.1",
    "2001:db8::7,2001:db8::7"
  })
  void aProxysThatTheSettingsName(String forwarded, String address) {
    web.proxies = List.of("127.0.0.0/8");
    String cookie = signIn(forwarded).headers().firstValue("set-cookie").orElseThrow();
    assertTrue(cookie.contains("Secure"), cookie);
    assertEquals(address, newestAddress());
  }

  @Test
  void hopsThatAreMadeUpInFrontHideNobody() {
    web.proxies = List.of("127.0.0.0/8");
    signIn("1.2.3.4, ".repeat(100) + "203.0.113.9, 127.0.0.7");
    assertEquals("203.0.113.9", newestAddress());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,10.255.1.2,true",
    "10.0.0.0/8,11.0.0.1,false",
    "192.168.1.7,192.168.1.7,true",
    "192.168.1.7,192.168.1.8,false",
    "192.168.1.0/25,192.168.1.127,true",
    "192.168.1.0/25,192.168.1.128,false",
    "0.0.0.0/0,8.8.8.8,true",
    "fd00::/8,fd12::1,true",
    "fd00::/8,fe80::1,false",
    "10.0.0.0/x,10.0.0.1,false",
    "10.0.0.0/8,::1,false"
  })
  void networksHoldTheirAddresses(String rule, String address, boolean holds) {
    assertEquals(holds, new Peers(() -> List.of(rule)).isTrusted(address));
  }
}
