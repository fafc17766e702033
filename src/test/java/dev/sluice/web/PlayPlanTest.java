package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.GapRow;
import dev.sluice.media.mp4.Mp4Tracks;
import dev.sluice.web.PlayPlan.Fragment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Where recordings are cut for players, and how that is told. */
class PlayPlanTest {
  private static final Mp4Tracks TRACKS = new Mp4Tracks(Optional.empty(), Optional.empty());
  private static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);

  private static PlayPlan.Part part(List<Integer> steps, int keys, boolean open) {
    long[] times = new long[keys];
    long[] positions = new long[keys];
    positions[0] = 500;
    for (int i = 1; i < keys; i++) {
      times[i] = times[i - 1] + steps.get(i - 1);
      positions[i] = positions[i - 1] + 1000L * steps.get(i - 1);
    }
    long end = positions[keys - 1] + 700;
    PlayFile.Known known = new PlayFile.Known(TRACKS, times, positions, end);
    return new PlayPlan.Part(7, 0, times[keys - 1] + 40, open, known);
  }

  /** A player that has the list must find all of it again in every later one. */
  @Property(tries = 300)
  void aListOnlyGrowsAtItsEnd(
      @ForAll @Size(min = 3, max = 60) List<@IntRange(min = 1, max = 9000) Integer> steps,
      @ForAll @IntRange(min = 1, max = 3) int part,
      @ForAll @IntRange(min = 0, max = 60_000) int gapAt,
      @ForAll @IntRange(min = 0, max = 3000) int gapMs) {
    List<GapRow> gaps = List.of(new GapRow(gapAt, gapMs, "stalled"));
    int all = steps.size() + 1;
    List<Fragment> early =
        PlayPlan.of(List.of(part(steps, Math.max(1, all * part / 4), true)), gaps, 1000);
    List<Fragment> late = PlayPlan.of(List.of(part(steps, all, true)), gaps, 1000);
    List<Fragment> closed = PlayPlan.of(List.of(part(steps, all, false)), gaps, 1000);
    assertEquals(early, late.subList(0, early.size()));
    assertEquals(late, closed.subList(0, late.size()));
    long at = 500;
    for (Fragment fragment : closed) {
      assertEquals(at, fragment.from(), "nothing is left out, nothing told twice");
      assertTrue(fragment.lengthMs() > 0);
      at = fragment.to();
    }
    assertEquals(part(steps, all, false).known().end(), at);
  }

  @Test
  void aLiveListLooksBackAnHourAndCountsWhatItLeftOut() {
    Integer[] seconds = new Integer[Playlists.LIVE_WINDOW + 10];
    Arrays.fill(seconds, 1000);
    List<GapRow> gaps = List.of(new GapRow(2200, 500, "stalled"), new GapRow(50_300, 500, "x"));
    PlayPlan.Part part = part(new ArrayList<>(Arrays.asList(seconds)), seconds.length + 1, true);
    List<Fragment> fragments = PlayPlan.of(List.of(part), gaps, 1000);
    List<String> lines =
        Playlists.media(fragments, new Playlists.Manner(START, 1000, true, true)).lines().toList();
    assertTrue(lines.contains("#EXT-X-MEDIA-SEQUENCE:10"), lines.subList(0, 8).toString());
    assertTrue(lines.contains("#EXT-X-DISCONTINUITY-SEQUENCE:1"), lines.subList(0, 8).toString());
    assertEquals(1, lines.stream().filter("#EXT-X-DISCONTINUITY"::equals).count());
    assertTrue(lines.contains("#EXT-X-PROGRAM-DATE-TIME:" + START.plusSeconds(10)));
    assertEquals(
        Playlists.LIVE_WINDOW, lines.stream().filter(line -> line.endsWith(".m4s")).count());
  }
}
