package dev.sluice.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One page of Sluice in a browser, and what the browser had to complain about. */
final class PageTab implements AutoCloseable {
  /** Runs before the page's own scripts; complaints come out on the console like all others. */
  private static final String TELL_VIOLATIONS =
      """
      document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`CSP ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
      """;

  /** Where the settings too are behind one button. */
  private static final int PHONE = 640;

  private static final List<String> BEHIND_MORE = List.of("log", "health", "account");

  private static final Page.GetByLabelOptions EXACTLY = new Page.GetByLabelOptions().setExact(true);

  final Page page;
  private final BrowserContext context;
  private final PageContract contract;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  PageTab(BrowserContext context, String address) {
    this(context, address, "add-box");
  }

  /**
   * @param shown what is there once the page has opened
   */
  PageTab(BrowserContext context, String address, String shown) {
    this.context = context;
    context.addInitScript(TELL_VIOLATIONS);
    page = context.newPage();
    contract = new PageContract(page, address);
    page.onConsoleMessage(
        message -> {
          if (List.of("error", "warning").contains(message.type())) {
            complaints.add(message.type() + ": " + message.text());
          }
        });
    page.onPageError(error -> complaints.add("exception: " + error));
    page.onDialog(
        dialog -> {
          complaints.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    page.navigate(address);
    try {
      assertThat(part(shown)).isVisible();
    } catch (AssertionError e) {
      throw new AssertionError(complaints.toString(), e);
    }
  }

  /** What carries this mark for tests. */
  Locator part(String testId) {
    return page.getByTestId(testId);
  }

  /** The card of the room with this name. */
  Locator card(String name) {
    return part("room-card").and(page.getByLabel(name, EXACTLY));
  }

  void go(String place) {
    if (BEHIND_MORE.contains(place)) {
      part("nav-more").click();
    }
    boolean phone = place.equals("settings") && page.viewportSize().width <= PHONE;
    if (phone) {
      part("nav-more").click();
    }
    part((phone ? "more-" : "nav-") + place).click();
  }

  /** Types a text into the box that adds rooms and sends it off. */
  void add(String text) {
    part("add-box").fill(text);
    part("add-button").click();
  }

  /** Pastes a text as Ctrl+V does, with nothing in focus. */
  void paste(String text) {
    page.evaluate(
        """
        (text) => {
          document.activeElement?.blur();
          const data = new DataTransfer();
          data.setData('text/plain', text);
          document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        }
        """,
        text);
  }

  Locator button(Locator card, String action) {
    return card.getByTestId("btn-" + action);
  }

  /** By how many pixels the page is wider than its window. */
  int overflow() {
    return ((Number)
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .intValue();
  }

  /** What the browser complained about so far: errors, warnings, violations, dialogs. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    try (context) {
      contract.check();
    }
  }
}
