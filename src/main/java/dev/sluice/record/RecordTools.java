package dev.sluice.record;

import dev.sluice.ledger.Ledger;
import dev.sluice.net.StreamClient;
import dev.sluice.platform.Platforms;

/**
 * What recorders work with; shared by all of them.
 *
 * @param ledger the rows
 * @param client opens streams
 * @param platforms give sources
 */
public record RecordTools(Ledger ledger, StreamClient client, Platforms platforms) {}
