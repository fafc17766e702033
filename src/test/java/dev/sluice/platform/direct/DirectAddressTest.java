package dev.sluice.platform.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.platform.LinkException;
import java.net.URI;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectAddressTest {

  @ParameterizedTest
  @CsvFileSource(
      resources = "/addresses.txt",
      delimiter = ' ',
      ignoreLeadingAndTrailingWhitespace = false)
  void spellings(String link, String address) throws LinkException {
    assertEquals(address, DirectAddress.normalise(link).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " http://example.test/a",
        "http://example.test/a\n",
        "\u3000http://example.test/a\t",
        "http://example.test/x/../a",
        "http://example.test/a#live now",
      })
  void spacesAndFragmentsDoNotCount(String link) throws LinkException {
    assertEquals("http://example.test/a", DirectAddress.normalise(link).toString());
  }

  @Test
  void spacesInsideAreEncoded() throws LinkException {
    assertEquals("http://e.test/a%20b?c%20d", normalised("http://e.test/a b?c d"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "http://e.test/a,http://e.test/A",
        "http://e.test/a,https://e.test/a",
        "http://e.test/a,http://e.test/a/",
        "http://e.test/a,http://e.test/a?",
        "http://e.test/a?b=1,http://e.test/a?b=2",
        "http://e.test/a?b,http://e.test/a?B",
        "http://e.test/a%2Fb,http://e.test/a/b",
        "http://e.test/a%3Fb,http://e.test/a?b",
        "http://e.test/a%23b,http://e.test/a",
        "http://e.test/a%2525,http://e.test/a%25",
        "http://e.test:8080/a,http://e.test/a",
        "http://e.test/a+b,http://e.test/a%20b",
        "http://e.test//a,http://e.test/a",
      })
  void otherAddressesAreOtherRooms(String one, String other) throws LinkException {
    assertNotEquals(DirectAddress.normalise(one), DirectAddress.normalise(other));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`` ,link.scheme",
        "example.test/a,link.scheme",
        "ftp://example.test/a,link.scheme",
        "file:///etc/passwd,link.scheme",
        "//example.test/a,link.scheme",
        "http:example.test,link.scheme",
        "http://,link.host",
        "http:///a,link.host",
        "http://:80/a,link.host",
        "http://?a,link.host",
        "http://user@e.test/a,link.user",
        "http://user:word@e.test/a,link.user",
        "http://e.test:0/,link.port",
        "http://e.test:65536/,link.port",
        "http://e.test:port/,link.port",
        "http://e.test:-80/,link.port",
        "http://e.test:99999999999/,link.port",
        "http://[::1/a,link.invalid",
        "http://[zz]/a,link.invalid",
        "http://a b/c,link.host",
        "http://e.te\\st/a,link.host",
        "http://e..test/a,link.host",
        "http://e.test:80:/a,link.host",
        "http://::1/a,link.host",
        "http://e%2etest/a,link.host",
        "http://my_host/a,link.host",
        "http://my_host:8080/a,link.host",
      })
  void whatIsNoAddressIsRefused(String link, String key) {
    LinkException refused =
        assertThrows(LinkException.class, () -> DirectAddress.normalise(link == null ? "" : link));
    assertEquals(key, refused.key());
  }

  @Test
  void anEndlessLinkIsRefused() {
    String link = "http://e.test/" + "a".repeat(5_000);
    LinkException refused = assertThrows(LinkException.class, () -> DirectAddress.normalise(link));
    assertEquals("link.long", refused.key());
  }

  @Test
  void halfACharacterIsRefused() {
    assertThrows(LinkException.class, () -> DirectAddress.normalise("http://e.test/a\ud800b"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://e.test/live/room.flv, room",
    "http://e.test/live/a.b.flv?x=/y.flv, a.b",
    "http://e.test/live/, e.test",
    "http://e.test, e.test",
    "http://e.test/.flv, .flv",
    "http://e.test/%E7%9B%B4%E6%92%AD.flv, 直播",
    "http://[::1]:80/, [::1]",
  })
  void aRoomIsCalledAfterItsFile(String link, String name) throws LinkException {
    assertEquals(name, DirectAddress.name(DirectAddress.normalise(link)));
  }

  @Test
  void aLetterThatBecomesASeparatorIsRefused() {
    LinkException refused =
        assertThrows(LinkException.class, () -> DirectAddress.normalise("http://e.test\uFF0F%2e"));
    assertEquals("link.host", refused.key());
  }

  @Property(tries = 5000)
  void anAddressOfAnAddressIsTheSame(@ForAll("links") String link) {
    String once;
    try {
      once = normalised(link);
    } catch (LinkException refused) {
      return;
    }
    try {
      assertEquals(once, normalised(once));
    } catch (LinkException refused) {
      throw new AssertionError(once + ", made of " + link + ", is refused", refused);
    }
  }

  @Provide
  Arbitrary<String> links() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "/", "//", ".", "..", "/./", "/../", "%2e", "%2E%2e", "%2f", "%7E", "%", "%4", "%zz",
            "%25", "%e4", "?", "#", "&", "a", "A", "~", " ", ":", ":80", ":080", "@", "[", "]",
            "直播", "é", "e\u0301", "\\", "|", "\"", "\u0000", "😀", "。", "ß", "İ");
    Arbitrary<String> any = Arbitraries.strings().ofMaxLength(6);
    Arbitrary<String> rest =
        Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(8, pieces), net.jqwik.api.Tuple.of(1, any))
            .list()
            .ofMaxSize(12)
            .map(parts -> String.join("", parts));
    Arbitrary<String> hosts =
        Arbitraries.of("e.test", "E.TEST.", "例え.jp", "[::1]", "1.2.3.4", "e.test:443", "a_b", "");
    Arbitrary<String> schemes = Arbitraries.of("http://", "HTTPS://", "hTTp://");
    return net.jqwik.api.Combinators.combine(schemes, hosts, rest)
        .as((scheme, host, tail) -> scheme + host + tail);
  }

  private static String normalised(String link) throws LinkException {
    URI address = DirectAddress.normalise(link);
    return address.toString();
  }
}
