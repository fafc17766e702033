package dev.sluice.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real nginx in front of a server, with TLS, as {@code contrib/proxy/nginx.conf} says. */
public final class NginxProxy implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Path RECIPE =
      Path.of(System.getProperty("sluice.home", "."), "contrib/proxy/nginx.conf");
  private static final String AROUND =
      """
      daemon off;
      master_process off;
      pid %1$s/nginx.pid;
      error_log stderr error;
      events { worker_connections 64; }
      http {
        access_log off;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        %2$s
      }
      """;

  private final TestProcess nginx;
  private final int port;

  private NginxProxy(TestProcess nginx, int port) {
    this.nginx = nginx;
    this.port = port;
  }

  /**
   * Starts nginx and waits until it listens.
   *
   * @param folder an empty folder that is deleted by the caller
   * @param serverPort where the server behind it listens on 127.0.0.1
   */
  public static NginxProxy start(Path folder, int serverPort) throws IOException {
    int port = FfmpegLive.freePort();
    String where = folder.toAbsolutePath().toString();
    makeCertificate(where);
    String recipe = Files.readString(RECIPE);
    recipe = replaced(recipe, "listen 443 ssl;", "listen 127.0.0.1:" + port + " ssl;");
    recipe = replaced(recipe, "/etc/ssl/nas.example/fullchain.pem", where + "/cert.pem");
    recipe = replaced(recipe, "/etc/ssl/nas.example/privkey.pem", where + "/key.pem");
    recipe = replaced(recipe, "http://127.0.0.1:8080/;", "http://127.0.0.1:" + serverPort + "/;");
    Files.writeString(folder.resolve("nginx.conf"), AROUND.formatted(where, recipe));
    TestProcess nginx =
        TestProcess.start(List.of("nginx", "-p", where, "-c", "nginx.conf", "-e", "stderr"));
    NginxProxy proxy = new NginxProxy(nginx, port);
    try {
      Await.until(
          LIMIT,
          () -> "nginx listens: " + nginx.errors(),
          () -> !nginx.isAlive() || TcpTable.isListening(port));
      if (!nginx.isAlive()) {
        throw new AssertionError("nginx ended at once: " + nginx.errors());
      }
    } catch (AssertionError e) {
      proxy.close();
      throw e;
    }
    return proxy;
  }

  private static String replaced(String text, String old, String by) {
    if (!text.contains(old)) {
      throw new AssertionError(RECIPE + " no longer says '" + old + "'");
    }
    return text.replace(old, by);
  }

  private static void makeCertificate(String where) {
    TestProcess.run(
        LIMIT,
        List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=nas.example",
            "-keyout",
            where + "/key.pem",
            "-out",
            where + "/cert.pem"));
  }

  public int port() {
    return port;
  }

  /** What nginx had to complain about. */
  public String errors() {
    return nginx.errors();
  }

  @Override
  public void close() {
    nginx.close();
  }
}
