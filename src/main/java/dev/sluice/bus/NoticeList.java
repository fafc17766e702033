package dev.sluice.bus;

import dev.sluice.room.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Every notice that holds and was not dismissed.
 *
 * @param shown newest first; at most a hundred
 */
public record NoticeList(List<Shown> shown) {
  public NoticeList {
    shown = List.copyOf(shown);
  }

  /**
   * One notice.
   *
   * @param id opaque: 16 characters a-z2-7
   * @param level how much it matters
   * @param roomId public id of the room it is about
   * @param reason what it is
   * @param since when it was first told
   */
  public record Shown(
      String id, Notice.Level level, Optional<String> roomId, Reason reason, Instant since) {}

  /** Asks for the list. */
  public record Ask() {}

  /**
   * A person has read a notice and wants it gone until its matter comes up anew; answered with
   * whether there was such a one.
   *
   * @param id as shown
   */
  public record Dismiss(String id) {}
}
