package dev.sluice.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/**
 * A good answer of the API.
 *
 * @param body absent for 204
 * @param headers besides type and length
 */
record Answer(int status, JsonNode body, Map<String, String> headers) {

  static Answer of(int status, JsonNode body) {
    return new Answer(status, body, Map.of());
  }

  static Answer empty() {
    return of(204, null);
  }

  void send(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(status);
    headers.forEach(response::putHeader);
    if (body == null) {
      response.end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(body.toString());
  }
}
