package dev.sluice.testing;

import dev.sluice.file.RecordedTags;
import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.mp4.Mp4Writer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files as a recorder writes them that is told to write MP4. */
public final class Mp4Files {
  private Mp4Files() {}

  /** The same frames as in an FLV file. */
  public static byte[] of(Path flv) throws IOException {
    List<dev.sluice.media.flv.FlvTag> tags = new ArrayList<>();
    RecordedTags.read(flv, tags::add);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Mp4Writer writer =
        new Mp4Writer(
            config(tags, true),
            config(tags, false),
            64 * 1024,
            bytes -> out.write(bytes.array(), bytes.position(), bytes.remaining()));
    tags.forEach(tag -> writer.add(tag, tag.time()));
    writer.end();
    return out.toByteArray();
  }

  private static CodecConfig config(List<dev.sluice.media.flv.FlvTag> tags, boolean video) {
    return tags.stream()
        .filter(tag -> tag.isConfig() && tag.isVideo() == video)
        .map(CodecConfig::of)
        .findFirst()
        .orElse(null);
  }
}
