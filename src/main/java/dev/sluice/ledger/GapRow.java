package dev.sluice.ledger;

/**
 * Time that could not be had.
 *
 * @param atMs where it begins on the recording's joined time line
 * @param durationMs its length
 * @param cause a word or two, for example {@code connection lost}
 */
public record GapRow(long atMs, long durationMs, String cause) {}
