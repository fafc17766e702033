package dev.sluice.platform;

import dev.sluice.settings.Connection;
import java.net.URI;

/**
 * A playable stream.
 *
 * @param address where it is
 * @param connection headers and proxy to use for it
 */
public record Source(URI address, Connection connection) {}
