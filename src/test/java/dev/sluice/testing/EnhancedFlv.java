package dev.sluice.testing;

import dev.sluice.testing.Mp4Samples.Sample;
import dev.sluice.testing.Mp4Samples.Track;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Streams in codecs that ffmpeg 5.1 cannot put into FLV: made by it as MP4, and put into tags here
 * (flv.md §2, §3).
 */
public final class EnhancedFlv {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private EnhancedFlv() {}

  /** How tags are written. */
  public enum Form {
    /** Codec numbers of the old header. */
    LEGACY,
    /** Four letters, composition times written. */
    ENHANCED,
    /** Four letters, composition times left out where they are 0. */
    SHORT,
    /** With a modifier of nanoseconds in front. */
    MODIFIED,
    /** As the only track of a multitrack tag. */
    ONE_TRACK,
    /** As the first of two tracks of a multitrack tag. */
    TWO_TRACKS
  }

  /** Three seconds of a test picture and a tone, in the encoders that are named. */
  public static Path mp4(String videoEncoder, String audioEncoder) {
    Path file =
        Path.of(System.getProperty("sluice.home", ""), "target", "samples")
            .toAbsolutePath()
            .resolve("e1-" + videoEncoder + "-" + audioEncoder + ".mp4");
    synchronized (EnhancedFlv.class) {
      if (!Files.exists(file)) {
        make(file, videoEncoder, audioEncoder);
      }
    }
    return file;
  }

  private static void make(Path file, String video, String audio) {
    try {
      Files.createDirectories(file.getParent());
      Path part = Files.createTempFile(file.getParent(), "making-", ".mp4");
      List<String> words = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y", "-nostdin"));
      words.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25"));
      words.addAll(List.of("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"));
      words.addAll(List.of("-t", "3", "-pix_fmt", "yuv420p", "-c:v", video, "-g", "25"));
      words.addAll(options(video));
      words.addAll(List.of("-c:a", audio, "-ac", "2", "-strict", "-2"));
      words.addAll(List.of("-movflags", "+frag_keyframe+empty_moov+default_base_moof"));
      words.add(part.toString());
      TestProcess.run(LIMIT, words);
      Files.move(part, file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> options(String encoder) {
    return switch (encoder) {
      case "libx265" ->
          List.of("-preset", "ultrafast", "-tag:v", "hvc1", "-x265-params", "log-level=none");
      case "libsvtav1" -> List.of("-preset", "12");
      case "libvpx-vp9" -> List.of("-deadline", "realtime", "-cpu-used", "8");
      default -> List.of();
    };
  }

  /** All tags of a stream, configurations first. */
  public static List<FlvTag> tags(Path mp4, Form form) {
    List<FlvTag> tags = new ArrayList<>();
    List<FlvTag> frames = new ArrayList<>();
    for (Track track : Mp4Samples.read(mp4)) {
      boolean video = track.kind().equals("vide");
      byte[] config = video ? track.config() : soundConfig(track);
      if (config.length > 0) {
        byte[] data = track.configType().equals("vpcC") ? tail(config, 4) : config;
        tags.add(tag(video, 0, payload(track, form, 0, new Sample(0, 0, true, data))));
      }
      for (Sample sample : track.samples()) {
        byte[] payload = payload(track, form, 1, sample);
        frames.add(tag(video, sample.decodeMs(), payload));
      }
    }
    frames.sort(Comparator.comparingLong(FlvTag::timestamp));
    tags.addAll(frames);
    return tags;
  }

  private static byte[] tail(byte[] bytes, int from) {
    return java.util.Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static FlvTag tag(boolean video, long at, byte[] payload) {
    return new FlvTag(video ? FlvTag.VIDEO : FlvTag.AUDIO, at, payload);
  }

  private static byte[] payload(Track track, Form form, int packet, Sample sample) {
    return track.kind().equals("vide")
        ? picture(track, form, packet, sample)
        : sound(track, form, packet, sample);
  }

  private static byte[] picture(Track track, Form form, int packet, Sample sample) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int frameType = sample.key() ? 1 : 2;
    boolean composed = track.configType().equals("hvcC") || track.configType().equals("avcC");
    if (form == Form.LEGACY) {
      out.write(frameType << 4 | (track.configType().equals("hvcC") ? 12 : 7));
      out.write(packet);
      put(out, sample.offsetMs(), 3);
      out.writeBytes(sample.data());
      return out.toByteArray();
    }
    boolean shortened = form == Form.SHORT && sample.offsetMs() == 0 && packet == 1;
    int type = shortened ? 3 : packet;
    byte[] data = sample.data();
    if (composed && type == 1) {
      ByteArrayOutputStream with = new ByteArrayOutputStream();
      put(with, sample.offsetMs(), 3);
      with.writeBytes(data);
      data = with.toByteArray();
    }
    return wrapped(form, 0x80 | frameType << 4, type, 6, fourCc(track), data);
  }

  private static byte[] sound(Track track, Form form, int packet, Sample sample) {
    if (form == Form.LEGACY) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (track.configType().equals("esds") && soundConfig(track).length == 0) {
        out.write(0x2F);
      } else {
        out.write(0xAF);
        out.write(packet);
      }
      out.writeBytes(sample.data());
      return out.toByteArray();
    }
    return wrapped(form, 0x90, packet, 5, fourCc(track), sample.data());
  }

  private static byte[] wrapped(
      Form form, int upper, int packet, int multitrack, String fourCc, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] letters = fourCc.getBytes(StandardCharsets.US_ASCII);
    switch (form) {
      case MODIFIED -> {
        out.write(upper | 7);
        out.write(2);
        put(out, 123_456, 3);
        out.write(packet);
        out.writeBytes(letters);
        out.writeBytes(data);
      }
      case ONE_TRACK -> {
        out.write(upper | multitrack);
        out.write(packet);
        out.writeBytes(letters);
        out.write(0);
        out.writeBytes(data);
      }
      case TWO_TRACKS -> {
        out.write(upper | multitrack);
        out.write(0x10 | packet);
        out.writeBytes(letters);
        out.write(0);
        put(out, data.length, 3);
        out.writeBytes(data);
        out.write(1);
        put(out, 5, 3);
        out.writeBytes(new byte[] {1, 2, 3, 4, 5});
      }
      default -> {
        out.write(upper | packet);
        out.writeBytes(letters);
        out.writeBytes(data);
      }
    }
    return out.toByteArray();
  }

  private static String fourCc(Track track) {
    return switch (track.configType()) {
      case "hvcC" -> "hvc1";
      case "av1C" -> "av01";
      case "vpcC" -> "vp09";
      case "avcC" -> "avc1";
      case "dOps" -> "Opus";
      default -> soundConfig(track).length == 0 ? ".mp3" : "mp4a";
    };
  }

  private static void put(ByteArrayOutputStream out, int value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      out.write(value >> 8 * i);
    }
  }

  /** AudioSpecificConfig or OpusHead; empty for MP3, which has none. */
  private static byte[] soundConfig(Track track) {
    byte[] config = track.config();
    if (track.configType().equals("dOps")) {
      ByteBuffer from = ByteBuffer.wrap(config);
      ByteBuffer head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
      head.put("OpusHead".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put(from.get(1));
      head.putShort(from.getShort(2)).putInt(from.getInt(4)).putShort(from.getShort(8));
      return head.put((byte) 0).array();
    }
    for (int i = 4; i + 5 < config.length; i++) {
      boolean specific = config[i] == 5 && (config[i + 1] & 0xFF) == 0x80;
      if (specific) {
        return java.util.Arrays.copyOfRange(config, i + 5, i + 5 + config[i + 4]);
      }
    }
    return new byte[0];
  }
}
