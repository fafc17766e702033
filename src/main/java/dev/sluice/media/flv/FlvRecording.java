package dev.sluice.media.flv;

import dev.sluice.media.flv.FlvException.Kind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * The way of an FLV source into files: connections in, segments out. All connections of one
 * recording go through one object, one after the other. Not thread-safe; times are monotonic
 * milliseconds.
 */
public final class FlvRecording {
  private final TimeDoubts doubts;
  private final Splicer splicer;
  private final Interleaver interleaver;
  private final SegmentCutter cutter;
  private FlvReader reader;
  private CodecConfig video;
  private CodecConfig audio;
  private long now;
  private long frames;
  private long received;
  private boolean stopped;
  private boolean legOpen;
  private final PlainTags plainTags = new PlainTags();
  private Map<String, String> metadata = Map.of();
  private long damagedPlaces;
  private long damagedBytes;
  private final Runnable firstMedia;
  private String nextGapCause;

  /**
   * @param sink where files go
   * @param firstMedia run once, before the first picture or sound of all is taken
   */
  public FlvRecording(SegmentSink sink, Runnable firstMedia) {
    this.firstMedia = firstMedia;
    cutter = new SegmentCutter(sink);
    interleaver = new Interleaver(cutter::accept);
    splicer = new Splicer(this::through);
    doubts = new TimeDoubts(splicer::accept);
  }

  private void through(Frame frame) {
    frames++;
    interleaver.accept(frame);
  }

  /** New limits; they hold from now on. */
  public void limits(Limits limits) {
    cutter.limits(limits);
  }

  /** Begin a new file at the next key frame. */
  public void requestCut() {
    cutter.requestCut();
  }

  /**
   * Goes on with a recording that an earlier run of the program began.
   *
   * @param sourceOffsetMs source time minus joined time
   * @param endMs joined time up to which it is covered
   * @param lastArrivalMs monotonic time at which its last byte came, may lie before this process
   */
  public void resume(long sourceOffsetMs, long endMs, long lastArrivalMs) {
    splicer.resume(sourceOffsetMs, endMs, "interrupted");
    splicer.arrivedBefore(lastArrivalMs);
    cutter.resume(endMs);
  }

  /** A frame that the earlier run wrote, for knowing repeats. */
  public void remember(FlvTag tag, long atMs) {
    if (tag.isFrame()) {
      splicer.remember(Track.of(tag), atMs, tag.fingerprint(), tag.isKeyFrame());
    }
  }

  /** A new connection begins. */
  public void legStarted(long nowMs) {
    now = nowMs;
    reader = new FlvReader(new LegSink());
    doubts.legStarted();
    legOpen = true;
  }

  /**
   * The next bytes of the connection; the buffer is kept by reference.
   *
   * @throws FlvException when they cannot be recorded; the connection is to be closed then
   */
  public void accept(ByteBuffer chunk, long nowMs) throws FlvException {
    now = nowMs;
    reader.accept(chunk);
  }

  /**
   * The connection ended: what is held goes out; a tag that is cut off is dropped.
   *
   * @param cause what to call the gap, should one come of it
   */
  public void legEnded(String cause) {
    nextGapCause = cause;
    letOut();
    interleaver.flush();
  }

  /** What waits for frames that will not come on this connection. */
  private void letOut() {
    if (legOpen && !stopped) {
      readEnd();
      doubts.legEnded();
      splicer.legEnded();
    }
    legOpen = false;
  }

  private void readEnd() {
    try {
      reader.end();
    } catch (FlvException e) {
      // What stood before is taken; a foreign codec in the very last tag changes nothing.
      damagedBytes++;
    }
  }

  /** Takes no further tag; what is held can still be let out by {@link #finish}. */
  public void stop() {
    stopped = true;
  }

  /** The recording is over: lets out what is held, and closes the open file. */
  public void finish() {
    letOut();
    interleaver.flush();
    cutter.finish();
  }

  /** The first bytes of this connection, printable. */
  public String head() {
    return reader.head();
  }

  /** Frames let through since the beginning: rises only when something new came. */
  public long newFrames() {
    return frames;
  }

  /** Frames received in all, repeats and those before the first key frame included. */
  public long receivedFrames() {
    return received;
  }

  /** Picture size and codecs in words, empty while nothing is known. */
  public String quality() {
    StringBuilder words = new StringBuilder();
    if (video != null) {
      Picture.of(video)
          .ifPresent(p -> words.append(p.width()).append('×').append(p.height()).append(' '));
      words.append(video.codec().words());
    }
    if (audio != null) {
      words.append(video == null ? "" : " + ").append(audio.codec().words());
    }
    return words.toString();
  }

  /** Places at which bytes could not be read, over all connections. */
  public long damagedPlaces() {
    return damagedPlaces;
  }

  /** Bytes that could not be read, over all connections. */
  public long damagedBytes() {
    return damagedBytes;
  }

  /** Frames whose time was wrong and that got one between their neighbours. */
  public long mendedTimes() {
    return doubts.mended();
  }

  /** Tracks that the source sent besides those recorded, in words. */
  public List<String> otherTracks() {
    return plainTags.otherTracks();
  }

  /** What the source's newest metadata tag says that is of interest, by its names. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Repeats dropped. */
  public long duplicates() {
    return splicer.duplicates();
  }

  /** Length on the joined time line, milliseconds. */
  public long durationMs() {
    return cutter.durationMs();
  }

  /** Source time minus joined time of what is written now. */
  public long sourceOffsetMs() {
    return splicer.sourceOffset() - cutter.shift();
  }

  private final class LegSink implements FlvReader.Sink {
    @Override
    public void header(boolean announcesAudio, boolean announcesVideo) {
      splicer.legStarted(now, announcesVideo, nextGapCause);
      if (announcesAudio) {
        interleaver.announce(Track.AUDIO);
      }
      if (announcesVideo) {
        interleaver.announce(Track.VIDEO);
      }
    }

    @Override
    public void damaged(long bytes) {
      damagedPlaces++;
      damagedBytes += bytes;
    }

    @Override
    public void tag(FlvTag tag) throws FlvException {
      if (stopped) {
        return;
      }
      if (tag.isScript()) {
        Map<String, String> said = SourceMetadata.of(tag);
        metadata = said.isEmpty() ? metadata : said;
      } else if (tag.isWrapped()) {
        for (FlvTag plain : plainTags.of(tag)) {
          take(plain);
        }
      } else {
        take(tag);
      }
    }

    private void take(FlvTag tag) throws FlvException {
      String foreign = tag.foreignCodec();
      if (foreign != null) {
        throw new FlvException(Kind.CODEC, foreign);
      }
      if (tag.isVideo()) {
        splicer.videoSeen();
      }
      if (tag.isConfig()) {
        setConfig(CodecConfig.of(tag));
      } else if (tag.isFrame()) {
        CodecConfig.ofFrame(tag).ifPresent(this::setConfig);
        if (received++ == 0) {
          firstMedia.run();
        }
        if (stopped) {
          return;
        }
        doubts.accept(tag, configOf(tag), now);
      }
    }

    /** A frame of a codec of which no configuration came stands without one. */
    private CodecConfig configOf(FlvTag frame) {
      CodecConfig newest = frame.isVideo() ? video : audio;
      if (newest == null || newest.codec() != frame.codec()) {
        return null;
      }
      CodecConfig shown = newest.shownBy(frame);
      if (shown != newest) {
        setConfig(shown);
      }
      return frame.isVideo() ? video : audio;
    }

    private void setConfig(CodecConfig config) {
      if (config.track() == Track.VIDEO) {
        video = config.equals(video) ? video : config;
        interleaver.announce(Track.VIDEO);
      } else {
        audio = config.equals(audio) ? audio : config;
        interleaver.announce(Track.AUDIO);
      }
      cutter.known(config);
    }
  }
}
