package dev.sluice.media.mp4;

import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.flv.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The tracks of a file, and what a player has to know of them before the first fragment.
 *
 * @param video pictures, empty for none
 * @param audio sound, empty for none
 */
public record Mp4Tracks(Optional<CodecConfig> video, Optional<CodecConfig> audio) {
  /** Ticks a second: those of FLV, so that no time is rounded. */
  static final int TIMESCALE = 1000;

  static final int VIDEO = 1;
  static final int AUDIO = 2;

  private static final int UNDETERMINED = 0x55C4;

  /**
   * What the first tags of a file tell: its configurations, and first frames where there are none.
   */
  public static Mp4Tracks of(List<FlvTag> tags) {
    Optional<CodecConfig> video = Optional.empty();
    Optional<CodecConfig> audio = Optional.empty();
    for (FlvTag tag : tags) {
      if (tag.isConfig() && tag.isVideo()) {
        video = Optional.of(CodecConfig.of(tag));
      } else if (tag.isConfig()) {
        audio = Optional.of(CodecConfig.of(tag));
      } else {
        Optional<CodecConfig> known = audio;
        audio = CodecConfig.ofFrame(tag).or(() -> known);
        video = video.map(config -> config.shownBy(tag));
      }
    }
    return new Mp4Tracks(video, audio);
  }

  /** Codecs in the words of RFC 6381, for example {@code avc1.64001f,mp4a.40.2}. */
  public String codecs() {
    List<String> words = new ArrayList<>(2);
    video.ifPresent(config -> words.add(CodecWord.of(config)));
    audio.ifPresent(config -> words.add(CodecWord.of(config)));
    return String.join(",", words);
  }

  /** Size of the picture, if its configuration can be understood. */
  public Optional<Picture> picture() {
    return video.flatMap(Picture::of);
  }

  /** What is said of a track's samples in front of them. */
  interface Samples {
    /** When the first one is decoded. */
    long startMs();

    /** From the first to the end of the last. */
    long durationMs();
  }

  private static final Samples NONE =
      new Samples() {
        @Override
        public long startMs() {
          return 0;
        }

        @Override
        public long durationMs() {
          return 0;
        }
      };

  /**
   * The front of a plain MP4.
   *
   * @param base where the data begins in the file
   * @param expected how many bytes it will have, if that is known
   */
  byte[] movie(SampleTable pictures, SampleTable sounds, long base, int expected) {
    BoxWriter out = new BoxWriter(expected);
    out.box(
        "ftyp",
        () -> {
          out.text("isom");
          out.u32(0x200);
          out.text("isomiso2mp41");
        });
    tables(out, pictures, sounds, base);
    return out.done();
  }

  /** Everything a player has to know of a plain MP4; offsets count from the file's beginning. */
  void tables(BoxWriter out, SampleTable pictures, SampleTable sounds) {
    tables(out, pictures, sounds, 0);
  }

  private void tables(BoxWriter out, SampleTable pictures, SampleTable sounds, long base) {
    long end =
        Math.max(
            pictures.startMs() + pictures.durationMs(), sounds.startMs() + sounds.durationMs());
    out.box(
        "moov",
        () -> {
          movieHeader(out, end);
          video.ifPresent(
              config ->
                  track(
                      out,
                      VIDEO,
                      pictures,
                      () -> tables(out, () -> SampleEntry.video(out, config), pictures, base)));
          audio.ifPresent(
              config ->
                  track(
                      out,
                      AUDIO,
                      sounds,
                      () -> tables(out, () -> SampleEntry.audio(out, config), sounds, base)));
        });
  }

  private static void tables(
      BoxWriter out, BoxWriter.Content entry, SampleTable samples, long base) {
    description(out, entry);
    samples.write(out, base);
  }

  /** The initialization segment: ftyp and moov without any sample. */
  public byte[] init() {
    BoxWriter out = new BoxWriter(1024);
    brand(out);
    fragmented(out, () -> {});
    return out.done();
  }

  /**
   * The tracks of a file in fragments, with room for its length.
   *
   * @param durationAt takes where the length belongs, four bytes, milliseconds
   */
  byte[] front(IntConsumer durationAt) {
    BoxWriter out = new BoxWriter(1024);
    fragmented(
        out,
        () ->
            out.full(
                "mehd",
                0,
                0,
                () -> {
                  durationAt.accept(out.size());
                  out.u32(0);
                }));
    return out.done();
  }

  /** What kind of file it is: one that may be in fragments. */
  static void brand(BoxWriter out) {
    out.box(
        "ftyp",
        () -> {
          out.text("iso6");
          out.u32(1);
          out.text("iso6cmfcavc1mp41");
        });
  }

  private void fragmented(BoxWriter out, BoxWriter.Content length) {
    out.box(
        "moov",
        () -> {
          movieHeader(out, 0);
          video.ifPresent(
              config ->
                  track(out, VIDEO, NONE, () -> none(out, () -> SampleEntry.video(out, config))));
          audio.ifPresent(
              config ->
                  track(out, AUDIO, NONE, () -> none(out, () -> SampleEntry.audio(out, config))));
          out.box(
              "mvex",
              () -> {
                length.write();
                video.ifPresent(config -> defaults(out, VIDEO));
                audio.ifPresent(config -> defaults(out, AUDIO));
              });
        });
  }

  private static void movieHeader(BoxWriter out, long durationMs) {
    out.full(
        "mvhd",
        0,
        0,
        () -> {
          out.zeros(8);
          out.u32(TIMESCALE);
          out.u32((int) durationMs);
          out.u32(0x10000);
          out.u16(0x100);
          out.zeros(10);
          matrix(out);
          out.zeros(24);
          out.u32(AUDIO + 1);
        });
  }

  private static void matrix(BoxWriter out) {
    for (int i = 0; i < 9; i++) {
      out.u32(i == 8 ? 0x40000000 : i % 4 == 0 ? 0x10000 : 0);
    }
  }

  private static void defaults(BoxWriter out, int id) {
    out.full(
        "trex",
        0,
        0,
        () -> {
          out.u32(id);
          out.u32(1);
          out.zeros(12);
        });
  }

  private void track(BoxWriter out, int id, Samples samples, BoxWriter.Content tables) {
    out.box(
        "trak",
        () -> {
          trackHeader(out, id, samples.startMs() + samples.durationMs());
          if (samples.startMs() > 0) {
            out.box("edts", () -> laterStart(out, samples));
          }
          out.box("mdia", () -> media(out, id, samples.durationMs(), tables));
        });
  }

  /** Nothing until the first sample is due (ISO/IEC 14496-12 §8.6.6). */
  private static void laterStart(BoxWriter out, Samples samples) {
    out.full(
        "elst",
        0,
        0,
        () -> {
          out.u32(2);
          out.u32((int) samples.startMs());
          out.u32(-1);
          out.u32(0x10000);
          out.u32((int) samples.durationMs());
          out.u32(0);
          out.u32(0x10000);
        });
  }

  private void trackHeader(BoxWriter out, int id, long durationMs) {
    out.full(
        "tkhd",
        0,
        3,
        () -> {
          out.zeros(8);
          out.u32(id);
          out.zeros(4);
          out.u32((int) durationMs);
          out.zeros(12);
          out.u16(id == AUDIO ? 0x100 : 0);
          out.zeros(2);
          matrix(out);
          out.u32(id == VIDEO ? picture().map(Picture::width).orElse(0) << 16 : 0);
          out.u32(id == VIDEO ? picture().map(Picture::height).orElse(0) << 16 : 0);
        });
  }

  private static void media(BoxWriter out, int id, long durationMs, BoxWriter.Content tables) {
    out.full(
        "mdhd",
        0,
        0,
        () -> {
          out.zeros(8);
          out.u32(TIMESCALE);
          out.u32((int) durationMs);
          out.u16(UNDETERMINED);
          out.u16(0);
        });
    out.full(
        "hdlr",
        0,
        0,
        () -> {
          out.u32(0);
          out.text(id == VIDEO ? "vide" : "soun");
          out.zeros(13);
        });
    out.box(
        "minf",
        () -> {
          out.full(
              id == VIDEO ? "vmhd" : "smhd",
              0,
              id == VIDEO ? 1 : 0,
              () -> out.zeros(id == VIDEO ? 8 : 4));
          out.box("dinf", () -> out.full("dref", 0, 0, () -> here(out)));
          out.box("stbl", tables);
        });
  }

  private static void here(BoxWriter out) {
    out.u32(1);
    out.full("url ", 0, 1, () -> {});
  }

  private static void description(BoxWriter out, BoxWriter.Content entry) {
    out.full(
        "stsd",
        0,
        0,
        () -> {
          out.u32(1);
          entry.write();
        });
  }

  /** What fragments say themselves. */
  private static void none(BoxWriter out, BoxWriter.Content entry) {
    description(out, entry);
    out.full("stts", 0, 0, () -> out.u32(0));
    out.full("stsc", 0, 0, () -> out.u32(0));
    out.full("stsz", 0, 0, () -> out.zeros(8));
    out.full("stco", 0, 0, () -> out.u32(0));
  }
}
