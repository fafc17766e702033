package dev.sluice.web.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class NetworksTest {
  @Test
  void oneHouseholdIsOne() {
    assertEquals(Networks.of("2001:db8:1:2:3:4:5:6"), Networks.of("2001:db8:1:2::9"));
    assertNotEquals(Networks.of("2001:db8:1:2::9"), Networks.of("2001:db8:1:3::9"));
  }

  @Test
  void anAddressOfOldIsItself() {
    assertEquals("192.0.2.7", Networks.of("192.0.2.7"));
    assertEquals("nonsense", Networks.of("nonsense"));
  }
}
