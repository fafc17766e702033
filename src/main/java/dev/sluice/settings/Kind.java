package dev.sluice.settings;

import dev.sluice.room.Container;
import dev.sluice.room.Mode;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the values of a field are: how one is read, and what a person may write.
 *
 * @param <T> what a value is once it was read
 * @param type how it is written and edited
 * @param parser reads one value; throws IllegalArgumentException with a sentence for the user
 * @param least smallest value as text; empty: no lower bound
 * @param most largest value as text; empty: no upper bound
 * @param off whether {@code off} is a value too
 * @param choices the words there are; empty: not a choice
 */
public record Kind<T>(
    Type type,
    Function<String, T> parser,
    Optional<String> least,
    Optional<String> most,
    boolean off,
    List<String> choices) {

  /** How a value is written and edited. */
  public enum Type {
    DURATION,
    SIZE,
    NUMBER,
    SWITCH,
    CHOICE,
    TEXT,
    TEMPLATE,
    HOST,
    NETWORK,
    FOLDER,
    FILE,
    URL,
    TARGET,
    EVENT,
    HEADER;

    /** The word used by the API. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Kind<Duration> duration(String least, String most) {
    Function<String, Duration> parser =
        Values.duration(Units.duration(least), Units.duration(most), least, most);
    return bounded(Type.DURATION, parser, least, most);
  }

  static Kind<Optional<Duration>> durationOrOff(String least, String most) {
    return duration(least, most).orOff();
  }

  static Kind<Long> size() {
    return plain(Type.SIZE, Units::size);
  }

  static Kind<Optional<Long>> sizeOrOff() {
    return plain(Type.SIZE, Values::limit).orOff();
  }

  static Kind<Integer> port() {
    return bounded(Type.NUMBER, Values::port, "0", "65535");
  }

  static Kind<Boolean> flag() {
    return plain(Type.SWITCH, Values::flag);
  }

  static Kind<String> choice(String what, String... words) {
    return choice(Type.CHOICE, what, words);
  }

  static Kind<String> event(String... words) {
    return choice(Type.EVENT, "event", words);
  }

  private static Kind<String> choice(Type type, String what, String... words) {
    return new Kind<>(
        type,
        Values.choice(what, List.of(words)),
        Optional.empty(),
        Optional.empty(),
        false,
        List.of(words));
  }

  static Kind<Mode> mode() {
    String[] words = Arrays.stream(Mode.values()).map(Mode::word).toArray(String[]::new);
    return choice("mode", words).map(word -> Mode.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  static Kind<Container> container() {
    String[] words = Arrays.stream(Container.values()).map(Container::word).toArray(String[]::new);
    return choice("container", words).map(Container::ofWord);
  }

  static Kind<String> text(int most) {
    return bounded(Type.TEXT, Values.line(most), null, Integer.toString(most));
  }

  static Kind<String> template(int most) {
    return bounded(Type.TEMPLATE, Values.line(most), null, Integer.toString(most));
  }

  static Kind<String> header() {
    return bounded(Type.HEADER, Values::header, null, Integer.toString(Values.HEADER_LIMIT));
  }

  static Kind<URI> url(Function<String, URI> parser) {
    return plain(Type.URL, parser);
  }

  static <T> Kind<T> plain(Type type, Function<String, T> parser) {
    return new Kind<>(type, parser, Optional.empty(), Optional.empty(), false, List.of());
  }

  private static <T> Kind<T> bounded(
      Type type, Function<String, T> parser, String least, String most) {
    return new Kind<>(
        type, parser, Optional.ofNullable(least), Optional.of(most), false, List.of());
  }

  private Kind<Optional<T>> orOff() {
    return new Kind<>(type, Values.orOff(parser), least, most, true, choices);
  }

  private <R> Kind<R> map(Function<T, R> then) {
    return new Kind<>(type, parser.andThen(then), least, most, off, choices);
  }
}
