package dev.sluice.media.mp4;

import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.flv.Track;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a plain MP4 that plays from its first bytes on of one FLV file of ours, in two passes over
 * its tags: the first measures, so that the tables can stand in front; the second hands out the
 * data. Pictures and sound of a second stand together. Not thread-safe.
 */
public final class Mp4Movie {
  /** About 40 MB of memory; three and a half hours of 30 pictures a second and sound. */
  private static final int MOST_SAMPLES = 1_000_000;

  private static final long GROUP_MS = 1000;
  private static final int GROUP_BYTES = 512 * 1024;
  private static final int MDAT_HEADER = 16;
  private static final int BYTES_A_SAMPLE = 16;
  private static final long USUAL_PICTURE_MS = 40;
  private static final long USUAL_SOUND_MS = 23;

  private final SampleTable video = new SampleTable(USUAL_PICTURE_MS);
  private final SampleTable audio = new SampleTable(USUAL_SOUND_MS);
  private final List<FlvTag> pictures = new ArrayList<>();
  private final List<FlvTag> sounds = new ArrayList<>();
  private Optional<CodecConfig> videoConfig = Optional.empty();
  private Optional<CodecConfig> audioConfig = Optional.empty();
  private long dataSize;
  private long groupEndsMs = -1;
  private int groupBytes;

  /** Takes what is to be written, in order. */
  public interface Target {
    void write(ByteBuffer bytes);
  }

  /**
   * The first pass.
   *
   * @return false when the file is too long for one MP4; then nothing can be made of it
   */
  public boolean measure(FlvTag tag) {
    if (tag.isConfig()) {
      take(CodecConfig.of(tag));
    } else if (tag.isFrame()) {
      if (beginsGroup(tag)) {
        closeGroup();
      }
      CodecConfig.ofFrame(tag).ifPresent(config -> audioConfig = Optional.of(config));
      videoConfig = videoConfig.map(config -> config.shownBy(tag));
      (tag.isVideo() ? video : audio).add(tag);
    }
    return video.count() + audio.count() <= MOST_SAMPLES;
  }

  private void take(CodecConfig config) {
    if (config.track() == Track.VIDEO) {
      videoConfig = Optional.of(config);
    } else {
      audioConfig = Optional.of(config);
    }
  }

  /** Decides the same in both passes. */
  private boolean beginsGroup(FlvTag tag) {
    boolean begins = tag.time() >= groupEndsMs || groupBytes >= GROUP_BYTES;
    if (begins) {
      groupEndsMs = tag.time() + GROUP_MS;
      groupBytes = 0;
    }
    groupBytes += tag.size();
    return begins;
  }

  private void closeGroup() {
    dataSize = audio.chunk(video.chunk(dataSize));
  }

  public long pictures() {
    return video.count();
  }

  public long sounds() {
    return audio.count();
  }

  /** Behind the first pass: everything in front of the data. */
  public List<ByteBuffer> head() {
    closeGroup();
    groupEndsMs = -1;
    groupBytes = 0;
    Mp4Tracks tracks =
        new Mp4Tracks(
            videoConfig.filter(config -> video.count() > 0),
            audioConfig.filter(config -> audio.count() > 0));
    int expected = BYTES_A_SAMPLE * (video.count() + audio.count()) + 4096;
    int size = tracks.movie(video, audio, 0, expected).length;
    byte[] movie = tracks.movie(video, audio, size + MDAT_HEADER, size);
    ByteBuffer data = ByteBuffer.allocate(MDAT_HEADER);
    data.putInt(1).putInt(0x6D646174).putLong(MDAT_HEADER + dataSize);
    return List.of(ByteBuffer.wrap(movie), data.flip());
  }

  /** The second pass, over the same tags. */
  public void data(FlvTag tag, Target target) {
    if (tag.isFrame()) {
      if (beginsGroup(tag)) {
        write(target);
      }
      (tag.isVideo() ? pictures : sounds).add(tag);
    }
  }

  /** Behind the second pass. */
  public void end(Target target) {
    write(target);
  }

  private void write(Target target) {
    for (List<FlvTag> track : List.of(pictures, sounds)) {
      track.forEach(tag -> tag.data().forEach(target::write));
      track.clear();
    }
  }
}
