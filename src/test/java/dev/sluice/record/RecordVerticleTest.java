package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.bus.RecordPlanChange;
import dev.sluice.bus.SourceLook;
import dev.sluice.bus.Topics;
import dev.sluice.room.Liveness;
import dev.sluice.settings.Connection;
import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import dev.sluice.testing.Media;
import dev.sluice.testing.Script;
import dev.sluice.testing.ServedConnection;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The recorder over real sockets: frames are compared with what the source sent. */
class RecordVerticleTest extends RecorderCase {

  @Test
  void recordsOneConnectionWhole() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(4));
    source.on(PATH, Script.flv().tags(FlvTags.read(sample)).fin(), Script.status(404));

    RecordAnswer answer = recorder.start(source.uri(PATH));

    assertEquals(Outcome.STARTED, answer.outcome());
    assertEquals(EndCause.OVER, recorder.awaitEnd(answer).cause());
    assertHoldsExactly(FlvTags.fromFirstKeyFrame(FlvTags.frames(sample)), recorder.frames());
    Path file = recorder.files().get(0);
    assertEquals("", Media.decodeErrors(file));
    assertEquals(4.0, Media.durationSeconds(file), 0.1);
    assertEquals(0, recorder.coverage().get("gaps").size());
  }

  @Test
  void aLookUnderWayIsEndedBeforeTheRecorderConnects() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(4));
    source.on(
        PATH,
        Script.flv().stall(),
        Script.flv().tags(FlvTags.read(sample)).fin(),
        Script.status(404));
    Future<SourceLook.Found> look = recorder.look(source.uri(PATH));
    Await.until(Recorder.LIMIT, "the look is connected", () -> source.openNow(PATH) == 1);

    recorder.awaitEnd(recorder.start(source.uri(PATH)));

    assertEquals(1, source.mostOpen(PATH), "one connection at a time");
    assertEquals(Liveness.UNKNOWN, Recorder.join(look).liveness());
    assertHoldsExactly(FlvTags.fromFirstKeyFrame(FlvTags.frames(sample)), recorder.frames());
  }

  @Test
  void whatComesSlowlyAfterMuchCameFastIsReadAllTheSame() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(20), 25, Duration.ofSeconds(1), 8000);
    List<dev.sluice.testing.FlvTag> tags = FlvTags.read(sample);
    int last = tags.size() - 4;
    source.on(
        PATH,
        Script.flv()
            .paced(tags.subList(0, last), 4)
            .stall(Duration.ofMillis(1500))
            .tags(tags.subList(last, tags.size()))
            .stall());
    recorder.stall = Duration.ofSeconds(30);
    RecordAnswer answer = recorder.start(source.uri(PATH));
    int wanted = FlvTags.fromFirstKeyFrame(FlvTags.frames(sample)).size();
    // The newest frame may wait for the other track until the connection ends.
    Await.until(
        Recorder.LIMIT,
        "all of it stands in the part while the connection is open",
        () -> parts().stream().mapToInt(part -> part).sum() >= wanted - 1);
    assertEquals(1, source.openNow(PATH));
    recorder.stop(answer, EndCause.STOPPED);
    recorder.awaitEnd(answer);
  }

  @Test
  void aFirstKeyFrameThatIsLongInComingIsAwaited() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(6), 25, Duration.ofSeconds(4), 300);
    List<dev.sluice.testing.FlvTag> tags = new java.util.ArrayList<>(FlvTags.read(sample));
    tags.remove(
        tags.stream().filter(dev.sluice.testing.FlvTag::isKeyFrame).findFirst().orElseThrow());
    source.on(PATH, Script.flv().paced(tags, 1).fin(), Script.status(404));
    recorder.grace = Duration.ofMillis(500);
    recorder.stall = Duration.ofSeconds(1);

    recorder.awaitEnd(recorder.start(source.uri(PATH)));

    List<Frame> sent =
        FlvTags.frames(tags.stream().filter(dev.sluice.testing.FlvTag::isMedia).toList());
    assertHoldsExactly(FlvTags.fromFirstKeyFrame(sent), recorder.frames());
  }

  @Test
  void aTrickleThatBringsNothingWholeIsAStall() {
    List<dev.sluice.testing.FlvTag> tags =
        FlvTags.read(FlvSamples.avcAac(Duration.ofSeconds(6), 25, Duration.ofSeconds(1), 2000));
    int half = tags.size() / 2;
    source.on(
        PATH,
        Script.flv().tags(tags.subList(0, half)).rate(20).tags(tags.subList(half, tags.size())),
        Script.flv().tags(tags).fin(),
        Script.status(404));
    RecordAnswer answer = recorder.start(source.uri(PATH));
    assertEquals(EndCause.OVER, recorder.awaitEnd(answer).cause());
    List<Frame> sent =
        FlvTags.frames(tags.stream().filter(dev.sluice.testing.FlvTag::isMedia).toList());
    assertHoldsExactly(FlvTags.fromFirstKeyFrame(sent), recorder.frames());
  }

  /** Frames in each file that is being written. */
  private List<Integer> parts() {
    return recorder.walk(".part").stream().map(part -> frames(part)).toList();
  }

  private static int frames(Path part) {
    try {
      return (int)
          FlvTags.parseCut(Files.readAllBytes(part)).stream()
              .filter(dev.sluice.testing.FlvTag::isMedia)
              .count();
    } catch (java.io.IOException e) {
      return 0;
    }
  }

  @Test
  void dropsTheRepeatedPrefixOfANewConnectionAndGoesOnInTheSameFile() {
    Broadcast broadcast = Broadcast.of(longGop());
    broadcast.onAir();
    source.on(
        PATH,
        Script.join(broadcast).live(Duration.ofSeconds(3)).fin(),
        Script.join(broadcast).live(Duration.ofSeconds(3)).partOfNextTag(40).reset(),
        Script.join(broadcast).live(Duration.ofSeconds(2)).fin(),
        Script.status(404));

    RecordAnswer answer = recorder.start(source.uri(PATH));
    recorder.awaitEnd(answer);

    assertEquals(1, recorder.files().size());
    assertHoldsExactly(FlvTags.fromFirstKeyFrame(source.framesOnce(PATH)), recorder.frames());
    assertTrue(recorder.coverage().at("/duplicates_dropped/frames").asInt() > 0);
    assertEquals(0, recorder.coverage().get("gaps").size());
    assertEquals("", Media.decodeErrors(recorder.files().get(0)));
  }

  @Test
  void writesAFileThatIsServedAgainAndAgainOnlyOnce() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(4));
    source.on(PATH, Script.flv().tags(FlvTags.read(sample)).fin());
    recorder.grace = Duration.ofSeconds(1);
    recorder.stall = Duration.ofSeconds(1);

    recorder.awaitEnd(recorder.start(source.uri(PATH)));

    assertHoldsExactly(FlvTags.fromFirstKeyFrame(FlvTags.frames(sample)), recorder.frames());
    assertTrue(source.connections(PATH).size() > 2, "it asked again");
  }

  @Test
  void cutsByTimeAtKeyFramesAndLosesNothing() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(20), 25, Duration.ofSeconds(1), 200);
    source.on(PATH, Script.flv().tags(FlvTags.read(sample)).fin(), Script.status(404));
    recorder.splitEvery = Optional.of(Duration.ofSeconds(6));

    recorder.awaitEnd(recorder.start(source.uri(PATH)));

    List<Path> files = recorder.files();
    assertEquals(4, files.size());
    for (Path file : files) {
      List<Frame> frames = FlvTags.frames(file);
      assertTrue(frames.get(0).key(), file + " begins with a key frame");
      assertEquals(0, frames.get(0).timestamp());
      assertEquals("", Media.decodeErrors(file));
    }
    List<Frame> expected = FlvTags.fromFirstKeyFrame(FlvTags.frames(sample));
    assertSameContent(Frame.Track.VIDEO, expected, recorder.frames());
    assertSameContent(Frame.Track.AUDIO, expected, recorder.frames());
    assertSegmentsTouch(recorder.coverage());
  }

  @Test
  void cutsBySizeAtTheFirstKeyFrameAtOrAfterTheLimit() throws Exception {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(20), 25, Duration.ofSeconds(1), 400);
    source.on(PATH, Script.flv().tags(FlvTags.read(sample)).fin(), Script.status(404));
    recorder.splitSize = Optional.of(300_000L);

    recorder.awaitEnd(recorder.start(source.uri(PATH)));

    List<Path> files = recorder.files();
    assertTrue(files.size() > 2, files.toString());
    for (Path file : files.subList(0, files.size() - 1)) {
      long size = Files.size(file);
      assertTrue(size >= 300_000, "not before the limit: " + size);
      List<dev.sluice.testing.FlvTag> tags = FlvTags.read(file);
      int lastKey = 0;
      for (int i = 0; i < tags.size(); i++) {
        lastKey = tags.get(i).isKeyFrame() ? i : lastKey;
      }
      long lastGop =
          tags.subList(lastKey, tags.size()).stream().mapToLong(t -> t.payload().length + 15).sum();
      assertTrue(size - lastGop < 300_000, "not a key frame later: " + size);
    }
    List<Frame> expected = FlvTags.fromFirstKeyFrame(FlvTags.frames(sample));
    assertSameContent(Frame.Track.AUDIO, expected, recorder.frames());
  }

  @Test
  void writesDownWhatADropTookByTheTimesOfTheSource() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(8), 25, Duration.ofSeconds(1), 200);
    Broadcast broadcast = Broadcast.of(sample);
    broadcast.onAir();
    source.on(
        PATH,
        Script.join(broadcast).live(Duration.ofSeconds(2)).fin(),
        Script.status(503).delay(Duration.ofSeconds(1)),
        Script.status(503).delay(Duration.ofSeconds(1)),
        Script.join(broadcast).live(Duration.ofSeconds(3)).fin(),
        Script.status(404));

    recorder.awaitEnd(recorder.start(source.uri(PATH)));

    assertEquals(1, recorder.files().size());
    List<Frame> sent = FlvTags.fromFirstKeyFrame(source.framesOnce(PATH));
    assertHoldsExactly(sent, recorder.frames());
    JsonNode gaps = recorder.coverage().get("gaps");
    assertEquals(1, gaps.size(), gaps.toString());
    long step = largestStep(sent);
    assertEquals(step, gaps.get(0).get("duration_ms").asLong(), 45, gaps.toString());
  }

  private static long largestStep(List<Frame> frames) {
    List<Frame> sorted = byTime(frames);
    long largest = 0;
    for (int i = 1; i < sorted.size(); i++) {
      largest = Math.max(largest, sorted.get(i).timestamp() - sorted.get(i - 1).timestamp());
    }
    return largest;
  }

  @Test
  void connectsAnewWithWhatTheSettingsSayThen() {
    Broadcast broadcast = Broadcast.of(longGop());
    broadcast.onAir();
    source.on(
        PATH,
        Script.join(broadcast).live(Duration.ofSeconds(3)).fin(),
        Script.join(broadcast).live(Duration.ofSeconds(1)).fin(),
        Script.status(404));
    RecordAnswer answer = recorder.start(source.uri(PATH));
    Connection withCookie =
        new Connection(
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("session=new"),
            Optional.empty());

    Topics.RECORD_PLAN.send(
        recorder.vertx, new RecordPlanChange(answer.room(), recorder.plan(), withCookie));
    recorder.awaitEnd(answer);

    List<ServedConnection> served = source.connections(PATH);
    assertEquals(null, served.get(0).request().headers().get("cookie"));
    assertEquals("session=new", served.get(1).request().headers().get("cookie"));
    assertEquals(1, recorder.files().size());
  }

  @Test
  void startsANewFileWhereTheCodecConfigurationChanges() {
    List<Path> two = FlvSamples.twoSizes(Duration.ofSeconds(2));
    source.on(
        PATH,
        Script.flv().tags(FlvTags.read(two.get(0))).fin(),
        Script.flv().tags(FlvTags.read(two.get(1))).fin(),
        Script.status(404));

    recorder.awaitEnd(recorder.start(source.uri(PATH)));

    assertEquals(2, recorder.files().size());
    recorder.files().forEach(file -> assertEquals("", Media.decodeErrors(file)));
    int first = FlvTags.fromFirstKeyFrame(FlvTags.frames(two.get(0))).size();
    int second = FlvTags.fromFirstKeyFrame(FlvTags.frames(two.get(1))).size();
    assertEquals(first + second, recorder.frames().size());
  }

  @Test
  void recordsSoundAloneAndPicturesAlone() {
    Path sound = FlvSamples.audioOnly(Duration.ofSeconds(3));
    Path pictures = FlvSamples.videoOnly(Duration.ofSeconds(3));
    source.on("/a.flv", Script.flv().tags(FlvTags.read(sound)).fin(), Script.status(404));
    source.on("/v.flv", Script.flv().tags(FlvTags.read(pictures)).fin(), Script.status(404));

    RecordAnswer a = recorder.start(source.uri("/a.flv"));
    RecordAnswer v = recorder.start(source.uri("/v.flv"));
    recorder.awaitEnd(a);
    recorder.awaitEnd(v);

    assertEquals(2, recorder.files().size());
    assertEquals(
        FlvTags.frames(sound).size() + FlvTags.frames(pictures).size(), recorder.frames().size());
  }

  @Test
  void answersWhatIsNoMediaAndLeavesNothing() {
    source.on("/404", Script.status(404));
    source.on("/503", Script.status(503));
    source.on("/html", Script.html("<html>sorry</html>"));
    source.on("/empty", Script.empty());
    source.on("/hls", Script.playlist("#EXTM3U\n#EXT-X-VERSION:3\n"));
    source.on("/moved", Script.redirect(302, "/404"));
    source.on("/silent", Script.flv().stall());

    assertAnswer(Outcome.OFFLINE, "offline", "/404");
    assertAnswer(Outcome.UNKNOWN, "unknown.status", "/503");
    assertAnswer(Outcome.UNKNOWN, "unknown.not_media", "/html");
    assertAnswer(Outcome.UNKNOWN, "unknown.not_media", "/empty");
    assertAnswer(Outcome.REFUSED, "refused.hls", "/hls");
    assertAnswer(Outcome.UNKNOWN, "unknown.status", "/moved");
    assertAnswer(Outcome.UNKNOWN, "unknown.no_media", "/silent");
    source.refuse();
    assertEquals(Outcome.OFFLINE, recorder.start(source.uri(PATH)).outcome());
    source.accept();
    assertEquals(List.of(), recorder.walk(""));
  }

  /** What a new connection is sent first reaches back to its beginning, however late it comes. */
  private static Path longGop() {
    return FlvSamples.avcAac(Duration.ofSeconds(20), 25, Duration.ofSeconds(20), 200);
  }

  private void assertAnswer(Outcome outcome, String reason, String path) {
    RecordAnswer answer = recorder.start(source.uri(path));
    assertEquals(outcome + " " + reason, answer.outcome() + " " + answer.reason().key(), path);
  }

  @Test
  void asksTheGivenLinkAgainWhenTheMediaAddressExpires() {
    Broadcast broadcast = Broadcast.of(longGop());
    broadcast.onAir();
    source.on(
        "/room",
        Script.redirect(302, "/a"),
        Script.redirect(302, "/a"),
        Script.redirect(302, "/b"),
        Script.status(404));
    source.on("/a", Script.join(broadcast).live(Duration.ofSeconds(2)).fin(), Script.status(403));
    source.on("/b", Script.join(broadcast).live(Duration.ofSeconds(2)).fin());

    recorder.awaitEnd(recorder.start(source.uri("/room")));

    assertEquals(1, recorder.files().size());
    assertEquals(0, recorder.coverage().get("gaps").size());
    List<Frame> frames = recorder.frames();
    assertEquals(new HashSet<>(frames).size(), frames.size());
    assertEquals(1, source.connections("/b").size());
  }

  @Test
  void keepsOneRecorderForAThousandQuestionsAtOnce() {
    Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4)));
    broadcast.onAir();
    source.on(PATH, Script.join(broadcast).live());

    List<io.vertx.core.Future<RecordAnswer>> asked = new java.util.ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      asked.add(
          dev.sluice.bus.Topics.RECORD_START.request(
              recorder.vertx,
              recorder.job(source.uri(PATH), true),
              RecordAnswer.class,
              Recorder.LIMIT));
    }
    List<RecordAnswer> answers = asked.stream().map(Recorder::join).toList();

    assertEquals(1, answers.stream().filter(a -> a.outcome() == Outcome.STARTED).count());
    assertEquals(1, source.connections(PATH).size());
    RecordAnswer winner =
        answers.stream().filter(a -> a.outcome() == Outcome.STARTED).findFirst().orElseThrow();
    recorder.stop(winner, EndCause.STOPPED);
    assertEquals(EndCause.STOPPED, recorder.awaitEnd(winner).cause());
    assertEquals(
        Outcome.STARTED, recorder.start(source.uri(PATH)).outcome(), "the room is free again");
  }

  @Test
  void cutsOnRequestAndStopsClean() {
    Broadcast broadcast =
        Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4), 25, Duration.ofSeconds(1), 200));
    broadcast.onAir();
    source.on(PATH, Script.join(broadcast).live());
    RecordAnswer answer = recorder.start(source.uri(PATH));
    Await.until(
        Recorder.LIMIT,
        "a second is recorded",
        () -> recorder.progress.stream().anyMatch(p -> p.durationMs() > 1000));

    recorder.cut(answer);
    Await.until(
        Recorder.LIMIT,
        "a second file is begun",
        () -> recorder.progress.stream().anyMatch(p -> p.segments() == 2));
    recorder.stop(answer, EndCause.STOPPED);
    recorder.awaitEnd(answer);

    assertEquals(2, recorder.files().size());
    assertEquals(List.of(), recorder.walk(".part"));
    assertEquals(0, source.openNow(PATH));
    assertSegmentsTouch(recorder.coverage());
  }

  @Test
  void goesOnWithTheRecordingAfterAShutdown() {
    Broadcast broadcast =
        Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(8), 25, Duration.ofSeconds(4), 200));
    broadcast.onAir();
    source.on(PATH, Script.join(broadcast).live());
    recorder.ledger.call(rows -> null).join();
    Path file = root.resolveSibling(root.getFileName() + ".db");
    try (Recorder first = new Recorder(root, dev.sluice.ledger.SqliteLedger.open(file))) {
      RecordAnswer answer = first.start(source.uri(PATH));
      Await.until(
          Recorder.LIMIT,
          "two seconds are recorded",
          () -> first.progress.stream().anyMatch(p -> p.durationMs() > 2000));
      first.shutDown();
      assertEquals(1, first.files().size());
      assertEquals(EndCause.SHUTDOWN, first.awaitEnd(answer).cause());
    }
    try (Recorder second = new Recorder(root, dev.sluice.ledger.SqliteLedger.open(file))) {
      RecordAnswer answer = second.start(source.uri(PATH));
      Await.until(
          Recorder.LIMIT,
          "more is recorded",
          () -> second.progress.stream().anyMatch(p -> p.durationMs() > 4000));
      second.stop(answer, EndCause.STOPPED);
      second.awaitEnd(answer);
      assertEquals(2, answer.epoch());
      assertEquals(2, second.files().size());
      List<String> pictures = hashes(second.frames(), Frame.Track.VIDEO);
      assertEquals(new HashSet<>(pictures).size(), pictures.size(), "no picture twice");
      assertEquals(2, second.coverage().get("segments").size());
    }
  }

  private static void assertHoldsExactly(List<Frame> expected, List<Frame> actual) {
    assertSameContent(Frame.Track.VIDEO, expected, actual);
    assertSameContent(Frame.Track.AUDIO, expected, actual);
    FlvTags.assertSameFrames(byTime(FlvTags.rebased(expected)), byTime(FlvTags.rebased(actual)));
  }

  private static List<Frame> byTime(List<Frame> frames) {
    return frames.stream()
        .sorted(java.util.Comparator.comparingLong(Frame::timestamp).thenComparing(Frame::track))
        .toList();
  }

  private static List<String> hashes(List<Frame> frames, Frame.Track track) {
    return frames.stream().filter(f -> f.track() == track).map(Frame::payloadHash).toList();
  }

  /** Names the first difference only: the lists are long. */
  private static void assertSameContent(
      Frame.Track track, List<Frame> expected, List<Frame> actual) {
    List<String> wanted = hashes(expected, track);
    List<String> found = hashes(actual, track);
    for (int i = 0; i < Math.min(wanted.size(), found.size()); i++) {
      assertEquals(wanted.get(i), found.get(i), track + " frame " + i + " of " + wanted.size());
    }
    assertEquals(wanted.size(), found.size(), track + " frames");
  }

  private static void assertSegmentsTouch(JsonNode coverage) {
    JsonNode segments = coverage.get("segments");
    for (int i = 1; i < segments.size(); i++) {
      assertEquals(
          segments.get(i - 1).get("end_ms").asLong(), segments.get(i).get("start_ms").asLong());
    }
    assertEquals(0, coverage.get("gaps").size());
  }
}
