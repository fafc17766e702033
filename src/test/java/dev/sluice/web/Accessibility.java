package dev.sluice.web;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;

/** What axe-core finds wrong with a page as it is shown. */
final class Accessibility {
  private static final Set<String> GRAVE = Set.of("serious", "critical");

  private Accessibility() {}

  /** Serious and critical faults, each with the first element that has it. */
  static List<String> faults(Page page) {
    return new AxeBuilder(page)
        .setLegacyMode(true).analyze().getViolations().stream()
            .filter(rule -> GRAVE.contains(rule.getImpact()))
            .map(Accessibility::words)
            .toList();
  }

  private static String words(Rule rule) {
    String where = rule.getNodes().isEmpty() ? "" : rule.getNodes().get(0).getHtml();
    return rule.getId() + ", " + rule.getNodes().size() + " times: " + where;
  }
}
