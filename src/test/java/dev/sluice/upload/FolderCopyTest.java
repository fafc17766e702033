package dev.sluice.upload;

import static dev.sluice.upload.UploadFixture.bytes;
import static dev.sluice.upload.UploadFixture.delivery;
import static dev.sluice.upload.UploadFixture.filesIn;
import static dev.sluice.upload.UploadFixture.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.DeliveryRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCopyTest {
  private static final String FILE = "room/a.flv";

  @TempDir Path dir;
  private final byte[] content = bytes(700_001, 1);
  private final Blocks blocks = new Blocks();
  private Path root;
  private Path target;

  @BeforeEach
  void writeSource() throws IOException {
    root = dir.resolve("recordings");
    target = dir.resolve("nas");
    write(root.resolve(FILE), content);
  }

  private Outcome copy(DeliveryRow row) {
    return new FolderCopy(target, row, blocks, sent -> {}).run();
  }

  private Outcome copy() {
    return copy(delivery(7, root, FILE, content.length));
  }

  private void assertDoneAs(String name, Outcome outcome) throws IOException {
    Path place = target.toAbsolutePath().resolve(name);
    assertEquals(new Outcome.Done(place.toString(), content.length), outcome);
    assertArrayEquals(content, Files.readAllBytes(place));
  }

  private String needsYou(Outcome outcome) {
    return assertInstanceOf(Outcome.NeedsYou.class, outcome).error();
  }

  private String retry(Outcome outcome) {
    return assertInstanceOf(Outcome.Retry.class, outcome).error();
  }

  @Test
  void theFileStandsThereUnderItsNameAndNothingElse() throws IOException {
    assertDoneAs(FILE, copy());
    assertEquals(List.of(FILE), filesIn(target));
    assertArrayEquals(content, Files.readAllBytes(root.resolve(FILE)), "the source stays");
  }

  @Test
  void doingItAgainAddsNoSecondCopy() throws IOException {
    copy();
    Object first = Files.getAttribute(target.resolve(FILE), "unix:ino");
    assertDoneAs(FILE, copy());
    assertEquals(List.of(FILE), filesIn(target));
    assertEquals(first, Files.getAttribute(target.resolve(FILE), "unix:ino"), "not even replaced");
  }

  @Test
  void aTryKilledBetweenLinkAndUnlinkIsFinished() throws IOException {
    copy();
    Files.createLink(target.resolve("room/.a.flv.7.sluice-tmp"), target.resolve(FILE));
    assertDoneAs(FILE, copy());
    assertEquals(List.of(FILE), filesIn(target));
  }

  @Test
  void whatADeadTryLeftIsRemoved() throws IOException {
    write(target.resolve("room/.a.flv.7.sluice-tmp"), bytes(1000, 2));
    write(target.resolve("room/.a.flv.8.sluice-tmp"), bytes(1000, 3));
    assertDoneAs(FILE, copy());
    assertEquals(
        List.of("room/.a.flv.8.sluice-tmp", FILE),
        filesIn(target),
        "another delivery's file is not ours to remove");
  }

  @Test
  void foreignFilesInTheWayStay() throws IOException {
    byte[] sameSize = bytes(content.length, 4);
    write(target.resolve(FILE), sameSize);
    write(target.resolve("room/a (2).flv"), new byte[0]);
    Files.createSymbolicLink(target.resolve("room/a (3).flv"), dir.resolve("nowhere"));
    Files.createDirectory(target.resolve("room/a (4).flv"));

    assertDoneAs("room/a (5).flv", copy());
    assertDoneAs("room/a (5).flv", copy());
    assertArrayEquals(sameSize, Files.readAllBytes(target.resolve(FILE)));
    assertFalse(Files.exists(dir.resolve("nowhere")), "a link is not written through");
    assertEquals(4, filesIn(target).size());
  }

  @Test
  void namesInTheWayAreBounded() throws IOException {
    for (int n = 1; n <= 1000; n++) {
      write(target.resolve("room").resolve(FileNames.numbered("a.flv", n)), new byte[1]);
    }
    assertTrue(needsYou(copy()).contains("1000 other files"));
    assertEquals(1000, filesIn(target).size());
  }

  @Test
  void aLinkToTheRightContentIsNoDelivery() throws IOException {
    Path elsewhere = write(dir.resolve("elsewhere"), content);
    Files.createDirectories(target.resolve("room"));
    Files.createSymbolicLink(target.resolve(FILE), elsewhere);
    assertDoneAs("room/a (2).flv", copy());
  }

  @Test
  void aFolderThatLeadsOutOfTheTargetIsNotEntered() throws IOException {
    Files.createDirectories(dir.resolve("outside"));
    Files.createDirectories(target);
    Files.createSymbolicLink(target.resolve("room"), dir.resolve("outside"));
    assertTrue(needsYou(copy()).contains("leads out of the target's folder"));
    assertEquals(List.of(), filesIn(dir.resolve("outside")));
  }

  @Test
  void pathsThatLeaveTheirFoldersAreRefused() throws IOException {
    write(dir.resolve("secret"), content);
    for (String file :
        List.of("../secret", dir.resolve("secret").toString(), "room/../../secret")) {
      String error = needsYou(copy(delivery(1, root, file, content.length)));
      assertTrue(error.contains("outside"), error);
    }
    assertEquals(List.of(), filesIn(target));
  }

  @Test
  void aMissingTargetFolderIsMadeOnlyWhereItsParentIs() throws IOException {
    Path mount = dir.resolve("mount");
    target = mount.resolve("nas");
    String error = retry(copy());
    assertTrue(error.contains(target.toString()) && error.contains("mounted?"), error);
    assertFalse(Files.exists(mount));
    Files.createDirectory(mount);
    assertDoneAs(FILE, copy());
  }

  @Test
  void aMissingSourceNeedsAPersonButAMissingDiskIsWaitedFor() throws IOException {
    Files.delete(root.resolve(FILE));
    assertTrue(needsYou(copy()).contains("a.flv is missing"));
    Files.delete(root.resolve("room"));
    Files.delete(root);
    assertTrue(retry(copy()).contains("is its disk mounted?"));
    assertEquals(List.of(), filesIn(target));
  }

  @Test
  void aSourceThatIsNotWhatWasRecordedIsNotSent() {
    String error = needsYou(copy(delivery(7, root, FILE, content.length + 1)));
    assertTrue(error.contains("700001 bytes but had 700002"), error);
    assertEquals(List.of(), filesIn(target));
  }

  @Test
  void aSourceThatChangesWhileItIsReadIsNotDelivered() throws Exception {
    byte[] large = bytes(48 * 1024 * 1024, 5);
    Path source = write(root.resolve(FILE), large);
    FolderCopy copy =
        new FolderCopy(target, delivery(7, root, FILE, large.length), blocks, sent -> {});
    CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(copy::run);
    UploadFixture.await("the copy has begun", () -> !filesIn(target).isEmpty());
    try (FileChannel channel = FileChannel.open(source, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
    }
    assertTrue(retry(outcome.get(20, TimeUnit.SECONDS)).contains("changed while"));
    assertEquals(List.of(), filesIn(target));
  }

  @Test
  void aStoppedCopyLeavesNothing() {
    blocks.stop();
    assertEquals(new Outcome.Stopped(), copy());
    assertEquals(List.of(), filesIn(target));
  }

  @Test
  void aCoverageFileMayHaveAnySize() throws IOException {
    DeliveryRow row = delivery(7, root, FILE, 0);
    DeliveryRow coverage =
        new DeliveryRow(
            row.id(),
            row.recording(),
            0,
            row.roomId(),
            row.root(),
            row.file(),
            row.target(),
            row.state(),
            0,
            row.tries(),
            row.nextTryAt(),
            row.error(),
            row.remote(),
            row.createdAt(),
            row.doneAt());
    assertDoneAs(FILE, copy(coverage));
  }

  @Test
  void aNameTakenAtTheLastMomentIsNotReplaced() throws IOException {
    Path temporary = write(dir.resolve("t"), content);
    write(dir.resolve("taken"), bytes(10, 7));
    assertFalse(new DestinationFolder(dir).rename(temporary, "taken"));
    assertEquals(10, Files.size(dir.resolve("taken")));
    assertTrue(new DestinationFolder(dir).rename(temporary, "free"));
    assertArrayEquals(content, Files.readAllBytes(dir.resolve("free")));
  }

  @Test
  void withoutHardLinksAFileInTheWayStaysToo() throws IOException {
    Path temporary = write(dir.resolve("t"), content);
    Path taken = write(dir.resolve("taken"), bytes(10, 7));
    assertFalse(DestinationFolder.move(temporary, taken));
    assertEquals(10, Files.size(taken));
    assertTrue(DestinationFolder.move(temporary, dir.resolve("free")));
    assertArrayEquals(content, Files.readAllBytes(dir.resolve("free")));
  }

  @Test
  void anEmptyFileIsDelivered() throws IOException {
    write(root.resolve(FILE), new byte[0]);
    assertInstanceOf(Outcome.Done.class, copy(delivery(7, root, FILE, 0)));
    assertEquals(0, Files.size(target.resolve(FILE)));
  }
}
