package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes a fragmented MP4 of ffmpeg's apart: what codec configuration each track has, and its
 * samples. Written apart from the production code on purpose; knows no other writer's files.
 */
public final class Mp4Samples {
  private static final Set<String> FOLDERS = Set.of("moov", "trak", "mdia", "minf", "stbl", "traf");
  private static final int VIDEO_ENTRY = 86;
  private static final int AUDIO_ENTRY = 36;

  private final ByteBuffer file;
  private final Map<Integer, Track> tracks = new HashMap<>();
  private Track track;
  private int moofAt;

  /** One track. */
  public static final class Track {
    private String kind = "";
    private long timescale = 1;
    private String configType = "";
    private byte[] config = {};
    private final List<Sample> samples = new ArrayList<>();
    private int defaultDuration;
    private int defaultSize;
    private int defaultFlags;
    private int fragmentFlags;
    private long decodeTime;

    /** {@code vide} or {@code soun}. */
    public String kind() {
      return kind;
    }

    /** Name of the box of the configuration, for example {@code hvcC}. */
    public String configType() {
      return configType;
    }

    /** What stands in that box. */
    public byte[] config() {
      return config;
    }

    public List<Sample> samples() {
      return samples;
    }
  }

  /**
   * One sample.
   *
   * @param decodeMs rounded to milliseconds
   * @param offsetMs from decoding to showing, rounded
   */
  public record Sample(long decodeMs, int offsetMs, boolean key, byte[] data) {}

  private Mp4Samples(ByteBuffer file) {
    this.file = file;
  }

  /** The tracks of a file, pictures first. */
  public static List<Track> read(Path path) {
    try {
      Mp4Samples reader = new Mp4Samples(ByteBuffer.wrap(Files.readAllBytes(path)));
      reader.boxes(0, reader.file.limit());
      List<Track> all = new ArrayList<>(reader.tracks.values());
      all.sort((a, b) -> b.kind.compareTo(a.kind));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void boxes(int from, int to) {
    for (int at = from; at + 8 <= to; at += Math.max(8, file.getInt(at))) {
      box(type(at), at, at + 8, at + file.getInt(at));
    }
  }

  private String type(int at) {
    return new String(file.array(), at + 4, 4, StandardCharsets.ISO_8859_1);
  }

  private void box(String type, int start, int at, int end) {
    switch (type) {
      case "tkhd" -> {
        track = new Track();
        tracks.put(file.getInt(at + (file.get(at) == 0 ? 12 : 20)), track);
      }
      case "mdhd" -> track.timescale = file.getInt(at + (file.get(at) == 0 ? 12 : 20));
      case "hdlr" -> track.kind = type(at + 4);
      case "stsd" -> entry(at + 8);
      case "moof" -> {
        moofAt = start;
        boxes(at, end);
      }
      case "trex" -> defaults(at);
      case "mvex" -> boxes(at, end);
      case "tfhd" -> fragment(at);
      case "tfdt" ->
          track.decodeTime =
              file.get(at) == 0 ? file.getInt(at + 4) & 0xFFFFFFFFL : file.getLong(at + 4);
      case "trun" -> run(at);
      default -> {
        if (FOLDERS.contains(type)) {
          boxes(at, end);
        }
      }
    }
  }

  private void entry(int at) {
    int end = at + file.getInt(at);
    int inner = at + (track.kind.equals("vide") ? VIDEO_ENTRY : AUDIO_ENTRY);
    track.configType = type(inner);
    track.config = Arrays.copyOfRange(file.array(), inner + 8, inner + file.getInt(inner));
    if (inner > end) {
      throw new AssertionError("a sample entry without configuration");
    }
  }

  private void defaults(int at) {
    Track of = tracks.get(file.getInt(at + 4));
    of.defaultDuration = file.getInt(at + 12);
    of.defaultSize = file.getInt(at + 16);
    of.defaultFlags = file.getInt(at + 20);
  }

  private void fragment(int at) {
    int flags = file.getInt(at);
    track = tracks.get(file.getInt(at + 4));
    track.fragmentFlags = track.defaultFlags;
    int next = at + 8 + ((flags & 1) != 0 ? 8 : 0) + ((flags & 2) != 0 ? 4 : 0);
    if ((flags & 8) != 0) {
      track.defaultDuration = file.getInt(next);
      next += 4;
    }
    if ((flags & 0x10) != 0) {
      track.defaultSize = file.getInt(next);
      next += 4;
    }
    if ((flags & 0x20) != 0) {
      track.fragmentFlags = file.getInt(next);
    }
  }

  private void run(int at) {
    int flags = file.getInt(at);
    int count = file.getInt(at + 4);
    int next = at + 8;
    int data = moofAt;
    if ((flags & 1) != 0) {
      data += file.getInt(next);
      next += 4;
    }
    int firstFlags = track.fragmentFlags;
    boolean first = (flags & 4) != 0;
    if (first) {
      firstFlags = file.getInt(next);
      next += 4;
    }
    for (int i = 0; i < count; i++) {
      int duration = track.defaultDuration;
      int size = track.defaultSize;
      int sampleFlags = i == 0 && first ? firstFlags : track.fragmentFlags;
      int offset = 0;
      if ((flags & 0x100) != 0) {
        duration = file.getInt(next);
        next += 4;
      }
      if ((flags & 0x200) != 0) {
        size = file.getInt(next);
        next += 4;
      }
      if ((flags & 0x400) != 0) {
        sampleFlags = file.getInt(next);
        next += 4;
      }
      if ((flags & 0x800) != 0) {
        offset = file.getInt(next);
        next += 4;
      }
      byte[] bytes = Arrays.copyOfRange(file.array(), data, data + size);
      boolean key = (sampleFlags & 0x10000) == 0;
      track.samples.add(new Sample(millis(track.decodeTime), (int) millis(offset), key, bytes));
      track.decodeTime += duration;
      data += size;
    }
  }

  private long millis(long ticks) {
    return Math.round(ticks * 1000.0 / track.timescale);
  }
}
