package dev.sluice.web;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Reads query parameters. */
final class Query {
  private static final int USUAL_LIMIT = 50;
  private static final int MAX_LIMIT = 200;
  private static final int MAX_DIGITS = 18;

  private Query() {}

  /** How many items are wanted, 1 to 200. */
  static int limit(RoutingContext context) {
    Optional<Long> limit = number(context, "limit");
    if (limit.isPresent() && (limit.get() < 1 || limit.get() > MAX_LIMIT)) {
      throw new Refusal(400, "query.limit", "limit: 1 to " + MAX_LIMIT);
    }
    return limit.map(Long::intValue).orElse(USUAL_LIMIT);
  }

  /** Below which id; all of them without one. */
  static long before(RoutingContext context) {
    return number(context, "before").orElse(Long.MAX_VALUE);
  }

  /** Above which id; all of them without one. */
  static long after(RoutingContext context) {
    return number(context, "after").orElse(0L);
  }

  /** A filter; an empty one is none. */
  static Optional<String> text(RoutingContext context, String name) {
    return Optional.ofNullable(context.request().getParam(name)).filter(text -> !text.isEmpty());
  }

  /** The id in the path; what is no number names nothing. */
  static long id(RoutingContext context, String what) {
    return number(context.pathParam("id")).orElseThrow(() -> Refusal.notFound(what));
  }

  /** A number, if it was given. */
  static Optional<Long> number(RoutingContext context, String name) {
    return text(context, name)
        .map(
            text ->
                number(text)
                    .orElseThrow(
                        () -> new Refusal(400, "query." + name, name + ": a number is needed")));
  }

  /** A number of at most 18 digits without a sign; empty for anything else. */
  static Optional<Long> number(String text) {
    boolean digits =
        !text.isEmpty()
            && text.length() <= MAX_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }
}
