package dev.sluice.web;

import dev.sluice.testing.Doors;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Carries cookies and the token as the page in a browser does. */
final class Browser {
  final Map<String, String> cookies = new LinkedHashMap<>();
  String token = "";
  private final WebFixture web;

  Browser(WebFixture web) {
    this.web = web;
  }

  static Browser signedIn(WebFixture web) {
    Browser browser = new Browser(web);
    HttpResponse<String> answer = browser.signIn(Doors.PASSWORD);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + ": " + answer.body());
    }
    return browser;
  }

  HttpResponse<String> signIn(String password) {
    return signInBy("password", password);
  }

  HttpResponse<String> signInBy(String member, String value) {
    HttpResponse<String> answer =
        send("POST", "/session", Json.NODES.objectNode().put(member, value).toString());
    if (answer.statusCode() == 200) {
      token = WebFixture.tree(answer).get("token").asText();
    }
    return answer;
  }

  HttpResponse<String> get(String path) {
    return take(web.send(request(path).GET()));
  }

  /** With the token where there is one, and a body of JSON unless it is empty. */
  HttpResponse<String> send(String method, String path, String body) {
    HttpRequest.Builder request = request(path);
    if (!token.isEmpty()) {
      request.header("x-sluice-token", token);
    }
    if (!body.isEmpty()) {
      request.header("content-type", "application/json");
    }
    return take(web.send(request.method(method, BodyPublishers.ofString(body))));
  }

  /** Below the API, with the cookies and nothing else. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = web.stranger("/api/v1" + path);
    if (!cookies.isEmpty()) {
      request.header("cookie", cookieHeader());
    }
    return request;
  }

  String cookieHeader() {
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  private HttpResponse<String> take(HttpResponse<String> answer) {
    for (String cookie : answer.headers().allValues("set-cookie")) {
      String[] parts = cookie.split(";", 2)[0].split("=", 2);
      if (parts[1].isEmpty()) {
        cookies.remove(parts[0]);
      } else {
        cookies.put(parts[0], parts[1]);
      }
    }
    return answer;
  }
}
