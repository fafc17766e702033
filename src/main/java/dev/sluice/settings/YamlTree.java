package dev.sluice.settings;

import dev.sluice.settings.YamlNode.Alias;
import dev.sluice.settings.YamlNode.Entry;
import dev.sluice.settings.YamlNode.Mapping;
import dev.sluice.settings.YamlNode.Scalar;
import dev.sluice.settings.YamlNode.Sequence;
import dev.sluice.settings.YamlNode.Style;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Builds {@link YamlNode}s from the parser's events rather than from its composer: the events keep
 * aliases apart from what they name, so an edit hits the right text, and depth, count and aliases
 * are bounded before anything is built.
 */
final class YamlTree {
  private static final int MAX_DEPTH = 20;
  private static final int MAX_NODES = 200_000;
  private static final int MAX_ALIASES = 100;
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private final Offsets offsets;
  private final String text;
  private final Iterator<Event> events;
  private final Map<Anchor, YamlNode> anchors = new HashMap<>();
  private int nodes;
  private int aliases;

  private YamlTree(String text) {
    this.text = text;
    this.offsets = new Offsets(text);
    LoadSettings settings =
        LoadSettings.builder()
            .setParseComments(false)
            .setCodePointLimit(Integer.MAX_VALUE)
            .setLabel("settings")
            .build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /**
   * The root of the text; empty when it holds nothing but white space and comments.
   *
   * @throws SettingsException where the text is no YAML, or more than the bounds allow
   */
  static Optional<YamlNode> parse(String text) throws SettingsException {
    YamlErrors.refuseForbidden(text);
    try {
      return new YamlTree(text).document();
    } catch (MarkedYamlEngineException e) {
      throw YamlErrors.explain(e);
    } catch (YamlEngineException e) {
      throw new SettingsException(new Problem(1, 1, "", "this is not YAML"));
    }
  }

  private Optional<YamlNode> document() throws SettingsException {
    Optional<YamlNode> root = Optional.empty();
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof NodeEvent) {
        if (root.isPresent()) {
          throw wrong(event, "a second document starts here; remove the line '---' above it");
        }
        root = Optional.of(node(event, 0));
      }
    }
    return root;
  }

  private YamlNode node(Event event, int depth) throws SettingsException {
    if (++nodes > MAX_NODES) {
      throw wrong(event, "more than " + MAX_NODES + " values");
    }
    if (depth > MAX_DEPTH) {
      throw wrong(event, "nested deeper than " + MAX_DEPTH + " levels");
    }
    if (event instanceof AliasEvent alias) {
      return alias(alias);
    }
    if (event instanceof ScalarEvent scalar) {
      refuseTag(event, scalar.getTag());
      return anchored(scalar, scalar(scalar));
    }
    CollectionStartEvent start = (CollectionStartEvent) event;
    refuseTag(event, start.getTag());
    boolean mapping = event.getEventId() == Event.ID.MappingStart;
    return anchored(start, mapping ? mapping(start, depth) : sequence(start, depth));
  }

  private YamlNode alias(AliasEvent event) throws SettingsException {
    if (++aliases > MAX_ALIASES) {
      throw wrong(event, "more than " + MAX_ALIASES + " aliases");
    }
    YamlNode named = anchors.get(event.getAlias());
    if (named == null) {
      throw wrong(event, "no complete anchor &" + event.getAlias() + " stands before this alias");
    }
    return new Alias(offsets.place(event, offsets.end(event)), named);
  }

  private YamlNode anchored(NodeEvent event, YamlNode node) {
    event.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
    return node;
  }

  private void refuseTag(Event event, Optional<String> tag) throws SettingsException {
    if (tag.isPresent() && !tag.get().equals(Tag.STR.getValue())) {
      throw wrong(event, "tags such as " + Problems.quote(tag.get()) + " are not used here");
    }
  }

  private Scalar scalar(ScalarEvent event) {
    ScalarStyle written = event.getScalarStyle();
    int end = offsets.end(event);
    Style style = Style.QUOTED;
    if (written == ScalarStyle.PLAIN) {
      boolean nothing = event.getTag().isEmpty() && NULLS.contains(event.getValue());
      style = nothing ? Style.NULL : Style.PLAIN;
    } else if (written == ScalarStyle.LITERAL || written == ScalarStyle.FOLDED) {
      style = Style.BLOCK;
      // The parser's mark stands behind the blank lines that follow.
      end =
          offsets.start(event) + text.substring(offsets.start(event), end).stripTrailing().length();
    }
    return new Scalar(offsets.place(event, end), event.getValue(), style);
  }

  private Mapping mapping(CollectionStartEvent start, int depth) throws SettingsException {
    List<Entry> entries = new ArrayList<>();
    int last = offsets.end(start);
    Event event = events.next();
    for (; event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
      YamlNode key = node(event, depth + 1);
      if (!(key instanceof Scalar)) {
        throw wrong(event, "a key must be one plain word");
      }
      Entry entry = new Entry(key, node(events.next(), depth + 1));
      entries.add(entry);
      last = entry.end();
    }
    int end = start.isFlow() ? offsets.end(event) : last;
    return new Mapping(offsets.place(start, end), start.isFlow(), List.copyOf(entries));
  }

  private Sequence sequence(CollectionStartEvent start, int depth) throws SettingsException {
    List<YamlNode> items = new ArrayList<>();
    int last = offsets.end(start);
    Event event = events.next();
    for (; event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
      YamlNode item = node(event, depth + 1);
      items.add(item);
      last = item.place().end();
    }
    int end = start.isFlow() ? offsets.end(event) : last;
    return new Sequence(offsets.place(start, end), start.isFlow(), List.copyOf(items));
  }

  private SettingsException wrong(Event event, String message) {
    Place place = offsets.place(event, 0);
    return new SettingsException(new Problem(place.line(), place.column(), "", message));
  }
}
