package dev.sluice.bus;

import dev.sluice.room.RoomKey;

/** Begin a new file at the next key frame. */
public record RecordCut(RoomKey room) {}
