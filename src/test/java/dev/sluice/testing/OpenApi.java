package dev.sluice.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The description of the API, {@code docs/openapi.yaml}. From any thread. */
public final class OpenApi {
  /** Where it stands, for messages. */
  public static final String FILE = "docs/openapi.yaml";

  private static final String ID = "urn:sluice:openapi";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final OpenApi OURS =
      read(Path.of(System.getProperty("sluice.home", ".")).resolve(FILE));

  private final JsonNode document;
  private final JsonSchemaFactory schemas;
  private final Map<String, JsonSchema> known = new ConcurrentHashMap<>();

  OpenApi(String yaml) {
    Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    document = JSON.valueToTree(tree);
    JsonMetaSchema plain = JsonMetaSchema.getV202012();
    JsonMetaSchema meta =
        JsonMetaSchema.builder(plain.getIri(), plain)
            .unknownKeywordFactory((name, context) -> new NonValidationKeyword(name))
            .build();
    schemas =
        JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder ->
                builder
                    .metaSchema(meta)
                    .schemaLoaders(loaders -> loaders.schemas(Map.of(ID, document.toString()))));
  }

  /** Ours, read once. */
  public static OpenApi ours() {
    return OURS;
  }

  private static OpenApi read(Path file) {
    try {
      return new OpenApi(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything. */
  public JsonNode document() {
    return document;
  }

  /** Methods in upper case by path, such as {@code /api/v1/rooms/{id}}. */
  public Map<String, TreeSet<String>> methods() {
    Map<String, TreeSet<String>> methods = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      TreeSet<String> names = new TreeSet<>();
      path.getValue().fieldNames().forEachRemaining(name -> names.add(name.toUpperCase()));
      names.remove("PARAMETERS");
      methods.put(path.getKey(), names);
    }
    return methods;
  }

  /** The described path that an address fits; one without parameters before others. */
  public Optional<String> path(String address) {
    List<String> asked = List.of(address.split("/", -1));
    return methods().keySet().stream()
        .filter(path -> fits(List.of(path.split("/", -1)), asked))
        .min((a, b) -> Long.compare(parameters(a), parameters(b)));
  }

  private static boolean fits(List<String> path, List<String> asked) {
    boolean fits = path.size() == asked.size();
    for (int i = 0; fits && i < path.size(); i++) {
      boolean parameter = path.get(i).startsWith("{") && !asked.get(i).isEmpty();
      fits = parameter || path.get(i).equals(asked.get(i));
    }
    return fits;
  }

  private static long parameters(String path) {
    return path.chars().filter(c -> c == '{').count();
  }

  /** What is described at this place, references followed; missing when nothing is. */
  public JsonNode at(String pointer) {
    JsonNode node = document.at(pointer);
    return node.has("$ref") ? at(node.get("$ref").asText().substring(1)) : node;
  }

  /** Where that stands, references followed. */
  String place(String pointer) {
    JsonNode node = document.at(pointer);
    return node.has("$ref") ? place(node.get("$ref").asText().substring(1)) : pointer;
  }

  /** Pointer to an operation. */
  static String operation(String path, String method) {
    return "/paths/" + escaped(path) + "/" + method.toLowerCase();
  }

  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** What about a value does not fit the schema at this place; empty when it fits. */
  public String mistakes(String pointer, JsonNode value) {
    return known.computeIfAbsent(pointer, this::schema).validate(value).stream()
        .map(ValidationMessage::getMessage)
        .collect(Collectors.joining("; "));
  }

  private JsonSchema schema(String pointer) {
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    String fragment = pointer.replace("{", "%7B").replace("}", "%7D");
    return schemas.getSchema(SchemaLocation.of(ID + "#" + fragment), config);
  }
}
