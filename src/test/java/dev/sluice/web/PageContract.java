package dev.sluice.web;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.WebSocket;
import dev.sluice.testing.Contract;
import dev.sluice.testing.Contract.Seen;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a browser got from the API, to be held to its description when the page is closed. */
final class PageContract {
  private final String origin;
  private final List<Response> answers = new ArrayList<>();
  private final Set<Request> finished = new HashSet<>();
  private final List<String> messages = new ArrayList<>();

  /** Listens to the page from now on; {@code check} is for the same thread. */
  PageContract(Page page, String address) {
    URI uri = URI.create(address);
    origin = uri.getScheme() + "://" + uri.getAuthority() + "/";
    page.onResponse(answers::add);
    page.onRequestFinished(finished::add);
    page.onWebSocket(
        (WebSocket socket) -> socket.onFrameReceived(frame -> messages.add(frame.text())));
  }

  /**
   * @throws AssertionError when an answer or a message is not as described
   */
  void check() {
    // reading one answer lets the browser tell of the next
    List.copyOf(answers).stream()
        .filter(answer -> answer.url().startsWith(origin + "api/"))
        .filter(answer -> !isPlayed(answer))
        .forEach(answer -> Contract.check(seen(answer)));
    List.copyOf(messages).forEach(message -> Contract.live(WebFixture.tree(message)));
  }

  /** What a test answered in the server's place came from no address. */
  private static boolean isPlayed(Response answer) {
    try {
      return answer.serverAddr() == null;
    } catch (PlaywrightException e) {
      return false;
    }
  }

  private Seen seen(Response answer) {
    URI uri = URI.create(answer.url());
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    Map<String, List<String>> headers = new HashMap<>();
    headers(answer).forEach((name, value) -> headers.put(name, List.of(value)));
    return new Seen(
        answer.request().method(),
        uri.getRawPath() + query,
        answer.status(),
        headers,
        body(answer, headers));
  }

  /** Cookies are among them only while the browser still keeps the answer. */
  private Map<String, String> headers(Response answer) {
    if (!finished.contains(answer.request())) {
      return answer.headers();
    }
    try {
      return answer.allHeaders();
    } catch (PlaywrightException e) {
      return answer.headers();
    }
  }

  /**
   * Null where the browser does not keep it: downloads, and pages that were left. Asking for an
   * answer that a reload cut off would wait for ever.
   */
  private String body(Response answer, Map<String, List<String>> headers) {
    String type = String.join("", headers.getOrDefault("content-type", List.of("")));
    if (!type.contains("json") || headers.containsKey("content-disposition")) {
      return null;
    }
    if (!finished.contains(answer.request())) {
      return null;
    }
    try {
      return answer.text();
    } catch (PlaywrightException e) {
      return null;
    }
  }
}
