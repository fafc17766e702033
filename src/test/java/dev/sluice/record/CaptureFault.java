package dev.sluice.record;

import dev.sluice.testing.Broadcast;
import dev.sluice.testing.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** How a live stream breaks, and what the source answers until it is back. */
enum CaptureFault {
  RESET((place, live, random) -> List.of(place.script(live).reset())),
  CLOSED((place, live, random) -> List.of(place.script(live).fin())),
  STALLED((place, live, random) -> List.of(place.script(live).stall())),
  TRICKLING((place, live, random) -> List.of(place.trickling(live, 20).stall())),

  BUSY_AFTER((place, live, random) -> away(place.script(live).reset(), Script.status(503))),
  FORBIDDEN_AFTER((place, live, random) -> away(place.script(live).fin(), Script.status(403))),
  NOT_FOUND_AFTER((place, live, random) -> away(place.script(live).fin(), Script.status(404))),
  GONE_AFTER((place, live, random) -> away(place.script(live).reset(), Script.status(410))),
  HTML_AFTER((place, live, random) -> away(place.script(live).fin(), Script.html(html()))),
  JSON_AFTER(
      (place, live, random) ->
          away(place.script(live).fin(), Script.json("{\"code\":-400,\"message\":\"请求错误\"}"))),
  ZIPPED_PAGE_AFTER((place, live, random) -> away(place.script(live).reset(), zippedPage())),
  PICTURE_AFTER((place, live, random) -> away(place.script(live).fin(), picture(random))),
  NOTHING_AFTER((place, live, random) -> away(place.script(live).fin(), Script.empty())),
  FLAPPING((place, live, random) -> flapping(place.script(live).fin(), live, random)),

  LENGTH_TOO_SHORT(
      (place, live, random) -> List.of(place.announced(live).raw(new byte[5000]).stall())),
  LENGTH_TOO_LONG(
      (place, live, random) -> List.of(place.script(live).contentLength(Long.MAX_VALUE).fin())),
  CHUNK_OF_2_TO_63(
      (place, live, random) ->
          List.of(chunk(place.script(live), "8000000000000000\r\nFLV").stall())),
  CHUNK_NEVER_WHOLE(
      (place, live, random) -> List.of(chunk(place.script(live), "7fffffff\r\n").fin())),
  CHUNK_WITHOUT_SIZE(
      (place, live, random) -> List.of(chunk(place.script(live), "no number\r\n").stall()));

  private static final Duration AGAIN = Duration.ofMillis(200);

  private final Course course;

  /** The connections from the broken one up to the last before the stream is back. */
  private interface Course {
    List<Script> scripts(CutPlace place, Broadcast live, Random random);
  }

  CaptureFault(Course course) {
    this.course = course;
  }

  List<Script> scripts(CutPlace place, Broadcast live, Random random) {
    return course.scripts(place, live, random);
  }

  private static List<Script> away(Script broken, Script answer) {
    return List.of(broken, answer.delay(AGAIN), answer, answer);
  }

  /** Of the tries that follow three in ten are refused. */
  private static List<Script> flapping(Script broken, Broadcast live, Random random) {
    List<Script> scripts = new ArrayList<>(List.of(broken));
    for (int i = 0; i < 4; i++) {
      while (random.nextInt(10) < 3) {
        scripts.add(Script.status(random.nextBoolean() ? 404 : 403));
      }
      scripts.add(Script.join(live).live(AGAIN).fin());
    }
    return scripts;
  }

  private static Script chunk(Script broken, String framing) {
    return broken.chunked().raw(framing.getBytes(StandardCharsets.US_ASCII));
  }

  private static String html() {
    return "<!DOCTYPE html><html><body>" + "sorry ".repeat(2000) + "</body></html>";
  }

  private static Script zippedPage() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
      packed.write(html().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Script.body(200, "text/html", out.toByteArray()).header("Content-Encoding: gzip");
  }

  private static Script picture(Random random) {
    byte[] bytes = new byte[20_000];
    random.nextBytes(bytes);
    System.arraycopy(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}, 0, bytes, 0, 3);
    return Script.body(200, "image/jpeg", bytes);
  }
}
