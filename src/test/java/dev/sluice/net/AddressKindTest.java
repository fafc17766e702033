package dev.sluice.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressKindTest {
  private static AddressKind kind(String literal) throws Exception {
    return AddressKind.of(
        InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(literal)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, SPECIAL",
    "0.255.255.255, SPECIAL",
    "1.0.0.0, PUBLIC",
    "9.255.255.255, PUBLIC",
    "10.0.0.0, PRIVATE",
    "10.255.255.255, PRIVATE",
    "11.0.0.0, PUBLIC",
    "100.63.255.255, PUBLIC",
    "100.64.0.0, PRIVATE",
    "100.100.100.200, PRIVATE",
    "100.127.255.255, PRIVATE",
    "100.128.0.0, PUBLIC",
    "126.255.255.255, PUBLIC",
    "127.0.0.1, LOOPBACK",
    "127.255.255.255, LOOPBACK",
    "128.0.0.0, PUBLIC",
    "168.63.129.16, SPECIAL",
    "168.63.129.17, PUBLIC",
    "169.253.255.255, PUBLIC",
    "169.254.169.254, LINK_LOCAL",
    "169.255.0.0, PUBLIC",
    "172.15.255.255, PUBLIC",
    "172.16.0.0, PRIVATE",
    "172.31.255.255, PRIVATE",
    "172.32.0.0, PUBLIC",
    "192.0.0.192, SPECIAL",
    "192.0.2.1, SPECIAL",
    "192.0.3.0, PUBLIC",
    "192.88.99.1, SPECIAL",
    "192.167.255.255, PUBLIC",
    "192.168.0.0, PRIVATE",
    "192.169.0.0, PUBLIC",
    "198.17.255.255, PUBLIC",
    "198.18.0.0, SPECIAL",
    "198.19.255.255, SPECIAL",
    "198.20.0.0, PUBLIC",
    "198.51.100.1, SPECIAL",
    "203.0.113.1, SPECIAL",
    "223.255.255.255, PUBLIC",
    "224.0.0.1, MULTICAST",
    "239.255.255.255, MULTICAST",
    "240.0.0.0, SPECIAL",
    "255.255.255.255, SPECIAL"
  })
  void knowsVersion4(String address, AddressKind kind) throws Exception {
    assertEquals(kind, kind(address));
  }

  @ParameterizedTest
  @CsvSource({
    "::, SPECIAL",
    "::1, LOOPBACK",
    "::2, SPECIAL",
    "::7f00:1, SPECIAL",
    "64:ff9b::7f00:1, LOOPBACK",
    "64:ff9b::808:808, PUBLIC",
    "64:ff9b:1::808:808, SPECIAL",
    "100::1, SPECIAL",
    "2001::1, SPECIAL",
    "2001:1ff::1, SPECIAL",
    "2001:200::1, PUBLIC",
    "2001:4860:4860::8888, PUBLIC",
    "2001:db8::1, SPECIAL",
    "2002:7f00:1::1, LOOPBACK",
    "2002:a9fe:a9fe::1, LINK_LOCAL",
    "2002:c0a8:1::1, PRIVATE",
    "2002:808:808::1, PUBLIC",
    "3fff:fff::1, SPECIAL",
    "4000::1, SPECIAL",
    "fc00::1, PRIVATE",
    "fd00:ec2::254, PRIVATE",
    "fe80::1, LINK_LOCAL",
    "febf::1, LINK_LOCAL",
    "fec0::1, PRIVATE",
    "ff02::1, MULTICAST"
  })
  void knowsVersion6(String address, AddressKind kind) throws Exception {
    assertEquals(kind, kind(address));
  }

  /** However an address is wrapped, it is what it is. */
  @Property
  void looksThroughWhatCarriesAnother(@ForAll @Size(4) byte[] v4) throws Exception {
    AddressKind kind = AddressKind.of(InetAddress.getByAddress(v4));
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    System.arraycopy(v4, 0, mapped, 12, 4);
    assertEquals(kind, AddressKind.of(InetAddress.getByAddress(mapped)));
    byte[] nat64 = new byte[16];
    nat64[1] = 0x64;
    nat64[2] = -1;
    nat64[3] = (byte) 0x9B;
    System.arraycopy(v4, 0, nat64, 12, 4);
    assertEquals(kind, AddressKind.of(InetAddress.getByAddress(nat64)));
    byte[] sixToFour = new byte[16];
    sixToFour[0] = 0x20;
    sixToFour[1] = 2;
    System.arraycopy(v4, 0, sixToFour, 2, 4);
    assertEquals(kind, AddressKind.of(InetAddress.getByAddress(sixToFour)));
  }
}
