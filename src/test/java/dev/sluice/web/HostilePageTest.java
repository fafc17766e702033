package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.web.PageBrowser.Look;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another page in the browser of somebody who is signed in. It stands on another port of the same
 * address, so that cookies go along: what SameSite holds back elsewhere does not help here.
 */
class HostilePageTest {
  private static final String HOST = "rebind.test";
  private static PageBrowser browser;
  private static HttpServer hostile;
  @TempDir private Path dir;

  @BeforeAll
  static void open() throws IOException {
    browser = new PageBrowser("--host-resolver-rules=MAP " + HOST + " 127.0.0.1");
    hostile = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hostile.createContext(
        "/",
        exchange -> {
          byte[] page = "<!doctype html><title>hostile</title>".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("content-type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    hostile.start();
  }

  @AfterAll
  static void close() {
    browser.close();
    hostile.stop(0);
  }

  /** The hostile page in a browser that is signed in at the server. */
  private static Page visit(PageTab signedIn) {
    Page page = signedIn.page.context().newPage();
    page.navigate("http://127.0.0.1:" + hostile.getAddress().getPort() + "/");
    return page;
  }

  @Test
  void changesNothing() throws Exception {
    try (PageServer server = PageServer.start(dir);
        PageTab tab = browser.open(server.address())) {
      Page page = visit(tab);
      page.evaluate(
          """
          async (server) => {
            const body = JSON.stringify({ link: 'http://127.0.0.1:1/forged.flv' });
            const quietly = (path, more) => fetch(server + path, { mode: 'no-cors', credentials: 'include', ...more }).catch(() => {});
            for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
              await quietly('/api/v1/rooms', { method: 'POST', headers: { 'content-type': type }, body });
            await quietly('/api/v1/rooms', { method: 'POST', body: new Blob([body]) });
            navigator.sendBeacon(server + '/api/v1/rooms', body);
            for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
              await fetch(server + '/api/v1/rooms', { method, credentials: 'include', headers: { 'content-type': 'application/json' }, body }).catch(() => {});
            await fetch(server + '/api/v1/session', { method: 'DELETE', credentials: 'include' }).catch(() => {});
          }
          """,
          server.address());
      page.evaluate(
          """
          (server) => {
            const form = Object.assign(document.createElement('form'), { method: 'post', enctype: 'text/plain', action: server + '/api/v1/rooms' });
            form.append(Object.assign(document.createElement('input'), { name: '{"link":"http://127.0.0.1:1/forged.flv","x":"', value: '"}' }));
            document.body.append(form);
            form.submit();
          }
          """,
          server.address());
      page.waitForURL(server.address() + "/api/v1/rooms");
      tab.page.reload();
      assertThat(tab.part("add-box")).isVisible();
      assertThat(tab.part("room-card")).hasCount(0);
      assertFalse(Files.readString(dir.resolve("sluice.yaml")).contains("forged"));
    }
  }

  @Test
  void readsNothingAndHearsNothing() throws Exception {
    try (PageServer server = PageServer.start(dir);
        PageTab tab = browser.open(server.address())) {
      Page page = visit(tab);
      assertEquals(
          "refused",
          page.evaluate(
              "(server) => fetch(server + '/api/v1/rooms', { credentials: 'include' })"
                  + ".then((answer) => answer.text(), () => 'refused')",
              server.address()));
      assertEquals(
          "closed",
          page.evaluate(
              """
              (server) => new Promise((resolve) => {
                const socket = new WebSocket(server.replace('http', 'ws') + '/api/v1/live');
                socket.onmessage = () => resolve('heard');
                socket.onerror = () => resolve('closed');
              })
              """,
              server.address()));
    }
  }

  @Test
  void framesNothing() throws Exception {
    try (PageServer server = PageServer.start(dir);
        PageTab tab = browser.open(server.address())) {
      Page page = visit(tab);
      ConsoleMessage said =
          page.waitForConsoleMessage(
              () ->
                  page.evaluate(
                      """
                      (server) => void document.body.append(Object.assign(document.createElement('iframe'), { src: server }))
                      """,
                      server.address()));
      assertTrue(said.text().contains("frame-ancestors"), said.text());
    }
  }

  @Test
  void aNameThatLeadsHereShowsNothing() throws Exception {
    try (PageServer server = PageServer.start(dir)) {
      int port = URI.create(server.address()).getPort();
      Page page = browser.context(Look.USUAL).newPage();
      Response answer = page.navigate("http://" + HOST + ":" + port + "/");
      assertNotNull(answer);
      assertEquals(421, answer.status());
      assertTrue(answer.text().contains("host.unknown"), answer.text());
      page.context().close();
    }
  }
}
