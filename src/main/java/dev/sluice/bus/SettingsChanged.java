package dev.sluice.bus;

import dev.sluice.settings.Settings;

/** The settings before and after a change. */
public record SettingsChanged(Settings before, Settings after) {}
