package dev.sluice.bus;

import dev.sluice.room.RoomKey;
import dev.sluice.settings.Connection;

/**
 * New values for a running recording.
 *
 * @param plan times hold from now on, names, limits and targets from the next segment on
 * @param connection holds from the next connection on
 */
public record RecordPlanChange(RoomKey room, RecordPlan plan, Connection connection) {}
