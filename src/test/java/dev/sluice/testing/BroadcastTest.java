package dev.sluice.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BroadcastTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration MOMENT = Duration.ofMillis(300);

  private final Path sample = FlvSamples.avcAac(Duration.ofSeconds(2));
  private final Path oneGop =
      FlvSamples.avcAac(Duration.ofSeconds(10), 25, Duration.ofSeconds(10), 300);
  private final LiveSource source = LiveSource.start();

  @AfterEach
  void close() {
    source.close();
    assertEquals(List.of(), source.failures());
  }

  @Test
  void loopsWithoutStepsOrHoles() throws IOException {
    Broadcast broadcast = Broadcast.of(sample).speed(20).onAir();
    source.on("/live", Script.join(broadcast).live(MOMENT.plusMillis(200)));
    List<Frame> frames = FlvTags.frames(receive("/live"));
    assertEquals(2000, broadcast.period());
    for (Frame.Track track : Frame.Track.values()) {
      List<Frame> own = frames.stream().filter(frame -> frame.track() == track).toList();
      for (int i = 1; i < own.size(); i++) {
        long step = own.get(i).timestamp() - own.get(i - 1).timestamp();
        assertTrue(step > 0 && step <= 60, track + " steps by " + step + " at " + own.get(i));
      }
      assertTrue(own.get(own.size() - 1).timestamp() > 2 * broadcast.period(), "loops twice");
    }
  }

  @Test
  void runsInRealTime() throws IOException {
    Broadcast broadcast = Broadcast.of(sample).onAir();
    source.on("/live", Script.join(broadcast).live(Duration.ofSeconds(2)));
    List<Frame> frames = FlvTags.frames(receive("/live"));
    long last = frames.get(frames.size() - 1).timestamp();
    assertTrue(last > 1700 && last < 2700, "last frame at " + last + " ms");
  }

  @Test
  void connectionsSeeOneTimeLineAndJoinAtAKeyFrame() throws IOException {
    Broadcast broadcast = Broadcast.of(oneGop).speed(3).onAir();
    source.on("/live", Script.join(broadcast).live(MOMENT));
    List<FlvTag> first = receive("/live");
    List<FlvTag> second = receive("/live");

    Set<Frame> both = new HashSet<>(FlvTags.frames(first));
    both.retainAll(FlvTags.frames(second));
    assertFalse(both.isEmpty(), "the second begins with what the first had already");
    for (List<FlvTag> tags : List.of(first, second)) {
      assertEquals(broadcast.opening(), tags.subList(0, broadcast.opening().size()));
      assertTrue(tags.get(broadcast.opening().size()).isKeyFrame());
    }
    FlvTags.assertSameFrames(FlvTags.frames(first), source.connections().get(0).framesSent());
    List<Frame> once = source.framesOnce("/live");
    assertEquals(source.framesSent("/live").size() - both.size(), once.size());
    assertContiguous(once);
  }

  private static void assertContiguous(List<Frame> frames) {
    List<Long> times =
        frames.stream()
            .filter(frame -> frame.track() == Frame.Track.VIDEO)
            .map(Frame::timestamp)
            .toList();
    for (int i = 1; i < times.size(); i++) {
      assertEquals(40, times.get(i) - times.get(i - 1));
    }
  }

  @Test
  void offAirEndsConnectionsAndRefusesNewOnes() throws IOException {
    Broadcast broadcast = Broadcast.of(sample);
    source.on("/live", Script.live(broadcast));
    assertEquals(404, status("/live"));
    broadcast.onAir();
    try (Fetch open = new Fetch(source.uri("/live")).bodyBytes(2000)) {
      broadcast.offAir();
      assertEquals(Fetch.End.FIN, open.toEnd(LIMIT));
      FlvTags.parse(open.body());
    }
    assertEquals(404, status("/live"));
  }

  @Test
  void resumesLaterOnTheSameTimeLine() throws IOException {
    Broadcast broadcast = Broadcast.of(sample).speed(10).onAir();
    source.on("/live", Script.join(broadcast).live(MOMENT));
    List<Frame> before = FlvTags.frames(receive("/live"));
    broadcast.offAir();
    Await.until(LIMIT, "refused", () -> status("/live") == 404);
    broadcast.resume();
    List<Frame> after = FlvTags.frames(receive("/live"));
    assertTrue(after.get(0).key());
    assertTrue(after.get(0).timestamp() > before.get(before.size() - 1).timestamp());
  }

  @Test
  void startsAnewAtAKeyFrame() throws IOException {
    Broadcast broadcast = Broadcast.of(oneGop).speed(5).startingAt(1000).onAir();
    source.on("/live", Script.join(broadcast).live(MOMENT));
    for (int i = 0; i < 2; i++) {
      broadcast.onAir();
      Frame first = FlvTags.frames(receive("/live")).get(0);
      assertTrue(first.key() && first.timestamp() == 1000, first.toString());
    }
  }

  @Test
  void startsAtTheKeyFrameEvenWhenSoundOfTheSameTimeStandsBeforeIt() throws IOException {
    List<FlvTag> media = FlvTags.read(sample).stream().filter(FlvTag::isMedia).toList();
    FlvTag key = media.stream().filter(FlvTag::isKeyFrame).findFirst().orElseThrow();
    FlvTag sound = media.stream().filter(FlvTag::isAudio).findFirst().orElseThrow();
    Broadcast broadcast = Broadcast.of(List.of(sound.at(0), key.at(0), key.at(5000))).onAir();
    source.on("/live", Script.join(broadcast).live(MOMENT));
    assertEquals(List.of(Frame.of(key.at(0))), FlvTags.frames(receive("/live")));
  }

  @Test
  void soundInFrontOfTheFirstKeyFrameMovesToTheEndOfTheLoop() throws IOException {
    List<FlvTag> late =
        FlvTags.read(sample).stream()
            .map(tag -> tag.isVideo() ? tag.at(tag.timestamp() + 60) : tag)
            .toList();
    Broadcast broadcast = Broadcast.of(late).speed(20).onAir();
    source.on("/live", Script.join(broadcast).live(MOMENT));
    List<Frame> frames = FlvTags.frames(receive("/live"));
    for (int i = 1; i < frames.size(); i++) {
      long step = frames.get(i).timestamp() - frames.get(i - 1).timestamp();
      assertTrue(step >= 0 && step <= 40, "step of " + step + " at " + frames.get(i));
    }
    assertTrue(frames.get(frames.size() - 1).timestamp() > 4000);
  }

  @Test
  void passesTheWrapOfTheClock() throws IOException {
    Broadcast broadcast = Broadcast.of(oneGop).speed(5).startingAt((1L << 32) - 1000).onAir();
    source.on("/live", Script.join(broadcast).live(MOMENT));
    List<Frame> frames = FlvTags.frames(receive("/live"));
    assertTrue(frames.get(0).timestamp() > 1L << 31);
    assertTrue(frames.get(frames.size() - 1).timestamp() < 1L << 31);
    assertContiguous(FlvTags.rebased(frames));
  }

  @Test
  void stallsAndGoesOnWhereItStopped() throws IOException {
    Broadcast broadcast = Broadcast.of(sample).speed(10).onAir();
    source.on("/live", Script.join(broadcast).live(MOMENT).stall(MOMENT).live(MOMENT));
    assertContiguous(FlvTags.frames(receive("/live")));
  }

  @Test
  void cutsInTheNextTagAndResets() throws IOException {
    Broadcast broadcast = Broadcast.of(sample).speed(10).onAir();
    source.on("/live", Script.join(broadcast).live(MOMENT).partOfNextTag(20).reset());
    try (Fetch fetch = new Fetch(source.uri("/live"))) {
      assertEquals(Fetch.End.RST, fetch.toEnd(LIMIT));
      List<FlvTag> whole = FlvTags.parseCut(fetch.body());
      assertEquals(20, fetch.body().length - FlvTags.header(true, true).length - size(whole));
      ServedConnection record = source.connections().get(0);
      assertEquals(FlvTags.frames(whole), record.framesSent());
      assertFalse(whole.contains(record.cutTag().orElseThrow()));
      assertEquals(20, record.cutBytes());
    }
  }

  private static int size(List<FlvTag> tags) {
    return tags.stream().mapToInt(tag -> tag.toBytes().length).sum();
  }

  @Test
  void keepsAPlayerWhileThePublisherIsAway() throws IOException {
    Broadcast broadcast = Broadcast.of(sample).onAir();
    Script script =
        Script.join(broadcast).live().awaitOnAir().tags(broadcast.opening()).live(MOMENT);
    source.on("/live", script);
    try (Fetch fetch = new Fetch(source.uri("/live")).bodyBytes(20_000)) {
      broadcast.offAir();
      broadcast.onAir();
      assertEquals(Fetch.End.FIN, fetch.toEnd(LIMIT));
      List<FlvTag> tags = FlvTags.parse(fetch.body());
      assertEquals(2, tags.stream().filter(FlvTag::isVideoConfig).count());
      List<FlvTag> keys = tags.stream().filter(FlvTag::isKeyFrame).toList();
      assertEquals(2, keys.stream().filter(key -> key.timestamp() < 100).count(), "starts at 0");
    }
  }

  @Test
  void onlySoundOrOnlyPicturesLoopToo() throws IOException {
    for (Path one :
        List.of(
            FlvSamples.audioOnly(Duration.ofSeconds(1)),
            FlvSamples.videoOnly(Duration.ofSeconds(1)))) {
      Broadcast broadcast = Broadcast.of(one).speed(10).onAir();
      source.on("/one", Script.join(broadcast).live(MOMENT));
      List<Frame> frames = FlvTags.frames(receive("/one"));
      for (int i = 1; i < frames.size(); i++) {
        long step = frames.get(i).timestamp() - frames.get(i - 1).timestamp();
        assertTrue(step > 0 && step <= 48, "step of " + step);
      }
      assertNotEquals(List.of(), frames);
    }
  }

  @Test
  void pacesAListByItsTimes() throws IOException {
    source.on("/a", Script.flv().paced(FlvTags.read(sample), 4));
    long start = System.nanoTime();
    assertEquals(FlvTags.read(sample), receive("/a"));
    double seconds = (System.nanoTime() - start) / 1e9;
    assertTrue(seconds > 0.45, seconds + " s");
  }

  private List<FlvTag> receive(String path) throws IOException {
    try (Fetch fetch = new Fetch(source.uri(path))) {
      assertEquals(Fetch.End.FIN, fetch.toEnd(LIMIT));
      return FlvTags.parse(fetch.body());
    }
  }

  private int status(String path) {
    try (Fetch fetch = new Fetch(source.uri(path))) {
      fetch.toEnd(LIMIT);
      return fetch.status();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
