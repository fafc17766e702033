package dev.sluice.bus;

import dev.sluice.room.RoomKey;

/** New values for a running recording; they hold from its next segment on. */
public record RecordPlanChange(RoomKey room, RecordPlan plan) {}
