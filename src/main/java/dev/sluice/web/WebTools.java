package dev.sluice.web;

import dev.sluice.ledger.Ledger;
import dev.sluice.settings.Settings;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the web floor works with.
 *
 * @param ledger rows of recordings and deliveries
 * @param webroot folder of the page's files; read once at start
 * @param version of the program, as shown
 * @param data the data directory
 * @param console takes what only who sees the console may know; never into a log
 * @param host address or name to bind; as a name it is also allowed in requests
 * @param port 0 for any free one
 * @param settings the settings at the time of the call, from any thread
 */
public record WebTools(
    Ledger ledger,
    Path webroot,
    String version,
    Path data,
    Consumer<String> console,
    String host,
    int port,
    Supplier<Settings> settings) {}
