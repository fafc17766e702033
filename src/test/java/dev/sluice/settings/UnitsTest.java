package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

  @ParameterizedTest
  @CsvSource({
    "10s,10000",
    "5m,300000",
    "1h,3600000",
    "90s,90000",
    "1h30m,5400000",
    "250ms,250",
    "1h1m1s1ms,3661001",
    "7d,604800000",
    "1d12h,129600000",
    "0s,0"
  })
  void readsDurations(String text, long millis) {
    assertEquals(Duration.ofMillis(millis), Units.duration(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "10 apples",
        "1.5h",
        "-5s",
        "5 s",
        "30m1h",
        "1s1s",
        "1D",
        "2h1d",
        "1H",
        "٣s"
      })
  void refusesWhatIsNoDuration(String text) {
    String message = message(() -> Units.duration(text));
    assertEquals("'" + text + "' is no duration; write for example 90s, 5m or 1h30m", message);
  }

  @Test
  void saysWhyABareNumberIsNoDuration() {
    assertTrue(message(() -> Units.duration("30")).contains("could mean seconds or minutes"));
  }

  @ParameterizedTest
  @CsvSource({
    "1024,1024",
    "8MiB,8388608",
    "2GiB,2147483648",
    "500MB,500000000",
    "1kb,1000",
    "0,0",
    "3 GB,3000000000",
    "7B,7",
    "1TiB,1099511627776"
  })
  void readsSizes(String text, long bytes) {
    assertEquals(bytes, Units.size(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "1.5GB", "-1", "10 apples", "1 XB", "1e3"})
  void refusesWhatIsNoSize(String text) {
    assertTrue(message(() -> Units.size(text)).contains("is no size; write for example 500MB"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999999999999h", "9999999999999999999999s"})
  void refusesDurationsBeyondALong(String text) {
    assertThrows(IllegalArgumentException.class, () -> Units.duration(text));
  }

  @Test
  void refusesSizesBeyondALong() {
    assertTrue(message(() -> Units.size("99999999TiB")).contains("too large"));
  }

  @Property(tries = 300)
  void whatIsWrittenIsReadBack(@ForAll @LongRange(min = 0, max = 1L << 50) long value) {
    assertEquals(value, Units.size(Units.format(value)));
    Duration duration = Duration.ofMillis(value);
    assertEquals(duration, Units.duration(Units.format(duration)));
  }

  private static String message(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
