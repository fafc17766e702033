package dev.sluice.record;

import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvTag;
import java.util.HashMap;
import java.util.Map;

/** What is remarkable in a file that is being repaired. */
public final class RepairFindings {
  private static final long JUMP_MS = 1000;

  private final Map<Boolean, Long> last = new HashMap<>();
  private final Map<Boolean, CodecConfig> configs = new HashMap<>();
  private long readBytes;
  private long tags;
  private long videoFrames;
  private long audioFrames;
  private long firstMs = -1;
  private long stepsBack;
  private long jumpsAhead;
  private long repeatedConfigs;
  private long changedConfigs;
  private long scripts;
  private long damagedPlaces;
  private long damagedBytes;

  RepairFindings() {}

  void read(long bytes) {
    readBytes = bytes;
  }

  void damaged(long bytes) {
    damagedPlaces++;
    damagedBytes += bytes;
  }

  void tag(FlvTag tag) {
    tags++;
    if (tag.isScript()) {
      scripts++;
    } else if (tag.isConfig()) {
      config(CodecConfig.of(tag));
    } else if (tag.isFrame()) {
      frame(tag);
    }
  }

  private void config(CodecConfig config) {
    CodecConfig before = configs.put(config.track().name().equals("VIDEO"), config);
    if (before != null && before.equals(config)) {
      repeatedConfigs++;
    } else if (before != null) {
      changedConfigs++;
    }
  }

  private void frame(FlvTag tag) {
    if (tag.isVideo()) {
      videoFrames++;
    } else {
      audioFrames++;
    }
    firstMs = firstMs < 0 ? tag.time() : firstMs;
    Long before = last.put(tag.isVideo(), tag.time());
    if (before != null && tag.time() <= before) {
      stepsBack++;
    } else if (before != null && tag.time() - before > JUMP_MS) {
      jumpsAhead++;
    }
  }

  /** Bytes up to the end of the last whole tag. */
  public long readBytes() {
    return readBytes;
  }

  public long tags() {
    return tags;
  }

  public long videoFrames() {
    return videoFrames;
  }

  public long audioFrames() {
    return audioFrames;
  }

  /** Time of the first frame, milliseconds; -1 without any. */
  public long firstMs() {
    return firstMs;
  }

  /** Frames that are not later than the one before of their track. */
  public long stepsBack() {
    return stepsBack;
  }

  /** Frames more than a second later than the one before of their track. */
  public long jumpsAhead() {
    return jumpsAhead;
  }

  /** Decoder configurations that said what was known. */
  public long repeatedConfigs() {
    return repeatedConfigs;
  }

  /** Decoder configurations that differ from the one before. */
  public long changedConfigs() {
    return changedConfigs;
  }

  /** Script tags; a good file has one. */
  public long scripts() {
    return scripts;
  }

  /** Places at which bytes are no tags. */
  public long damagedPlaces() {
    return damagedPlaces;
  }

  /** Bytes that are no tags. */
  public long damagedBytes() {
    return damagedBytes;
  }
}
