package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.room.RoomState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page's files as they stand: texts in both languages, and nothing that its CSP would block.
 */
class WebrootTest {
  private static final Path ROOT =
      Path.of(System.getProperty("sluice.home", "."), "webroot").toAbsolutePath().normalize();
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
  private static final Pattern TEXT_USED = Pattern.compile("\\bt\\(\\s*'([^'$]+)'");
  private static final Pattern CHOSEN_TEXT_USED =
      Pattern.compile("\\bt\\([^()'`]+\\? '([^']+)' : '([^']+)'");
  private static final Pattern COUNT_USED = Pattern.compile("\\btn\\(\\s*'([^'$]+)'");
  private static final Pattern ICON_USED = Pattern.compile("\\bicon\\('([^']+)'|sign=\"([^\"]+)\"");
  private static final Pattern ICON_MADE = Pattern.compile("<symbol id=\"([^\"]+)\"");
  private static final Pattern MODULE_USED =
      Pattern.compile("(?:from|import)\\s*\\(?'([./][^']+|lit[^']*)'");
  private static final Pattern STATIC_IMPORT =
      Pattern.compile("(?:\\bfrom|\\bimport)\\s*[\"']([^\"']+)[\"']");
  private static final int SHELL_LIMIT = 60 * 1024;

  private final Map<String, String> zh = texts("zh");
  private final Map<String, String> en = texts("en");

  @Test
  void bothLanguagesHaveTheSameKeys() {
    assertEquals(zh.keySet(), en.keySet());
    assertFalse(zh.isEmpty());
  }

  @Test
  void bothLanguagesHaveTheSamePlaceholders() {
    for (String key : zh.keySet()) {
      assertEquals(found(PLACEHOLDER, zh.get(key)), found(PLACEHOLDER, en.get(key)), key);
      assertFalse(zh.get(key).isBlank() || en.get(key).isBlank(), key);
    }
  }

  @Test
  void everyTextUsedExists() {
    Set<String> used = new TreeSet<>();
    for (String code : sources("app").values()) {
      used.addAll(found(TEXT_USED, code));
      used.addAll(found(CHOSEN_TEXT_USED, code));
      found(COUNT_USED, code).forEach(key -> used.addAll(List.of(key + ".one", key + ".other")));
    }
    assertTrue(used.size() > 60, "the search finds the uses");
    used.removeAll(zh.keySet());
    assertEquals(Set.of(), used);
  }

  @Test
  void everyStateHasItsWordAndItsSign() {
    Set<String> icons = found(ICON_MADE, read(ROOT.resolve("icons.svg")));
    for (RoomState state : RoomState.values()) {
      assertTrue(zh.containsKey("state." + state.word()), state.word());
      assertTrue(icons.contains(state.word()), state.word());
    }
    for (DeliveryRow.State state : DeliveryRow.State.values()) {
      assertTrue(zh.containsKey("delivery." + state.word()), state.word());
      assertTrue(zh.containsKey("badge." + state.word() + ".other"), state.word());
      assertTrue(icons.contains(state.word()), state.word());
    }
  }

  @Test
  void thePageKnowsTheStatesOfTheApi() {
    String code = read(ROOT.resolve("app/roomview.js"));
    String list = code.substring(code.indexOf("ROOM_STATES = [") + 15);
    Set<String> states = found(Pattern.compile("'(\\w+)'"), list.substring(0, list.indexOf(']')));
    assertEquals(
        Arrays.stream(RoomState.values()).map(RoomState::word).collect(Collectors.toSet()), states);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "offline",
        "unknown.status{status}",
        "unknown.network{detail}",
        "unknown.timeout",
        "unknown.not_media{head}",
        "unknown.no_media{seconds}",
        "refused.hls",
        "refused.codec{codec}",
        "refused.locked",
        "refused.taken",
        "refused.link{detail}",
        "stopped.by_user",
        "paused.by_user",
        "starting",
        "stopping",
        "grace",
        "live",
        "recording",
        "stopped",
        "no_new_media",
        "no_answer",
        "first_look",
        "storage.closed{root}{free}{reserve}",
        "storage.absent{root}",
        "failed{detail}"
      })
  void everyReasonHasATextWithItsValues(String reason) {
    String key = "reason." + PLACEHOLDER.matcher(reason).replaceAll("");
    assertTrue(zh.containsKey(key), key);
    assertEquals(found(PLACEHOLDER, reason), found(PLACEHOLDER, zh.get(key)), key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cause.connection_lost",
        "cause.connection_closed",
        "cause.stalled",
        "cause.broken_stream",
        "cause.source_began_anew",
        "cause.interrupted",
        "cause.missing_at_the_source",
        "notice.delivery.needs_you{file}{target}{error}",
        "notice.settings.invalid{detail}",
        "notice.storage.closed{root}",
        "notice.storage.clock",
        "notice.storage.taken{count}{size}{name}",
        "notice.disk.low{root}{reserve}",
        "notice.webhook.failing{name}{error}",
        "notice.storage.no_links{root}",
        "notice.storage.no_locks{root}",
        "notice.name.template{detail}",
        "notice.recording.recovered{count}{file}",
        "notice.disk.low{root}{reserve}",
        "notice.storage.clock",
        "notice.storage.taken{count}{size}{name}",
        "error.settings.invalid{detail}",
        "error.link.unknown",
        "error.link.scheme",
        "error.link.invalid",
        "error.link.host",
        "error.link.port",
        "error.link.user",
        "error.link.long"
      })
  void whatTheServerNamesHasATextWithItsValues(String named) {
    String key = PLACEHOLDER.matcher(named).replaceAll("");
    assertTrue(zh.containsKey(key), key);
    assertEquals(found(PLACEHOLDER, named), found(PLACEHOLDER, zh.get(key)), key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unsafeHTML",
        "unsafeSVG",
        "unsafeMathML",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document\\.write",
        "\\bstyle=",
        "styleMap",
        "<style",
        "\\son\\w+=[\"']",
        "javascript:",
        "\\beval\\(",
        "new Function"
      })
  void nothingThatTheCspBlocksOrThatTurnsTextIntoMarkup(String forbidden) {
    Pattern pattern = Pattern.compile(forbidden);
    sources("").forEach((file, code) -> assertFalse(pattern.matcher(code).find(), file));
  }

  @Test
  void nothingIsFetchedFromOutside() {
    Pattern outside =
        Pattern.compile(
            "(?:(?:src|href|action)=[\"']|url\\(|from '|import\\('|@import )\\s*(?:https?:)?//");
    Pattern anyAddress = Pattern.compile("https?://[\\w.]+");
    Set<String> names = Set.of("http://www.w3.org");
    sources("")
        .forEach(
            (file, code) -> {
              assertFalse(outside.matcher(code).find(), file);
              if (!file.startsWith("dev/")) {
                Set<String> addresses = whole(anyAddress, code);
                addresses.removeIf(address -> names.stream().anyMatch(address::startsWith));
                assertEquals(Set.of(), addresses, file);
              }
            });
  }

  @Test
  void scriptsOfTheDocumentAreFilesExceptTheImportMap() {
    String index = read(ROOT.resolve("index.html"));
    Set<String> heads = whole(Pattern.compile("<script[^>]*>"), index);
    heads.removeIf(head -> head.contains("src="));
    assertEquals(Set.of("<script type=\"importmap\">"), heads);
    assertFalse(
        Pattern.compile("(?:src|href)=\"/").matcher(index).find(), "works under a sub-path");
  }

  @Test
  void everyIconAndModuleUsedExists() {
    Set<String> icons = found(ICON_MADE, read(ROOT.resolve("icons.svg")));
    sources("app")
        .forEach(
            (file, code) -> {
              found(ICON_USED, code).forEach(name -> assertTrue(icons.contains(name), name));
              Path folder = ROOT.resolve(file).getParent();
              found(MODULE_USED, code).stream()
                  .filter(module -> module.startsWith("."))
                  .forEach(
                      module -> assertTrue(Files.isRegularFile(folder.resolve(module)), module));
            });
  }

  /**
   * What the home place needs before it is usable; players and other places come when asked for.
   */
  @Test
  void theShellIsLight() throws IOException {
    Set<Path> loaded = new TreeSet<>();
    for (String file :
        List.of(
            "index.html", "app.css", "app/theme.js", "icons.svg", "favicon.svg", "i18n/zh.json")) {
      loaded.add(ROOT.resolve(file));
    }
    loaded.add(ROOT.resolve("vendor/pico/css/pico.min.css"));
    collectModules(ROOT.resolve("app/main.js"), importMap(), loaded);
    assertTrue(loaded.contains(ROOT.resolve("vendor/lit-html/lit-html.js")), "libraries counted");
    long total = 0;
    for (Path file : loaded) {
      total += gzipped(Files.readAllBytes(file));
    }
    assertTrue(total < SHELL_LIMIT, total + " bytes");
  }

  private static void collectModules(Path module, Map<String, String> map, Set<Path> loaded) {
    if (loaded.add(module)) {
      for (String name : found(STATIC_IMPORT, read(module))) {
        collectModules(resolved(module, name, map), map, loaded);
      }
    }
  }

  private static Path resolved(Path importer, String name, Map<String, String> map) {
    if (name.startsWith(".")) {
      return importer.getParent().resolve(name).normalize();
    }
    String key =
        map.containsKey(name)
            ? name
            : name.substring(0, name.indexOf('/', name.indexOf('@') + 1) + 1);
    assertTrue(map.containsKey(key), name + " is in the import map");
    return ROOT.resolve(map.get(key) + name.substring(key.length())).normalize();
  }

  private static Map<String, String> importMap() throws IOException {
    String index = read(ROOT.resolve("index.html"));
    int start = index.indexOf('{', index.indexOf("<script type=\"importmap\">"));
    String json = index.substring(start, index.indexOf("</script>", start));
    return new ObjectMapper()
        .readValue(json, new TypeReference<Map<String, Map<String, String>>>() {})
        .get("imports");
  }

  private static int gzipped(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.size();
  }

  /** The shell's texts and those of every place that brings its own; no key stands in two files. */
  private static Map<String, String> texts(String language) {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(ROOT.resolve("i18n"))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.equals(language + ".json") || name.endsWith("." + language + ".json")) {
          bundle(file).forEach((key, text) -> assertNull(all.put(key, text), key + " in " + name));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }

  private static Map<String, String> bundle(Path file) throws IOException {
    return new ObjectMapper().readValue(file.toFile(), new TypeReference<Map<String, String>>() {});
  }

  /** Own files below a folder of the page by their path in it; what others made is not judged. */
  private static Map<String, String> sources(String folder) {
    return files(folder)
        .filter(file -> !file.toString().endsWith(".png"))
        .collect(Collectors.toMap(file -> ROOT.relativize(file).toString(), WebrootTest::read));
  }

  private static Stream<Path> files(String folder) {
    try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
      return all
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(ROOT.resolve("vendor")))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All that the groups of a pattern hold in a text. */
  private static Set<String> found(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    pattern
        .matcher(text)
        .results()
        .forEach(
            match -> {
              for (int group = 1; group <= match.groupCount(); group++) {
                if (match.group(group) != null) {
                  found.add(match.group(group));
                }
              }
            });
    return found;
  }

  private static Set<String> whole(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
