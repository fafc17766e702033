package dev.sluice.media.mp4;

import dev.sluice.media.flv.AacSound;
import dev.sluice.media.flv.AvcPicture;
import dev.sluice.media.flv.CodecConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The tracks of a file, and what a player has to know of them before the first fragment.
 *
 * @param video H.264, empty for none
 * @param audio AAC, empty for none
 */
public record Mp4Tracks(Optional<CodecConfig> video, Optional<CodecConfig> audio) {
  /** Ticks a second: those of FLV, so that no time is rounded. */
  static final int TIMESCALE = 1000;

  static final int VIDEO = 1;
  static final int AUDIO = 2;

  private static final int LARGEST_RATE = 0xFFFF;
  private static final int UNDETERMINED = 0x55C4;
  private static final int AVCC_SHORTEST = 7;

  /** Codecs in the words of RFC 6381, for example {@code avc1.64001f,mp4a.40.2}. */
  public String codecs() {
    List<String> words = new ArrayList<>(2);
    video.ifPresent(config -> words.add(avc(config.record())));
    audio.ifPresent(config -> words.add("mp4a.40." + objectType(config.record())));
    return String.join(",", words);
  }

  /** Size of the picture, if its configuration can be understood. */
  public Optional<AvcPicture> picture() {
    return video.flatMap(config -> AvcPicture.of(config.record()));
  }

  private static String avc(byte[] avcc) {
    if (avcc.length < AVCC_SHORTEST) {
      return "avc1.42e01e";
    }
    return String.format(
        Locale.ROOT, "avc1.%02x%02x%02x", avcc[1] & 0xFF, avcc[2] & 0xFF, avcc[3] & 0xFF);
  }

  /** ISO/IEC 14496-3 §1.6.2.1: five bits, and six more behind the escape. */
  private static int objectType(byte[] config) {
    if (config.length < 2) {
      return 2;
    }
    int type = (config[0] & 0xFF) >> 3;
    return type == 31 ? 32 + ((config[0] & 7) << 3 | (config[1] & 0xFF) >> 5) : type;
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
          video.ifPresent(config -> track(out, VIDEO, () -> videoEntry(out, config)));
          audio.ifPresent(config -> track(out, AUDIO, () -> audioEntry(out, config)));
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
          out.u32(id == VIDEO ? picture().map(AvcPicture::width).orElse(0) << 16 : 0);
          out.u32(id == VIDEO ? picture().map(AvcPicture::height).orElse(0) << 16 : 0);
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

  /** ISO/IEC 14496-12 §12.1.3 and 14496-15 §5.4.2.1. */
  private void videoEntry(BoxWriter out, CodecConfig config) {
    out.box(
        "avc1",
        () -> {
          out.zeros(6);
          out.u16(1);
          out.zeros(16);
          out.u16(picture().map(AvcPicture::width).orElse(0));
          out.u16(picture().map(AvcPicture::height).orElse(0));
          out.u32(0x480000);
          out.u32(0x480000);
          out.u32(0);
          out.u16(1);
          out.zeros(32);
          out.u16(0x18);
          out.u16(-1);
          out.box("avcC", () -> out.put(ByteBuffer.wrap(config.record())));
        });
  }

  /** ISO/IEC 14496-12 §12.2.3 and 14496-14 §5.6. */
  private static void audioEntry(BoxWriter out, CodecConfig config) {
    Optional<AacSound> sound = AacSound.of(config.record());
    int rate = sound.map(AacSound::sampleRate).orElse(44_100);
    out.box(
        "mp4a",
        () -> {
          out.zeros(6);
          out.u16(1);
          out.zeros(8);
          out.u16(Math.max(1, sound.map(AacSound::channels).orElse(2)));
          out.u16(16);
          out.zeros(4);
          // Higher rates have no room here; decoders take them from the configuration.
          out.u32(rate > LARGEST_RATE ? 0 : rate << 16);
          out.full("esds", 0, 0, () -> elementaryStream(out, config));
        });
  }

  private static void elementaryStream(BoxWriter out, CodecConfig config) {
    out.descriptor(
        3,
        () -> {
          out.u16(AUDIO);
          out.u8(0);
          out.descriptor(
              4,
              () -> {
                out.u8(0x40);
                out.u8(0x15);
                out.zeros(11);
                out.descriptor(5, () -> out.put(ByteBuffer.wrap(config.record())));
              });
          out.descriptor(6, () -> out.u8(2));
        });
  }
}
