package dev.sluice.web.door;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.HexFormat;

/** Whom an address stands for, where a limit holds for each. */
public final class Networks {
  private static final int V6_NETWORK_BYTES = 8;

  private Networks() {}

  /** The address itself; of IPv6 its network, for one household has 2^64 addresses of that. */
  public static String of(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes == null || bytes.length <= V6_NETWORK_BYTES
        ? address
        : HexFormat.of().formatHex(Arrays.copyOf(bytes, V6_NETWORK_BYTES));
  }
}
