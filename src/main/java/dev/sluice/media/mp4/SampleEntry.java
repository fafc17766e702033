package dev.sluice.media.mp4;

import dev.sluice.media.flv.Codec;
import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.OpusSound;
import dev.sluice.media.flv.Picture;
import dev.sluice.media.flv.Sound;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** What a player must know of a track's codec (ISO/IEC 14496-12 §8.5.2). */
final class SampleEntry {
  private static final int LARGEST_RATE = 0xFFFF;
  private static final int USUAL_RATE = 44_100;
  private static final int AAC_TYPE = 0x40;
  private static final int MP3_TYPE = 0x6B;
  private static final int VPCC_VERSION = 1;
  private static final int OPUS_FIXED = 19;

  private SampleEntry() {}

  /** 14496-12 §12.1.3, 14496-15 §5.4.2.1 and §8.4.1, and the bindings of AV1 and VP9. */
  static void video(BoxWriter out, CodecConfig config) {
    Optional<Picture> picture = Picture.of(config);
    String type =
        switch (config.codec()) {
          case HEVC -> "hvc1";
          case AV1 -> "av01";
          case VP9 -> "vp09";
          default -> "avc1";
        };
    out.box(
        type,
        () -> {
          out.zeros(6);
          out.u16(1);
          out.zeros(16);
          out.u16(picture.map(Picture::width).orElse(0));
          out.u16(picture.map(Picture::height).orElse(0));
          out.u32(0x480000);
          out.u32(0x480000);
          out.u32(0);
          out.u16(1);
          out.zeros(32);
          out.u16(0x18);
          out.u16(-1);
          pictureConfig(out, config);
        });
  }

  private static void pictureConfig(BoxWriter out, CodecConfig config) {
    ByteBuffer record = ByteBuffer.wrap(config.record());
    switch (config.codec()) {
      case HEVC -> out.box("hvcC", () -> out.put(record));
      case AV1 -> out.box("av1C", () -> out.put(record));
      case VP9 -> out.full("vpcC", VPCC_VERSION, 0, () -> out.put(record));
      default -> out.box("avcC", () -> out.put(record));
    }
  }

  /** 14496-12 §12.2.3, 14496-14 §5.6, and the binding of Opus §4.3. */
  static void audio(BoxWriter out, CodecConfig config) {
    Optional<Sound> sound = Sound.of(config);
    int rate = sound.map(Sound::sampleRate).orElse(USUAL_RATE);
    boolean opus = config.codec() == Codec.OPUS;
    out.box(
        opus ? "Opus" : "mp4a",
        () -> {
          out.zeros(6);
          out.u16(1);
          out.zeros(8);
          out.u16(Math.max(1, sound.map(Sound::channels).orElse(2)));
          out.u16(16);
          out.zeros(4);
          // Higher rates have no room here; decoders take them from the configuration.
          out.u32(rate > LARGEST_RATE ? 0 : rate << 16);
          if (opus) {
            out.box("dOps", () -> opus(out, config.record()));
          } else {
            out.full("esds", 0, 0, () -> elementaryStream(out, config));
          }
        });
  }

  /** Like the OpusHead, with version 0 and the numbers the other way round. */
  private static void opus(BoxWriter out, byte[] head) {
    OpusSound sound = OpusSound.of(head).orElse(new OpusSound(2, 0, 48_000));
    int family = head.length >= OPUS_FIXED ? head[OPUS_FIXED - 1] : 0;
    out.u8(0);
    out.u8(sound.channels());
    out.u16(sound.preSkip());
    out.u32(sound.inputRate());
    out.u16(head.length >= OPUS_FIXED ? head[16] & 0xFF | head[17] << 8 : 0);
    out.u8(family);
    if (family != 0) {
      out.put(ByteBuffer.wrap(Arrays.copyOfRange(head, OPUS_FIXED, head.length)));
    }
  }

  private static void elementaryStream(BoxWriter out, CodecConfig config) {
    boolean aac = config.codec() == Codec.AAC;
    out.descriptor(
        3,
        () -> {
          out.u16(Mp4Tracks.AUDIO);
          out.u8(0);
          out.descriptor(
              4,
              () -> {
                out.u8(aac ? AAC_TYPE : MP3_TYPE);
                out.u8(0x15);
                out.zeros(11);
                if (aac) {
                  out.descriptor(5, () -> out.put(ByteBuffer.wrap(config.record())));
                }
              });
          out.descriptor(6, () -> out.u8(2));
        });
  }
}
