package dev.sluice.settings;

/**
 * A field that does not fit.
 *
 * @param path its path in its scope, as it was sent, as far as that is known
 * @param detail what is wrong
 */
public record Mistake(String path, String detail) {}
