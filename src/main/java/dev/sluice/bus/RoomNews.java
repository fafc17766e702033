package dev.sluice.bus;

import dev.sluice.room.RoomKey;

/** A broadcast of this room began or ended. */
public record RoomNews(RoomKey room, String name) {}
