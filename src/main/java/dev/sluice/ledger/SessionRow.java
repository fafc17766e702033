package dev.sluice.ledger;

import java.time.Instant;

/**
 * One browser that is signed in.
 *
 * @param id 0 for a new one
 * @param hash SHA-256 in hex of the token that the browser carries
 * @param createdAt when it was signed in
 * @param seenAt when it last asked for something, to a few minutes
 * @param device what the browser said it is; may be empty
 * @param address where it signed in from
 */
public record SessionRow(
    long id, String hash, Instant createdAt, Instant seenAt, String device, String address) {}
