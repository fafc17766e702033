package dev.sluice.testing;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Where a connection to a broadcast breaks off.
 *
 * @param after how long it goes well
 * @param tag the first tag like this that is due then is cut
 * @param bytes how many bytes of the tag, less than all, are sent
 */
public record Cut(Duration after, Predicate<FlvTag> tag, ToIntFunction<FlvTag> bytes) {}
