package dev.sluice.bus;

import java.nio.file.Path;

/**
 * How a disk root stands.
 *
 * @param root recordings root
 * @param open whether it may be written
 * @param freeBytes usable by us, -1 when unknown
 * @param totalBytes of the file system, -1 when unknown
 */
public record StorageGate(Path root, boolean open, long freeBytes, long totalBytes) {}
