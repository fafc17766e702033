package dev.sluice.media.mp4;

import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /** The initialization segment: ftyp and moov without any sample. */
  public byte[] init() {
    BoxWriter out = new BoxWriter(1024);
    out.box(
        "ftyp",
        () -> {
          out.text("iso6");
          out.u32(1);
          out.text("iso6cmfcavc1mp41");
        });
    out.box(
        "moov",
        () -> {
          movieHeader(out);
          video.ifPresent(config -> track(out, VIDEO, () -> SampleEntry.video(out, config)));
          audio.ifPresent(config -> track(out, AUDIO, () -> SampleEntry.audio(out, config)));
          out.box(
              "mvex",
              () -> {
                video.ifPresent(config -> defaults(out, VIDEO));
                audio.ifPresent(config -> defaults(out, AUDIO));
              });
        });
    return out.done();
  }

  private static void movieHeader(BoxWriter out) {
    out.full(
        "mvhd",
        0,
        0,
        () -> {
          out.zeros(8);
          out.u32(TIMESCALE);
          out.u32(0);
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

  private void track(BoxWriter out, int id, BoxWriter.Content entry) {
    out.box(
        "trak",
        () -> {
          trackHeader(out, id);
          out.box("mdia", () -> media(out, id, entry));
        });
  }

  private void trackHeader(BoxWriter out, int id) {
    out.full(
        "tkhd",
        0,
        3,
        () -> {
          out.zeros(8);
          out.u32(id);
          out.zeros(20);
          out.u16(id == AUDIO ? 0x100 : 0);
          out.zeros(2);
          matrix(out);
          out.u32(id == VIDEO ? picture().map(Picture::width).orElse(0) << 16 : 0);
          out.u32(id == VIDEO ? picture().map(Picture::height).orElse(0) << 16 : 0);
        });
  }

  private static void media(BoxWriter out, int id, BoxWriter.Content entry) {
    out.full(
        "mdhd",
        0,
        0,
        () -> {
          out.zeros(8);
          out.u32(TIMESCALE);
          out.u32(0);
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
          out.box("stbl", () -> samples(out, entry));
        });
  }

  private static void here(BoxWriter out) {
    out.u32(1);
    out.full("url ", 0, 1, () -> {});
  }

  private static void samples(BoxWriter out, BoxWriter.Content entry) {
    out.full(
        "stsd",
        0,
        0,
        () -> {
          out.u32(1);
          entry.write();
        });
    out.full("stts", 0, 0, () -> out.u32(0));
    out.full("stsc", 0, 0, () -> out.u32(0));
    out.full("stsz", 0, 0, () -> out.zeros(8));
    out.full("stco", 0, 0, () -> out.u32(0));
  }
}
