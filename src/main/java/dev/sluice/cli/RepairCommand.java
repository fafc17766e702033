package dev.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.record.Repair;
import dev.sluice.record.RepairFindings;
import dev.sluice.record.RepairReport;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Mends an FLV file of any recorder. */
@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description = {
      "Reads an FLV file of any recorder, or an MP4 file that Sluice recorded, and writes a clean",
      "one beside it: whole frames, each once, times from 0, an index for seeking.",
      "The file itself is not changed.",
      "Exit code 0: written, 1: not."
    })
final class RepairCommand implements Callable<Integer> {
  private static final String ADDED = ".repaired";

  @Parameters(paramLabel = "IN", description = "File to read.")
  private Path in;

  @Option(
      names = "--out",
      paramLabel = "OUT",
      description =
          "File to write, FLV or by its ending .mp4. Default: IN with .repaired before its ending.")
  private Path out;

  @Option(names = "--report", description = "Says it as one JSON object on standard output.")
  private boolean report;

  @Option(names = "--dry-run", description = "Writes nothing, only says what it would do.")
  private boolean dryRun;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Home.useLog("logback-command.xml");
    Path target = out == null ? besides(in) : out;
    if (!target.getFileName().toString().contains(".")) {
      throw new ParameterException(
          spec.commandLine(), "--out: the name needs an ending, for example .flv");
    }
    try {
      if (!Files.isRegularFile(in)) {
        return fail(in + ": there is no such file");
      }
      RepairReport found = Repair.run(in, target, !dryRun);
      if (report) {
        System.out.println(json(found));
      } else {
        print(found);
      }
      return found.files().isEmpty() ? Main.FAILED : Main.OK;
    } catch (NoSuchFileException e) {
      return fail("the folder of " + target + " does not exist");
    } catch (AccessDeniedException e) {
      return fail(e.getFile() + ": not allowed");
    } catch (IOException e) {
      return fail(e.getMessage());
    }
  }

  private static int fail(String why) {
    System.err.println("repair: " + why);
    return Main.FAILED;
  }

  private static Path besides(Path in) {
    String name = in.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String base = dot > 0 ? name.substring(0, dot) : name;
    return in.resolveSibling(base + ADDED + ".flv");
  }

  private void print(RepairReport found) {
    RepairFindings in = found.findings();
    say(
        "read %,d bytes: %,d pictures, %,d frames of sound",
        found.bytes(), in.videoFrames(), in.audioFrames());
    sayIf(
        in.damagedPlaces(),
        "%,d places are damaged, %,d bytes lost",
        in.damagedPlaces(),
        in.damagedBytes());
    sayIf(found.repeats(), "%,d frames stood in it twice: written once", found.repeats());
    sayIf(found.mendedTimes(), "%,d frames had a wrong time", found.mendedTimes());
    sayIf(in.stepsBack(), "times stepped back %,d times: put in order or joined", in.stepsBack());
    sayIf(in.jumpsAhead(), "times jumped ahead by more than a second %,d times", in.jumpsAhead());
    sayIf(
        in.changedConfigs(),
        "the codec's settings changed %,d times: a new file each time",
        in.changedConfigs());
    sayIf(in.repeatedConfigs(), "%,d repeated settings left out", in.repeatedConfigs());
    sayIf(found.leftOut(), "%,d frames before the first key frame left out", found.leftOut());
    found.otherTracks().forEach(track -> say("not written: track %s", track));
    for (RepairReport.Gap gap : found.gaps()) {
      say("missing: %s at %s (%s)", seconds(gap.durationMs()), seconds(gap.atMs()), gap.cause());
    }
    for (RepairReport.Written file : found.files()) {
      say(
          "%s %s, %s, %,d bytes",
          dryRun ? "would write" : "wrote", file.path(), seconds(file.durationMs()), file.bytes());
    }
    if (found.files().isEmpty()) {
      say("nothing in it can be played");
    }
  }

  private static void sayIf(long count, String text, Object... values) {
    if (count > 0) {
      say(text, values);
    }
  }

  private static void say(String text, Object... values) {
    System.out.println(String.format(Locale.ROOT, text, values));
  }

  private static String seconds(long ms) {
    return String.format(Locale.ROOT, "%.3f s", ms / 1000.0);
  }

  private ObjectNode json(RepairReport found) {
    RepairFindings in = found.findings();
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("file", this.in.toString()).put("bytes", found.bytes());
    root.putObject("found")
        .put("tags", in.tags())
        .put("video_frames", in.videoFrames())
        .put("audio_frames", in.audioFrames())
        .put("first_ms", in.firstMs())
        .put("damaged_places", in.damagedPlaces())
        .put("damaged_bytes", in.damagedBytes())
        .put("steps_back", in.stepsBack())
        .put("jumps_ahead", in.jumpsAhead())
        .put("changed_settings", in.changedConfigs())
        .put("repeated_settings", in.repeatedConfigs())
        .put("scripts", in.scripts());
    root.put("mended_times", found.mendedTimes());
    root.put("repeats_dropped", found.repeats()).put("left_out", found.leftOut());
    ArrayNode tracks = root.putArray("other_tracks");
    found.otherTracks().forEach(tracks::add);
    ArrayNode gaps = root.putArray("gaps");
    found
        .gaps()
        .forEach(
            gap ->
                gaps.addObject()
                    .put("at_ms", gap.atMs())
                    .put("duration_ms", gap.durationMs())
                    .put("cause", gap.cause()));
    ArrayNode files = root.putArray(dryRun ? "would_write" : "written");
    found
        .files()
        .forEach(
            file ->
                files
                    .addObject()
                    .put("file", file.path().toString())
                    .put("bytes", file.bytes())
                    .put("duration_ms", file.durationMs())
                    .put("video_frames", file.videoFrames())
                    .put("audio_frames", file.audioFrames()));
    return root;
  }
}
