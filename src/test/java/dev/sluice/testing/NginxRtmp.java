package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A real nginx with its RTMP module on loopback. Takes RTMP publishers (application {@code live}),
 * makes HLS of them, and serves a folder by HTTP at a limited rate. It does not speak HTTP-FLV of
 * live streams; {@link FfmpegLive} does.
 */
public final class NginxRtmp implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(10);
  private static final String MODULE = "/usr/lib/nginx/modules/ngx_rtmp_module.so";
  private static final String CONFIG =
      """
      load_module %1$s;
      daemon off;
      master_process off;
      pid %2$s/nginx.pid;
      error_log stderr error;
      events { worker_connections 64; }
      rtmp {
        server {
          listen 127.0.0.1:%3$d;
          application live {
            live on;
            hls on;
            hls_path %2$s/root/hls;
            hls_fragment 1s;
            hls_playlist_length 6s;
          }
        }
      }
      http {
        access_log off;
        client_body_temp_path %2$s/body;
        proxy_temp_path %2$s/proxy;
        fastcgi_temp_path %2$s/fastcgi;
        uwsgi_temp_path %2$s/uwsgi;
        scgi_temp_path %2$s/scgi;
        types { video/x-flv flv; application/vnd.apple.mpegurl m3u8; video/mp2t ts; }
        server {
          listen 127.0.0.1:%4$d;
          location / { root %2$s/root; limit_rate %5$d; }
          location /hls/ { root %2$s/root; }
        }
      }
      """;

  private final TestProcess nginx;
  private final Path folder;
  private final int rtmpPort;
  private final int httpPort;

  private NginxRtmp(TestProcess nginx, Path folder, int rtmpPort, int httpPort) {
    this.nginx = nginx;
    this.folder = folder;
    this.rtmpPort = rtmpPort;
    this.httpPort = httpPort;
  }

  /**
   * Starts nginx and waits until it listens.
   *
   * @param folder an empty folder that is deleted by the caller
   * @param bytesPerSecond pace of each download of a file; 0 for no limit
   */
  public static NginxRtmp start(Path folder, long bytesPerSecond) {
    int rtmp = FfmpegLive.freePort();
    int http = FfmpegLive.freePort();
    String config = CONFIG.formatted(MODULE, folder.toAbsolutePath(), rtmp, http, bytesPerSecond);
    try {
      Files.createDirectories(folder.resolve("root/hls"));
      Files.writeString(folder.resolve("nginx.conf"), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String where = folder.toAbsolutePath().toString();
    List<String> command = List.of("nginx", "-p", where, "-c", "nginx.conf", "-e", "stderr");
    NginxRtmp server = new NginxRtmp(TestProcess.start(command), folder, rtmp, http);
    server.awaitStart();
    return server;
  }

  private void awaitStart() {
    try {
      Await.until(
          START_LIMIT,
          () -> "nginx listens: " + nginx.errors(),
          () ->
              !nginx.isAlive()
                  || (TcpTable.isListening(rtmpPort) && TcpTable.isListening(httpPort)));
      if (!nginx.isAlive()) {
        throw new AssertionError("nginx ended at once: " + nginx.errors());
      }
    } catch (AssertionError e) {
      nginx.close();
      throw e;
    }
  }

  /** The folder whose files are served. */
  public Path root() {
    return folder.resolve("root");
  }

  /** The address of a file in {@link #root()}. */
  public URI fileUri(String name) {
    return URI.create("http://127.0.0.1:" + httpPort + "/" + name);
  }

  /** Where the stream of this name is published and played. */
  public URI rtmpUri(String name) {
    return URI.create("rtmp://127.0.0.1:" + rtmpPort + "/live/" + name);
  }

  /** The playlist of the stream of this name; there a few seconds after it is published. */
  public URI hlsUri(String name) {
    return fileUri("hls/" + name + ".m3u8");
  }

  /** Starts an ffmpeg that publishes a looped sample in real time; the caller closes it. */
  public TestProcess publish(Path sample, String name) {
    return TestProcess.start(FfmpegLive.command(sample, rtmpUri(name).toString()));
  }

  /** Ends nginx at once, as a crash would. */
  public void kill() {
    nginx.kill();
  }

  @Override
  public void close() {
    nginx.close();
  }
}
