package dev.sluice.cli;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordingProgress;
import dev.sluice.bus.SegmentNews;
import dev.sluice.platform.Platform.Identity;
import dev.sluice.room.Reason;

/** Says what a run of {@code sluice record} does. */
interface Printer {
  void live(Identity room, long epoch);

  void waiting(Identity room, Reason why);

  void notLive(Identity room, Reason why);

  void segment(Identity room, SegmentNews news);

  void progress(Identity room, RecordingProgress progress);

  void ended(Identity room, EndCause cause, Reason why);

  /** Nothing more will be said. */
  void done();
}
