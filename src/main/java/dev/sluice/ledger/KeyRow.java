package dev.sluice.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * One API key.
 *
 * @param id 0 for a new one
 * @param hash SHA-256 in hex of the key
 * @param name what its owner calls it; no two keys have the same
 * @param readOnly whether it may change nothing
 * @param createdAt when it was made
 * @param usedAt when it was last used, to a few minutes
 */
public record KeyRow(
    long id,
    String hash,
    String name,
    boolean readOnly,
    Instant createdAt,
    Optional<Instant> usedAt) {}
