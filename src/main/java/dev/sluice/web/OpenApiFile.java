package dev.sluice.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The description of the API, as it was when the program was built. */
final class OpenApiFile {
  private final Buffer text;

  private OpenApiFile(Buffer text) {
    this.text = text;
  }

  void routes(Routes routes) {
    routes.raw(
        Access.READ,
        List.of(HttpMethod.GET),
        "/openapi.yaml",
        context ->
            context.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml").end(text));
  }

  /** Reads it from the program's archive. Blocks. */
  static OpenApiFile load() {
    try (InputStream file = OpenApiFile.class.getResourceAsStream("openapi.yaml")) {
      if (file == null) {
        throw new IllegalStateException("the program was built without openapi.yaml");
      }
      return new OpenApiFile(Buffer.buffer(file.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
