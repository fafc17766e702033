package dev.sluice.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.room.Mode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Reads bodies of requests: JSON objects, each known field of the right type. */
final class Body {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_TEXT = 8192;
  private static final ObjectMapper MAPPER = mapper();
  private static final Set<String> TYPES =
      Set.of("application/json", "application/merge-patch+json");

  private static final List<Field> ROOM_FIELDS =
      List.of(
          new Field("link", JsonNode::isTextual, "text"),
          new Field("name", JsonNode::isTextual, "text"),
          new Field("mode", Body::isMode, "record, notify or paused"),
          new Field("record", JsonNode::isBoolean, "true or false"),
          new Field("targets", Body::isTexts, "a list of names"));

  private Body() {}

  private record Field(String name, Predicate<JsonNode> fits, String wanted) {}

  /**
   * @throws Refusal 415 when there is a body of another type
   */
  static void checkType(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean body = length != null && !length.equals("0");
    if (body && !TYPES.contains(type(request.getHeader(HttpHeaders.CONTENT_TYPE)))) {
      throw new Refusal(415, "body.type", "send the body as application/json");
    }
  }

  private static String type(String header) {
    String type = header == null ? "" : header;
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws Refusal 400 when it is no JSON, 422 when it is no object
   */
  static ObjectNode object(RoutingContext context) {
    byte[] bytes =
        context.body().buffer() == null ? new byte[0] : context.body().buffer().getBytes();
    JsonNode node;
    try {
      node = MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new Refusal(400, "body.json", "the body is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new Refusal(400, "body.json", "the body is no JSON in UTF-8");
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new Refusal(422, "body.object", "the body must be a JSON object");
  }

  /** The same; no body is an empty object. */
  static ObjectNode optional(RoutingContext context) {
    boolean none = context.body().buffer() == null || context.body().buffer().length() == 0;
    return none ? JsonNodeFactory.instance.objectNode() : object(context);
  }

  /**
   * The text that a member holds.
   *
   * @throws Refusal 422 when it is none, empty or longer than any text here may be
   */
  static String text(ObjectNode object, String name) {
    return text(object, name, MAX_TEXT);
  }

  /** The same with another limit, in UTF-16 units. */
  static String text(ObjectNode object, String name, int most) {
    JsonNode value = object.get(name);
    if (value == null || !value.isTextual() || value.textValue().isEmpty()) {
      throw new Refusal(422, "field.type", name + ": must be text, and not empty");
    }
    if (value.textValue().length() > most) {
      throw new Refusal(422, "field.long", name + ": must be shorter than this");
    }
    return value.textValue();
  }

  /** Whether a member is true; absent is false. */
  static boolean flag(ObjectNode object, String name) {
    return flag(object, name, false);
  }

  /** The same, with what absent is. */
  static boolean flag(ObjectNode object, String name, boolean absent) {
    JsonNode value = object.path(name);
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      throw new Refusal(422, "field.type", name + ": must be true or false");
    }
    return value.asBoolean(absent);
  }

  /** The fields of a new room that were given; null is as if it were absent. */
  static ObjectNode newRoom(RoutingContext context) {
    ObjectNode room = room(object(context));
    room.properties().removeIf(field -> field.getValue().isNull());
    if (room.path("link").asText("").isBlank()) {
      throw new Refusal(422, "link.missing", "link: the address of the room is needed");
    }
    return room;
  }

  /** The fields of a room to change; null stands for going back to the inherited value. */
  static ObjectNode roomChange(RoutingContext context) {
    ObjectNode room = room(object(context));
    room.remove("link");
    return room;
  }

  private static ObjectNode room(ObjectNode given) {
    ObjectNode room = JsonNodeFactory.instance.objectNode();
    for (Field field : ROOM_FIELDS) {
      JsonNode value = given.get(field.name());
      if (value == null) {
        continue;
      }
      if (!value.isNull() && !field.fits().test(value)) {
        throw new Refusal(422, "field.type", field.name() + ": must be " + field.wanted());
      }
      room.set(field.name(), value);
    }
    takeRecordAsMode(room);
    return room;
  }

  /** Before there were modes a room was recorded or not; that is still taken. */
  private static void takeRecordAsMode(ObjectNode room) {
    JsonNode record = room.remove("record");
    if (record != null && room.has("mode")) {
      throw new Refusal(422, "field.twice", "record: stands beside mode; send mode alone");
    }
    if (record != null && record.isNull()) {
      room.set("mode", record);
    } else if (record != null) {
      room.put("mode", (record.asBoolean() ? Mode.RECORD : Mode.PAUSED).word());
    }
  }

  private static boolean isMode(JsonNode node) {
    return Arrays.stream(Mode.values()).anyMatch(mode -> mode.word().equals(node.asText()));
  }

  private static boolean isTexts(JsonNode node) {
    boolean texts = node.isArray();
    for (JsonNode item : node) {
      texts &= item.isTextual();
    }
    return texts;
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
    return mapper;
  }
}
