package dev.sluice.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {
  private static final String FORGED = "\n20:15:00 ERROR all is lost";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r", "\n", "\r\n", "\u0085", "\u2028", "\u2029", "\u000b", "\u000c", "\u0000", "\u001b",
        "\u009b", "\u0008", "\u007f", "\u202e", "\u2066", "\ufeff"
      })
  void aCharacterThatForgesOrPaintsBecomesABlank(String character) {
    assertEquals("a" + " ".repeat(character.length()) + "b", LogText.line("a" + character + "b"));
  }

  @Test
  void ordinaryTextStaysAsItIs() {
    String text = "星见そら Official 🎮: recorded a/b (2).flv, 12 KiB [x=1] \"quoted\" صباح";
    assertEquals(text, LogText.line(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get http://cam.test/live.flv?key=c4n4ry failed|get http://cam.test/live.flv?••• failed",
        "https://me:c4n4ry@cam.test/x|https://•••@cam.test/x",
        "Cookie: SESSDATA=c4n4ry|Cookie: •••",
        "[Set-Cookie: a=1; buvid=c4n4ry; Path=/] x|[Set-Cookie: •••] x",
        "authorization: Bearer c4n4ry|authorization: •••",
        "{\"token\":\"c4n4ry\",\"a\":1}|{\"token\":\"•••\",\"a\":1}",
        "password=c4n4ry&x=1|password=•••&x=1",
        "sent Bearer c4n4ryc4n4ry to it|sent Bearer ••• to it",
        "rtmp://push.test/app?secret=c4n4ry|rtmp://push.test/app?•••"
      })
  void secretsAreMasked(String text, String masked) {
    assertEquals(masked, LogText.line(text));
  }

  @Test
  void aLineIsBoundedAndMadeQuickly() {
    String long1 = LogText.line("x".repeat(1 << 20));
    assertTrue(long1.getBytes(StandardCharsets.UTF_8).length <= 8192);
    String wide = LogText.line("星".repeat(1 << 20));
    assertTrue(wide.getBytes(StandardCharsets.UTF_8).length <= 8192);
    assertTrue(LogText.lines("星\n".repeat(1 << 20)).length() < 20_000);
    long begin = System.nanoTime();
    for (String hostile : Map.of("a", "://@".repeat(500), "b", "token=".repeat(300)).values()) {
      LogText.line(hostile);
    }
    assertTrue(System.nanoTime() - begin < 5_000_000_000L, "no text takes long");
  }

  /** The patterns of the log as the configuration has them. */
  private static String logged(String message, Throwable failure) {
    LoggerContext context = new LoggerContext();
    PatternLayout layout = new PatternLayout();
    layout.setContext(context);
    layout
        .getInstanceConverterMap()
        .putAll(Map.of("safe", SafeMessage::new, "trace", SafeTrace::new));
    layout.setPattern("%-5level %safe%n%trace{15}");
    layout.start();
    return layout.doLayout(
        new LoggingEvent("x", context.getLogger("x"), Level.WARN, message, failure, new Object[0]));
  }

  @Test
  void anEventOfTheLogIsOneLineAndItsTraceIsIndented() {
    assertEquals(1, logged("a" + FORGED, null).lines().count());
    Exception failure =
        new IllegalStateException(
            "x" + FORGED, new RuntimeException("y" + FORGED + " http://a.test/?key=c4n4ry"));
    String text = logged("failed", failure);
    assertTrue(text.contains("LogTextTest.anEventOfTheLog"), text);
    assertTrue(text.contains("Caused by: java.lang.RuntimeException"), text);
    assertFalse(text.contains("c4n4ry"), text);
    text.lines().skip(1).forEach(line -> assertTrue(line.startsWith("\t"), line));
  }
}
