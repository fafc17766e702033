package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * ffmpeg as a real HTTP-FLV server: sends a looped sample in real time to the one client that
 * connects, and ends when that client goes or after ten minutes.
 */
public final class FfmpegLive implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(10);
  private static final String LONGEST_SECONDS = "600";

  private final TestProcess ffmpeg;
  private final URI uri;

  private FfmpegLive(TestProcess ffmpeg, URI uri) {
    this.ffmpeg = ffmpeg;
    this.uri = uri;
  }

  /** Starts ffmpeg and waits until it listens. */
  public static FfmpegLive start(Path sample) {
    int port = freePort();
    URI uri = URI.create("http://127.0.0.1:" + port + "/live.flv");
    TestProcess ffmpeg = TestProcess.start(command(sample, "-listen", "1", uri.toString()));
    try {
      Await.until(
          START_LIMIT,
          () -> "ffmpeg listens: " + ffmpeg.errors(),
          () -> TcpTable.isListening(port) || !ffmpeg.isAlive());
      if (!ffmpeg.isAlive()) {
        throw new AssertionError("ffmpeg ended at once: " + ffmpeg.errors());
      }
    } catch (AssertionError e) {
      ffmpeg.close();
      throw e;
    }
    return new FfmpegLive(ffmpeg, uri);
  }

  /** Words to push a looped sample in real time, unchanged, as FLV. */
  static List<String> command(Path sample, String... target) {
    List<String> words =
        new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-re", "-stream_loop", "-1"));
    words.addAll(List.of("-i", sample.toString(), "-t", LONGEST_SECONDS, "-c", "copy"));
    words.addAll(List.of("-f", "flv", "-flvflags", "no_duration_filesize"));
    words.addAll(List.of(target));
    return words;
  }

  /** A port of loopback that was free a moment ago. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI uri() {
    return uri;
  }

  public boolean isAlive() {
    return ffmpeg.isAlive();
  }

  /** Ends as when its machine loses power: no end of sequence, no last chunk. */
  public void kill() {
    ffmpeg.kill();
  }

  /** Ends politely. */
  @Override
  public void close() {
    ffmpeg.close();
  }
}
