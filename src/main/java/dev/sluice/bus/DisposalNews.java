package dev.sluice.bus;

/**
 * A recording went to the trash, came back, was removed, or is protected or not: a hint to read its
 * row.
 *
 * @param recording row id
 */
public record DisposalNews(long recording) {}
