package dev.sluice.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.Notice;
import dev.sluice.bus.Notice.Level;
import dev.sluice.bus.NoticeList.Shown;
import dev.sluice.room.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoticeBoardTest {
  private static final Instant T0 = Instant.parse("2026-11-24T20:15:00Z");
  private final NoticeBoard board = new NoticeBoard();

  private static Notice disk(Level level, String root, String left) {
    Reason reason = Reason.of("disk.low", "left", left, "only " + left + " left on " + root);
    return Notice.about(root, level, Optional.empty(), reason);
  }

  private List<String> texts() {
    return board.shown().stream().map(shown -> shown.reason().text()).toList();
  }

  @Test
  void showsEachMatterOnceWithItsLastWordsAndItsFirstTime() {
    assertTrue(board.take(disk(Level.WARNING, "/nas", "2 GB"), T0));
    assertFalse(board.take(disk(Level.WARNING, "/nas", "2 GB"), T0.plusSeconds(1)));
    assertTrue(board.take(disk(Level.WARNING, "/nas", "1 GB"), T0.plusSeconds(2)));
    assertTrue(board.take(disk(Level.WARNING, "/ssd", "1 GB"), T0.plusSeconds(3)));
    assertEquals(List.of("only 1 GB left on /ssd", "only 1 GB left on /nas"), texts());
    assertEquals(T0, board.shown().get(1).since());
  }

  @Test
  void goesWhenItIsOver() {
    board.take(disk(Level.WARNING, "/nas", "2 GB"), T0);
    assertFalse(board.take(Notice.over("disk.low", "/ssd"), T0));
    assertEquals(1, board.shown().size());
    assertTrue(board.take(Notice.over("disk.low", "/nas"), T0));
    assertEquals(List.of(), board.shown());
    assertFalse(board.take(Notice.over("disk.low", "/nas"), T0));
  }

  @Test
  void staysDismissedUntilItComesUpAnewOrMattersMore() {
    board.take(disk(Level.WARNING, "/nas", "2 GB"), T0);
    String id = board.shown().get(0).id();
    assertTrue(board.dismiss(id));
    assertFalse(board.dismiss(id), "there is none that is shown");
    assertFalse(board.take(disk(Level.WARNING, "/nas", "1 GB"), T0));
    assertEquals(List.of(), board.shown());

    assertTrue(board.take(disk(Level.ERROR, "/nas", "0 GB"), T0));
    assertEquals(List.of("only 0 GB left on /nas"), texts());

    board.dismiss(id);
    assertFalse(board.take(Notice.over("disk.low", "/nas"), T0), "nothing shown goes");
    assertTrue(board.take(disk(Level.WARNING, "/nas", "2 GB"), T0));
    assertEquals(id, board.shown().get(0).id(), "the same matter has the same id");
  }

  @Test
  void forgetsWhatIsAboutARoomThatIsGone() {
    Reason reason = Reason.of("name.template", "the template is wrong");
    board.take(new Notice(Level.WARNING, Optional.of("room"), reason), T0);
    board.take(new Notice(Level.WARNING, Optional.of("other"), reason), T0);
    assertTrue(board.forgetRoom("room"));
    assertFalse(board.forgetRoom("room"));
    assertEquals(Optional.of("other"), board.shown().get(0).roomId());
    assertEquals(1, board.shown().size());
  }

  @Test
  void dismissesOnlyWhatIsThere() {
    assertFalse(board.dismiss("disk.low:/nas"));
    board.take(disk(Level.WARNING, "/nas", "2 GB"), T0);
    assertFalse(board.dismiss("disk.low:/nas"), "ids are opaque");
    assertTrue(board.shown().get(0).id().matches("[a-z2-7]{16}"));
  }

  @Test
  void isBoundedAndKeepsWhatMattersMost() {
    board.take(disk(Level.ERROR, "/first", "0"), T0);
    for (int i = 0; i < 3 * NoticeBoard.MAX; i++) {
      board.take(disk(Level.INFO, "/" + i, "1"), T0.plusSeconds(i));
    }
    List<Shown> shown = board.shown();
    assertEquals(NoticeBoard.MAX, shown.size());
    assertEquals("only 1 left on /299", shown.get(0).reason().text());
    assertEquals(Level.ERROR, shown.get(shown.size() - 1).level());
  }

  @Test
  void forgetsDismissedOnesFirst() {
    board.take(disk(Level.ERROR, "/read", "0"), T0);
    board.dismiss(board.shown().get(0).id());
    for (int i = 0; i < NoticeBoard.MAX; i++) {
      board.take(disk(Level.INFO, "/" + i, "1"), T0);
    }
    assertEquals(NoticeBoard.MAX, board.shown().size());
  }

  @Test
  void cutsLongTextsFromOutsideAtWholeCharacters() {
    String emoji = "🎮".repeat(Clip.MAX);
    board.take(disk(Level.INFO, "/nas", "x" + emoji), T0);
    Reason reason = board.shown().get(0).reason();
    assertEquals(Clip.MAX, reason.values().get("left").length());
    assertTrue(reason.values().get("left").endsWith("🎮…"));
    assertTrue(reason.text().length() <= Clip.MAX + 1);
  }
}
