package dev.sluice.media.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Bytes that are no FLV in the middle of FLV: what is whole is read, and nothing else. */
class FlvDamageTest {
  private static final int TRIES = 300;
  private static final int HEADER = 13;

  private static final class Read implements FlvReader.Sink {
    final List<FlvTag> tags = new ArrayList<>();
    long damaged;

    @Override
    public void header(boolean audio, boolean video) {}

    @Override
    public void tag(dev.sluice.media.flv.FlvTag tag) {
      tags.add(new FlvTag(tag.type(), tag.time(), tag.copyPayload()));
    }

    @Override
    public void damaged(long bytes) {
      damaged += bytes;
    }
  }

  /** A file with damage, and which of its tags must be read all the same. */
  private static final class Damaged {
    final Random random;
    final List<FlvTag> tags = new ArrayList<>();
    final Set<Integer> hurt = new HashSet<>();
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final StringBuilder story = new StringBuilder();
    boolean mimics;
    boolean quiet;

    Damaged(long seed) {
      random = new Random(seed);
      bytes.writeBytes(FlvTags.header(true, true));
      int count = 20 + random.nextInt(40);
      int next = 2 + random.nextInt(6);
      for (int i = 0; i < count; i++) {
        FlvTag tag = randomTag(i * 20L);
        tags.add(tag);
        if (i == next) {
          damage(i, tag.toBytes());
          next += 4 + random.nextInt(12);
        } else {
          bytes.writeBytes(tag.toBytes());
        }
      }
    }

    private FlvTag randomTag(long at) {
      int size = random.nextInt(10) == 0 ? 20_000 : 200 + random.nextInt(300);
      byte[] payload = new byte[size];
      random.nextBytes(payload);
      boolean video = random.nextBoolean();
      payload[0] = (byte) (video ? 0x27 : 0xAF);
      payload[1] = 1;
      return new FlvTag(video ? FlvTag.VIDEO : FlvTag.AUDIO, at, payload);
    }

    private void damage(int i, byte[] tag) {
      int kind = random.nextInt(5);
      story.append(' ').append(kind).append('@').append(i);
      switch (kind) {
        case 0 -> {
          bytes.writeBytes(garbage());
          bytes.writeBytes(tag);
        }
        case 1 -> {
          int[] places = {0, 1, 2, 3, 8, 9, 10};
          tag[places[random.nextInt(places.length)]] ^= (byte) (1 << random.nextInt(8));
          hurt.add(i);
          // sound that became a picture is as whole as any
          quiet |= tag[0] == FlvTag.AUDIO || tag[0] == FlvTag.VIDEO;
          bytes.writeBytes(tag);
        }
        case 2 -> {
          tag[tag.length - 1 - random.nextInt(4)] ^= (byte) (1 << random.nextInt(8));
          bytes.writeBytes(tag);
        }
        case 3 -> {
          hurt.add(i);
          bytes.write(tag, 0, 1 + random.nextInt(tag.length - 1));
        }
        default -> {
          hurt.add(i);
          bytes.writeBytes(Arrays.copyOfRange(tag, 1 + random.nextInt(tag.length - 1), tag.length));
        }
      }
    }

    private byte[] garbage() {
      byte[] garbage = new byte[1 + random.nextInt(random.nextBoolean() ? 40 : 9000)];
      if (random.nextBoolean()) {
        random.nextBytes(garbage);
      } else {
        mimics = true;
        // what looks most like headers: few values, many zeros
        byte[] likely = {0, 0, 0, 8, 9, 18, 11, 1};
        for (int k = 0; k < garbage.length; k++) {
          garbage[k] = likely[random.nextInt(likely.length)];
        }
      }
      return garbage;
    }

    List<FlvTag> whole() {
      List<FlvTag> whole = new ArrayList<>();
      for (int i = 0; i < tags.size(); i++) {
        if (!hurt.contains(i)) {
          whole.add(tags.get(i));
        }
      }
      return whole;
    }
  }

  private static Read read(byte[] bytes, Random pieces, int most) throws FlvException {
    Read read = new Read();
    FlvReader reader = new FlvReader(read);
    int at = 0;
    while (at < bytes.length) {
      int end = Math.min(bytes.length, at + 1 + (most == 1 ? 0 : pieces.nextInt(most)));
      reader.accept(ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, end)));
      at = end;
    }
    reader.end();
    return read;
  }

  @Test
  void whatIsWholeIsReadWhateverStandsBetween() throws FlvException {
    long seed = Seeds.of("whatIsWholeIsReadWhateverStandsBetween");
    for (int i = 0; i < Seeds.tries(TRIES); i++) {
      Damaged file = new Damaged(seed + i);
      byte[] bytes = file.bytes.toByteArray();
      Read whole = read(bytes, new Random(seed), bytes.length);
      String where = "seed " + (seed + i) + file.story;
      List<FlvTag> found = new ArrayList<>(whole.tags);
      found.retainAll(file.whole());
      List<FlvTag> missing = new ArrayList<>(file.whole());
      missing.removeAll(found);
      List<FlvTag> extra = new ArrayList<>(whole.tags);
      extra.removeAll(file.tags);
      assertEquals(List.of(), missing, where + ", made up: " + extra);
      assertEquals(file.whole(), found, where);
      assertTrue(
          file.mimics || whole.tags.size() <= file.tags.size(), "nothing is made up: " + where);
      assertTrue(file.hurt.isEmpty() || file.quiet || whole.damaged > 0 || isAtEnd(file), where);
      for (int most : new int[] {1, 7, 100, 5000}) {
        assertEquals(whole.tags, read(bytes, new Random(i), most).tags, where + " by " + most);
      }
    }
  }

  private static boolean isAtEnd(Damaged file) {
    return file.hurt.stream().allMatch(n -> n >= file.tags.size() - 3);
  }

  @Test
  void aStreamWithoutAFileHeaderIsRead() throws FlvException {
    Damaged file = new Damaged(4);
    byte[] tags = FlvTags.toBytes(file.tags);
    byte[] bare = tags[0] == 'F' ? Arrays.copyOfRange(tags, HEADER, tags.length) : tags;
    for (int most : new int[] {1, 30, 100_000}) {
      assertEquals(file.tags, read(bare, new Random(1), most).tags);
    }
  }

  @Test
  void aTagThatIsCutOffAtTheEndIsNoDamage() throws FlvException {
    Damaged file = new Damaged(4);
    byte[] bytes = FlvTags.toBytes(file.tags);
    byte[] whole = bytes[0] == 'F' ? bytes : join(FlvTags.header(true, true), bytes);
    int last = file.tags.get(file.tags.size() - 1).toBytes().length;
    for (int cut = 1; cut < last; cut++) {
      Read read = read(Arrays.copyOf(whole, whole.length - cut), new Random(cut), 9000);
      assertEquals(file.tags.subList(0, file.tags.size() - 1), read.tags, "cut by " + cut);
      assertEquals(0, read.damaged);
    }
  }

  private static byte[] join(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }

  @Test
  void endlessGarbageIsGivenUpWithLittleMemory() {
    FlvReader reader = new FlvReader(new Read());
    byte[] block = new byte[256 * 1024];
    new Random(1).nextBytes(block);
    long given = 0;
    try {
      reader.accept(ByteBuffer.wrap(FlvTags.header(true, true)));
      for (; given < 200L * 1024 * 1024; given += block.length) {
        reader.accept(ByteBuffer.wrap(block.clone()));
      }
    } catch (FlvException e) {
      assertEquals(FlvException.Kind.BROKEN, e.kind());
    }
    assertTrue(given < 100L * 1024 * 1024, "given up after " + given);
  }
}
