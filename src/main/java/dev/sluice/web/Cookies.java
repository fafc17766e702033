package dev.sluice.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;

/**
 * The two cookies: the session, and by what a browser is known that signed in before. Cookies do
 * not keep ports apart, so the port that the browser went to is part of their names.
 */
final class Cookies {
  private static final String SESSION = "sluice_session_";
  private static final String DEVICE = "sluice_device_";

  private Cookies() {}

  /** Values of the session cookie; a request may carry several of one name. */
  static List<String> sessions(HttpServerRequest request) {
    return values(request, SESSION);
  }

  /** Values of the cookie of a known browser. */
  static List<String> devices(HttpServerRequest request) {
    return values(request, DEVICE);
  }

  static void putSession(HttpServerRequest request, String token, Duration age, boolean https) {
    put(request, SESSION, token, age, https);
  }

  static void putDevice(HttpServerRequest request, String device, Duration age, boolean https) {
    put(request, DEVICE, device, age, https);
  }

  static void dropSession(HttpServerRequest request, boolean https) {
    put(request, SESSION, "", Duration.ZERO, https);
  }

  private static List<String> values(HttpServerRequest request, String name) {
    return request.cookies(name + port(request)).stream().map(Cookie::getValue).toList();
  }

  private static void put(
      HttpServerRequest request, String name, String value, Duration age, boolean https) {
    HttpServerResponse response = request.response();
    response.addCookie(
        Cookie.cookie(name + port(request), value)
            .setHttpOnly(true)
            .setSameSite(CookieSameSite.STRICT)
            .setPath("/")
            .setSecure(https)
            .setMaxAge(age.toSeconds()));
  }

  private static String port(HttpServerRequest request) {
    String host = request.getHeader(HttpHeaders.HOST);
    String name = Door.hostOf(host);
    return name.length() == host.length() ? "0" : host.substring(name.length() + 1);
  }
}
