package dev.sluice.storage;

import dev.sluice.bus.StorageNext;
import dev.sluice.ledger.RecordingRow;
import dev.sluice.storage.Retention.Verdict;

/** What the rules want, in the words of the bus. */
final class Preview {
  private static final int MAX_SHOWN = 100;

  private Preview() {}

  static StorageNext of(Sweeper.Plan plan) {
    return new StorageNext(
        plan.verdicts().stream().limit(MAX_SHOWN).map(Preview::item).toList(), plan.paused());
  }

  private static StorageNext.Item item(Verdict verdict) {
    RecordingRow recording = verdict.row().recording();
    return new StorageNext.Item(
        recording.id(),
        recording.room().publicId(),
        recording.roomName(),
        recording.title(),
        recording.startedAt(),
        verdict.row().bytes(),
        verdict.cause().word(),
        verdict.dueAt(),
        verdict.locks());
  }
}
