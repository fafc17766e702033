package dev.sluice.ledger;

import dev.sluice.room.RoomKey;
import java.nio.file.Path;

/**
 * What one room holds on one root, by the rows: no disk is walked for it.
 *
 * @param root recordings root
 * @param room which room
 * @param roomName its name at its newest recording
 * @param recordings how many, trash not counted
 * @param bytes of finished segments, trash not counted
 * @param trashBytes of finished segments in the trash
 */
public record UsageRow(
    Path root, RoomKey room, String roomName, int recordings, long bytes, long trashBytes) {}
