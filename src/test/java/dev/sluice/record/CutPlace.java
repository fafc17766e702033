package dev.sluice.record;

import dev.sluice.testing.Broadcast;
import dev.sluice.testing.Cut;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Script;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Where in an FLV stream a connection breaks off. */
enum CutPlace {
  BEFORE_FILE_HEADER(-1, 0),
  IN_FILE_HEADER(-1, 5),
  IN_FIRST_PREVIOUS_TAG_SIZE(-1, 11),
  BEHIND_FILE_HEADER(0, 0),
  IN_SCRIPT_HEAD(0, 6),
  IN_SCRIPT_BODY(0, 40),
  IN_FIRST_CONFIG(1, 15),
  IN_SECOND_CONFIG(2, 12),
  BEHIND_OPENING(3, 0),
  BEFORE_PICTURE(CutPlace::isPlainPicture, tag -> 0),
  IN_PICTURE_HEAD(CutPlace::isPlainPicture, tag -> 5),
  IN_PICTURE_BODY(CutPlace::isPlainPicture, tag -> 11 + tag.payload().length / 2),
  BEFORE_LAST_BYTE_OF_PICTURE(CutPlace::isPlainPicture, tag -> 10 + tag.payload().length),
  BEFORE_KEY_FRAME(FlvTag::isKeyFrame, tag -> 0),
  IN_KEY_FRAME_HEAD(FlvTag::isKeyFrame, tag -> 7),
  IN_KEY_FRAME_BODY(FlvTag::isKeyFrame, tag -> 11 + tag.payload().length / 2),
  IN_PREVIOUS_TAG_SIZE_OF_KEY_FRAME(FlvTag::isKeyFrame, tag -> 13 + tag.payload().length),
  IN_SOUND_HEAD(FlvTag::isAudio, tag -> 3),
  IN_SOUND_BODY(FlvTag::isAudio, tag -> 11 + tag.payload().length / 3),
  IN_PREVIOUS_TAG_SIZE_OF_SOUND(FlvTag::isAudio, tag -> 12 + tag.payload().length);

  private static final int FILE_HEADER = 13;
  private static final Duration GOOD = Duration.ofMillis(800);

  private final int openingTag;
  private final int openingBytes;
  private final Predicate<FlvTag> tag;
  private final ToIntFunction<FlvTag> bytes;

  /** Before any frame: so many bytes into this tag of the opening, or into the file header. */
  CutPlace(int openingTag, int openingBytes) {
    this.openingTag = openingTag;
    this.openingBytes = openingBytes;
    tag = null;
    bytes = null;
  }

  CutPlace(Predicate<FlvTag> tag, ToIntFunction<FlvTag> bytes) {
    openingTag = -1;
    openingBytes = 0;
    this.tag = tag;
    this.bytes = bytes;
  }

  private static boolean isPlainPicture(FlvTag tag) {
    return tag.isVideo() && !tag.isKeyFrame();
  }

  /** Whether the connection brings no frame at all. */
  boolean isInOpening() {
    return tag == null;
  }

  /** Sends all up to this place. */
  Script script(Broadcast broadcast) {
    return isInOpening()
        ? Script.open()
            .header("Content-Type: video/x-flv")
            .bytes(Arrays.copyOf(FlvTags.toBytes(broadcast.opening()), offset(broadcast)))
        : Script.join(broadcast).liveInto(cut());
  }

  /** The same, announced as the whole body. */
  Script announced(Broadcast broadcast) {
    Script script = script(broadcast);
    return isInOpening() ? script.contentLength(offset(broadcast)) : script.announcing(cut());
  }

  /** The same, then the bytes behind this place slowly, but for the last one of the tag. */
  Script trickling(Broadcast broadcast, long bytesPerSecond) {
    Script script = script(broadcast).rate(bytesPerSecond);
    if (!isInOpening()) {
      return script.restOfCut();
    }
    byte[] opening = FlvTags.toBytes(broadcast.opening());
    return script.bytes(Arrays.copyOfRange(opening, offset(broadcast), opening.length));
  }

  private Cut cut() {
    return new Cut(GOOD, tag, bytes);
  }

  private int offset(Broadcast broadcast) {
    List<FlvTag> opening = broadcast.opening();
    int offset = openingTag < 0 ? 0 : FILE_HEADER;
    for (FlvTag tag : opening.subList(0, Math.max(0, openingTag))) {
      offset += tag.toBytes().length;
    }
    return offset + openingBytes;
  }
}
