package dev.sluice.ledger;

import java.time.Instant;

/**
 * Something that was done at the door or to what is kept.
 *
 * @param id 0 for a new one
 * @param at when it was first done
 * @param lastAt when it was last done
 * @param times how often between the two
 * @param what a word such as {@code login}
 * @param who session, key or command that did it; may be empty
 * @param address where from
 * @param subject what it was done to; may be empty
 */
public record AuditRow(
    long id,
    Instant at,
    Instant lastAt,
    long times,
    String what,
    String who,
    String address,
    String subject) {}
