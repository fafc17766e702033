package dev.sluice.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testing.Await;
import dev.sluice.testing.Contract;
import dev.sluice.testing.Doors;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A page that listens, and keeps what it heard. */
final class LivePage implements WebSocket.Listener {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  final List<JsonNode> heard = new CopyOnWriteArrayList<>();
  volatile int closedWith;
  private final StringBuilder text = new StringBuilder();
  private WebSocket socket;

  static LivePage open(WebFixture web) {
    LivePage page = new LivePage();
    page.socket =
        builder(web.client)
            .buildAsync(address(web), page)
            .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
            .join();
    return page;
  }

  static WebSocket.Builder builder(HttpClient client) {
    return client.newWebSocketBuilder().connectTimeout(LIMIT).header("authorization", Doors.BEARER);
  }

  static URI address(WebFixture web) {
    return URI.create("ws://127.0.0.1:" + web.port() + "/api/v1/live");
  }

  WebSocket socket() {
    return socket;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      heard.add(WebFixture.tree(text.toString()));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closedWith = status;
    return null;
  }

  /** The first message that fits, waited for. */
  JsonNode await(String what, java.util.function.Predicate<JsonNode> wanted) {
    Await.until(LIMIT, () -> what + " in " + heard, () -> heard.stream().anyMatch(wanted));
    heard.forEach(Contract::live);
    return heard.stream().filter(wanted).findFirst().orElseThrow();
  }

  JsonNode snapshot() {
    return await("a snapshot", message -> message.get("type").asText().equals("snapshot"));
  }
}
