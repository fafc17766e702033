package dev.sluice.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.platform.Platforms;
import dev.sluice.room.RoomKey;
import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Script;
import dev.sluice.testing.SluiceProcess;
import dev.sluice.testing.SluiceServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server does, and says, when it starts. */
class ServerStartTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String PATH = "/live.flv";

  @TempDir private Path dir;

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Path data = Files.createDirectories(dir.resolve("data"));
      String settings = "server: {host: 127.0.0.1, port: %d}\n".formatted(taken.getLocalPort());
      Files.writeString(data.resolve("sluice.yaml"), settings);
      try (SluiceProcess process = SluiceProcess.start("serve", "--data", data.toString())) {
        assertEquals(1, process.exitCode(LIMIT), process.toString());
        String address = "127.0.0.1:" + taken.getLocalPort();
        assertTrue(process.errors().contains("cannot listen on " + address), process.toString());
      }
    }
  }

  @Test
  void aRecoveredFileGoesToTheTargetsOfItsRoomAndWhatIsAbsentStopsNothing() throws IOException {
    Path data = Files.createDirectories(dir.resolve("data"));
    try (LiveSource source = LiveSource.start()) {
      source.on("/own.flv", Script.status(404));
      source.on("/none.flv", Script.status(404));
      try (SqliteLedger ledger = SqliteLedger.open(data.resolve("ledger.db"))) {
        part(ledger, source.uri("/own.flv").toString(), dir.resolve("own"));
        part(ledger, source.uri("/none.flv").toString(), dir.resolve("none"));
        part(ledger, source.uri("/unknown.flv").toString(), dir.resolve("unknown"));
        closedWhereNothingIs(ledger);
      }
      try (SluiceServer server = new SluiceServer(data, targets(source)).start()) {
        assertEquals(
            List.of("own.flv|mine", "unknown.flv|mine", "unknown.flv|nas"),
            server.rows(
                "select s.file, d.target from delivery d join segment s on s.id = d.segment"
                    + " order by s.file, d.target"));
        server.stop();
      }
    }
  }

  private String targets(LiveSource source) {
    return """
        server: {port: 0}
        recordings: {dir: "%s"}
        targets:
          nas: {type: folder, dir: "%s"}
          mine: {type: folder, dir: "%s"}
        rooms:
          - link: %s
            targets: [mine]
          - link: %s
            targets: []
        """
        .formatted(
            dir.resolve("recordings"),
            dir.resolve("nas"),
            dir.resolve("mine"),
            source.uri("/own.flv"),
            source.uri("/none.flv"));
  }

  /** As a killed recorder leaves it; the file has the name of its folder. */
  private static void part(SqliteLedger ledger, String link, Path root) throws IOException {
    RoomKey room = new Platforms().identify(link).result().key();
    String file = root.getFileName() + ".flv";
    SegmentRow row =
        LedgerRows.ask(
            ledger,
            rows -> {
              long recording = rows.beginRecording(room, "Room", "", LedgerRows.NOW);
              rows.beginAttempt(room, 1, recording, LedgerRows.NOW);
              SegmentRow open =
                  new SegmentRow(
                      0,
                      recording,
                      room,
                      1,
                      1,
                      root,
                      file + ".1.part",
                      file,
                      SegmentRow.State.OPEN,
                      0,
                      0,
                      0,
                      0,
                      0,
                      0,
                      LedgerRows.NOW);
              return rows.segment(rows.openSegment(open)).orElseThrow();
            });
    Files.createDirectories(root);
    Files.copy(FlvSamples.avcAac(Duration.ofSeconds(4)), row.partPath());
  }

  private void closedWhereNothingIs(SqliteLedger ledger) {
    SegmentRow open =
        LedgerRows.open(ledger, LedgerRows.recording(ledger), dir.resolve("unplugged"), "away.flv");
    LedgerRows.tell(
        ledger,
        rows -> rows.closeSegment(LedgerRows.closed(open, 1000), LedgerRows.NOW, List.of()));
  }

  @Test
  void theQueryOfAnAddressStandsInNoLogAndInNoRecording() throws IOException {
    Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4))).onAir();
    Path recordings = dir.resolve("recordings");
    Path data = dir.resolve("data");
    try (LiveSource source = LiveSource.start()) {
      source.on(PATH, Script.live(broadcast));
      String settings =
          """
          server: {port: 0}
          recordings: {dir: "%s"}
          monitor: {every: 1s, grace: 1s, stall_timeout: 2s}
          rooms:
            - %s?token=s3cret
          """
              .formatted(recordings, source.uri(PATH));
      try (SluiceServer server = new SluiceServer(data, settings).start()) {
        server.awaitState("recording");
        String id = server.rooms().get(0).get("id").asText();
        server.post("/rooms/" + id + "/stop", "");
        server.awaitState("live");
        server.post("/rooms/" + id + "/start", "");
        server.awaitState("recording");
        broadcast.offAir();
        Await.until(
            LIMIT,
            "both recordings are ended",
            () ->
                server
                    .rows("select count(*) from recording where ended_at is not null")
                    .equals(List.of("2")));
        server.stop();
        assertFalse(server.process().toString().contains("s3cret"), "console");
      }
      assertHoldsNot("s3cret", recordings);
      assertHoldsNot("s3cret", data.resolve("logs"));
    }
  }

  private static void assertHoldsNot(String secret, Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertFalse(files.isEmpty(), "nothing below " + folder);
    for (Path file : files) {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      assertFalse(text.contains(secret), file.toString());
    }
  }
}
