package dev.sluice.web;

import dev.sluice.ledger.Disposal;
import dev.sluice.ledger.Ledger;

/** What is no longer to be had says so, other than what never was. */
final class Gone {
  private Gone() {}

  /**
   * To be called inside a transaction.
   *
   * @throws Refusal 410 when the recording is in the trash or was deleted
   */
  static void check(Ledger.Rows rows, long recording) {
    Disposal disposal = rows.storage().disposal(recording).orElse(Disposal.KEPT);
    switch (disposal) {
      case KEPT -> {}
      case REMOVING, REMOVED ->
          throw new Refusal(410, "recording.removed", "this recording was deleted");
      default ->
          throw new Refusal(
              410,
              "recording.trashed",
              "this recording is in the trash; bring it back to have its files");
    }
  }
}
