package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * FLV samples (H.264 and AAC) made by ffmpeg and kept in {@code target/samples} by their
 * parameters. The same parameters give the same bytes, so several JVMs may make them at once.
 */
public final class FlvSamples {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private FlvSamples() {}

  /** A recipe to adapt: 10 s of 320x180 at 25 frames a second, 1-s GOPs, 300 kbit/s, with sound. */
  public static Recipe recipe() {
    return new Recipe();
  }

  /** A moving test picture and a rising tone; no B-frames. */
  public static Path avcAac(Duration length, int fps, Duration gop, int kbit) {
    return recipe().length(length).fps(fps).gop(gop).kbit(kbit).make();
  }

  /** The default recipe of this length. */
  public static Path avcAac(Duration length) {
    return recipe().length(length).make();
  }

  /** Sound without any picture. */
  public static Path audioOnly(Duration length) {
    return recipe().length(length).withoutVideo().make();
  }

  /** Pictures without any sound. */
  public static Path videoOnly(Duration length) {
    return recipe().length(length).withoutAudio().make();
  }

  /** One colour and silence: nearly all payloads occur many times, and none is a repeat. */
  public static Path stillAndSilent(Duration length) {
    return recipe().length(length).still().make();
  }

  /** Two samples alike but for the size of the picture: 320x180, then 640x360. */
  public static List<Path> twoSizes(Duration length) {
    return List.of(recipe().length(length).make(), recipe().length(length).size(640, 360).make());
  }

  private static Path folder() {
    return Path.of(System.getProperty("sluice.home", ""), "target", "samples").toAbsolutePath();
  }

  /** What a sample shall be; each method answers the same object. */
  public static final class Recipe {
    private long millis = 10_000;
    private int fps = 25;
    private long gopMillis = 1000;
    private int kbit = 300;
    private int bframes;
    private int width = 320;
    private int height = 180;
    private boolean video = true;
    private boolean audio = true;
    private boolean still;

    private Recipe() {}

    public Recipe length(Duration length) {
      millis = length.toMillis();
      return this;
    }

    /** Frames a second. */
    public Recipe fps(int fps) {
      this.fps = fps;
      return this;
    }

    /** The distance of two key frames. */
    public Recipe gop(Duration gop) {
      gopMillis = gop.toMillis();
      return this;
    }

    /** Rate of the picture in kbit/s. */
    public Recipe kbit(int kbit) {
      this.kbit = kbit;
      return this;
    }

    /** How many B-frames in a row, 0 to 16; with any, pictures have composition times. */
    public Recipe bframes(int bframes) {
      this.bframes = bframes;
      return this;
    }

    /** Width and height of the picture, even numbers. */
    public Recipe size(int width, int height) {
      this.width = width;
      this.height = height;
      return this;
    }

    public Recipe withoutVideo() {
      video = false;
      return this;
    }

    public Recipe withoutAudio() {
      audio = false;
      return this;
    }

    /** A plain colour and silence in place of the moving picture and the tone. */
    public Recipe still() {
      still = true;
      return this;
    }

    /** The sample, made now if it is not there yet. Takes ffmpeg about a second. */
    public Path make() {
      synchronized (FlvSamples.class) {
        Path file = folder().resolve(name());
        if (!Files.exists(file)) {
          makeAs(file);
        }
        return file;
      }
    }

    /** Makes the sample under a name of this process and moves it to its place in one step. */
    void makeAs(Path file) {
      try {
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(file.getParent(), "making-", ".flv");
        TestProcess.run(LIMIT, command(part));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Every parameter and the number of the recipe, so that a changed one makes new samples. */
    private String name() {
      String picture =
          video
              ? "-%dx%d-%dfps-g%d-%dk-b%d".formatted(width, height, fps, gopMillis, kbit, bframes)
              : "";
      return "r1%s%s%s-%dms.flv"
          .formatted(still ? "-still" : "", picture, audio ? "-aac" : "", millis);
    }

    private List<String> command(Path file) {
      List<String> words = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y", "-nostdin"));
      if (video) {
        String size = "size=" + width + "x" + height + ":rate=" + fps;
        words.addAll(List.of("-f", "lavfi", "-i", (still ? "color=c=teal:" : "testsrc2=") + size));
      }
      if (audio) {
        words.addAll(List.of("-f", "lavfi", "-i", tone()));
      }
      words.addAll(List.of("-t", millis / 1000 + "." + "%03d".formatted(millis % 1000)));
      if (video) {
        words.addAll(pictureOptions());
      }
      if (audio) {
        words.addAll(List.of("-c:a", "aac", "-b:a", "64k", "-ac", "2"));
      }
      words.addAll(List.of("-fflags", "+bitexact", "-flags", "+bitexact", "-f", "flv"));
      words.add(file.toString());
      return words;
    }

    private String tone() {
      // A steady sine repeats its payloads; a rising one makes nearly every frame its own.
      return still
          ? "anullsrc=r=44100:cl=stereo"
          : "aevalsrc=0.2*sin(2*PI*t*(300+7*t))+0.02*(random(0)-0.5):s=44100:c=mono";
    }

    private List<String> pictureOptions() {
      String gop = String.valueOf(Math.max(1, gopMillis * fps / 1000));
      List<String> words =
          new ArrayList<>(
              List.of("-c:v", "libx264", "-preset", "ultrafast", "-threads", "1", "-g", gop));
      words.addAll(List.of("-keyint_min", gop, "-sc_threshold", "0", "-pix_fmt", "yuv420p"));
      words.addAll(List.of("-b:v", kbit + "k", "-bf", String.valueOf(bframes)));
      if (bframes == 0) {
        words.addAll(List.of("-tune", "zerolatency"));
      }
      return words;
    }
  }
}
