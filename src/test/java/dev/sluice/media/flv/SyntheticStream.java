package dev.sluice.media.flv;

import dev.sluice.testing.FlvTag;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The frames of a made-up broadcast, every payload its own. Nothing of it can be decoded: it is for
 * rules that look at times, kinds and content only. Many thousand frames cost milliseconds.
 */
final class SyntheticStream {
  static final byte[] AVC_A = avcc(1);
  static final byte[] AVC_B = avcc(2);
  static final byte[] AAC_A = {(byte) 0xAF, 0, 0x12, 0x10};
  static final byte[] AAC_A_NO_SBR = {(byte) 0xAF, 0, 0x12, 0x10, 0x56, (byte) 0xE5, 0};
  static final byte[] AAC_B = {(byte) 0xAF, 0, 0x11, (byte) 0x90};

  private int gop = 25;
  private int videoStep = 40;
  private int audioStep = 23;
  private int videoFrames = 100;
  private boolean video = true;
  private boolean audio = true;
  private long start;
  private long seed = 1;
  private int audioAhead;

  static SyntheticStream make() {
    return new SyntheticStream();
  }

  /** Pictures from one key frame to the next. */
  SyntheticStream gop(int pictures) {
    gop = pictures;
    return this;
  }

  SyntheticStream pictures(int count) {
    videoFrames = count;
    return this;
  }

  SyntheticStream startingAt(long timestamp) {
    start = timestamp;
    return this;
  }

  /** Another seed gives other content. */
  SyntheticStream seed(long number) {
    seed = number;
    return this;
  }

  SyntheticStream withoutVideo() {
    video = false;
    return this;
  }

  SyntheticStream withoutAudio() {
    audio = false;
    return this;
  }

  SyntheticStream videoStep(int millis) {
    videoStep = millis;
    return this;
  }

  /** Sound is sent this much earlier than pictures of its time. */
  SyntheticStream audioAhead(int millis) {
    audioAhead = millis;
    return this;
  }

  /** The frames in the order in which they are sent, without configurations. */
  List<FlvTag> frames() {
    record Sent(long order, FlvTag tag) {}
    List<Sent> all = new ArrayList<>();
    long length = (long) videoFrames * videoStep;
    for (int n = 0; video && n < videoFrames; n++) {
      long at = (long) n * videoStep;
      all.add(new Sent(at * 2, picture(start + at, n % gop == 0, n)));
    }
    for (int n = 0; audio && (long) n * audioStep < length; n++) {
      long at = (long) n * audioStep;
      all.add(new Sent((at - audioAhead) * 2 + 1, sound(start + at, n)));
    }
    all.sort(Comparator.comparingLong(Sent::order));
    return all.stream().map(Sent::tag).toList();
  }

  private FlvTag picture(long at, boolean key, int n) {
    byte[] payload = payload(n * 2L, key ? 60 : 30);
    payload[0] = (byte) (key ? 0x17 : 0x27);
    payload[1] = 1;
    payload[2] = 0;
    payload[3] = 0;
    payload[4] = 0;
    return new FlvTag(FlvTag.VIDEO, at, payload);
  }

  private FlvTag sound(long at, int n) {
    byte[] payload = payload(n * 2L + 1, 20);
    payload[0] = (byte) 0xAF;
    payload[1] = 1;
    return new FlvTag(FlvTag.AUDIO, at, payload);
  }

  private byte[] payload(long number, int length) {
    byte[] bytes = new byte[length];
    new Random(seed * 1_000_003 + number).nextBytes(bytes);
    ByteBuffer.wrap(bytes, 8, 12).putInt((int) seed).putLong(number);
    return bytes;
  }

  private static byte[] avcc(int level) {
    byte[] sps = {0x67, 66, 0, (byte) (level * 10), 1, 2, 3, 4};
    ByteBuffer to = ByteBuffer.allocate(5 + 8 + sps.length + 3 + 4);
    to.put(new byte[] {0x17, 0, 0, 0, 0, 1, 66, 0, (byte) (level * 10), (byte) 0xFF, (byte) 0xE1});
    to.putShort((short) sps.length).put(sps).put((byte) 1).putShort((short) 4);
    return to.put(new byte[] {0x68, 1, 2, 3}).array();
  }

  static FlvTag videoConfig(byte[] payload) {
    return new FlvTag(FlvTag.VIDEO, 0, payload);
  }

  static FlvTag audioConfig(byte[] payload) {
    return new FlvTag(FlvTag.AUDIO, 0, payload);
  }

  static FlvTag endOfSequence(long at) {
    return new FlvTag(FlvTag.VIDEO, at, new byte[] {0x17, 2, 0, 0, 0});
  }

  /** A metadata tag as node-media-server sends it. */
  static FlvTag metadata(long at) {
    return new FlvTag(FlvTag.SCRIPT, at, "\2\0\15@setDataFrame\2\0\12onMetaData\10".getBytes());
  }

  /** Configurations for the tracks that occur, then the frames: what one connection sends. */
  static List<FlvTag> leg(List<FlvTag> frames) {
    return leg(AVC_A, AAC_A, frames);
  }

  static List<FlvTag> leg(byte[] avc, byte[] aac, List<FlvTag> frames) {
    List<FlvTag> tags = new ArrayList<>();
    tags.add(metadata(0));
    if (frames.stream().anyMatch(FlvTag::isAudio)) {
      tags.add(audioConfig(aac));
    }
    if (frames.stream().anyMatch(FlvTag::isVideo)) {
      tags.add(videoConfig(avc));
    }
    tags.addAll(frames);
    return tags;
  }

  /** Where a server with a GOP cache begins for one who joins at this frame. */
  static int gopStart(List<FlvTag> frames, int at) {
    int from = Math.min(at, frames.size() - 1);
    while (from > 0 && !frames.get(from).isKeyFrame()) {
      from--;
    }
    return from;
  }
}
