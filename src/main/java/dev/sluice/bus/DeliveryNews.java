package dev.sluice.bus;

/**
 * How a delivery stands.
 *
 * @param delivery row id
 * @param state {@code waiting, sending, retry, needs_you} or {@code done}
 * @param sentBytes so far
 * @param bytes size of the file
 * @param bytesPerSecond of this try, 0 when it does not send
 */
public record DeliveryNews(
    long delivery, String state, long sentBytes, long bytes, long bytesPerSecond) {}
