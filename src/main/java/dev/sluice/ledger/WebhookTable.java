package dev.sluice.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events of webhooks. */
final class WebhookTable implements WebhookRows {
  private static final String COLUMNS =
      "select id, webhook, event, type, body, state, created_at, tries, next_try_at, status, error,"
          + " done_at from webhook_event ";
  private static final String ADD =
      "insert into webhook_event (webhook, event, type, body, state, created_at, tries,"
          + " next_try_at, status, error, done_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " returning id";
  private static final String NEXT =
      COLUMNS + "where webhook = ? and state = 'WAITING' order by id limit 1";
  private static final String UPDATE =
      "update webhook_event set state = ?, tries = ?, next_try_at = ?, status = ?, error = ?,"
          + " done_at = ? where id = ? and state = 'WAITING'";
  private static final String SIZES =
      "select id, length(body) from webhook_event where webhook = ? and state = 'WAITING'"
          + " order by id desc";
  private static final String TOTAL =
      "select count(*), coalesce(sum(length(body)), 0) from webhook_event"
          + " where webhook = ? and state = 'WAITING'";
  private static final String GIVE_UP =
      "update webhook_event set state = 'GIVEN_UP', error = ?, done_at = ?"
          + " where webhook = ? and state = 'WAITING' and id <= ?";
  private static final String FORGET_FINISHED =
      "delete from webhook_event where webhook = ? and state <> 'WAITING' and id not in"
          + " (select id from webhook_event where webhook = ? and state <> 'WAITING'"
          + " order by id desc limit ?)";
  private static final String LOG =
      COLUMNS + "where webhook = ? and id < ? order by id desc limit ?";
  private static final String WAITING =
      "select webhook, count(*) from webhook_event where state = 'WAITING' group by webhook";
  private static final String NAMES = "select distinct webhook from webhook_event";
  private static final String FORGET = "delete from webhook_event where webhook = ?";

  private final Statements statements;

  WebhookTable(Statements statements) {
    this.statements = statements;
  }

  @Override
  public long add(WebhookRow event) {
    return statements.number(
        ADD,
        event.webhook(),
        event.event(),
        event.type(),
        event.body(),
        event.state(),
        event.createdAt(),
        event.tries(),
        event.nextTryAt(),
        event.status(),
        event.error(),
        event.doneAt());
  }

  @Override
  public Optional<WebhookRow> next(String webhook) {
    return statements.first(NEXT, WebhookTable::row, webhook);
  }

  @Override
  public void update(WebhookRow event) {
    statements.update(
        UPDATE,
        event.state(),
        event.tries(),
        event.nextTryAt(),
        event.status(),
        event.error(),
        event.doneAt(),
        event.id());
  }

  @Override
  public int bound(String webhook, int most, long mostChars, int finished, Instant at) {
    record Total(long count, long chars) {}
    Total total =
        statements
            .first(TOTAL, row -> new Total(row.getLong(1), row.getLong(2)), webhook)
            .orElseThrow();
    int givenUp = 0;
    if (total.count() > most || total.chars() > mostChars) {
      long last = lastBeyond(webhook, most, mostChars);
      givenUp = statements.update(GIVE_UP, "too many events waited", at, webhook, last);
    }
    statements.update(FORGET_FINISHED, webhook, webhook, finished);
    return givenUp;
  }

  /** The newest event that does not fit any more. */
  private long lastBeyond(String webhook, int most, long mostChars) {
    record Size(long id, long chars) {}
    long left = mostChars;
    int number = 0;
    for (Size size :
        statements.list(SIZES, row -> new Size(row.getLong(1), row.getLong(2)), webhook)) {
      left -= size.chars();
      if (++number > most || left < 0) {
        return size.id();
      }
    }
    return 0;
  }

  @Override
  public List<WebhookRow> log(String webhook, long before, int limit) {
    return statements.list(LOG, WebhookTable::row, webhook, before, limit);
  }

  @Override
  public Map<String, Long> waiting() {
    record Count(String webhook, long number) {}
    Map<String, Long> counts = new LinkedHashMap<>();
    statements
        .list(WAITING, row -> new Count(row.getString(1), row.getLong(2)))
        .forEach(count -> counts.put(count.webhook(), count.number()));
    return counts;
  }

  @Override
  public void keepOnly(List<String> webhooks) {
    statements.list(NAMES, row -> row.getString(1)).stream()
        .filter(name -> !webhooks.contains(name))
        .forEach(name -> statements.update(FORGET, name));
  }

  private static WebhookRow row(ResultSet row) throws SQLException {
    return new WebhookRow(
        row.getLong("id"),
        row.getString("webhook"),
        row.getString("event"),
        row.getString("type"),
        row.getString("body"),
        WebhookRow.State.valueOf(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getInt("tries"),
        Statements.instant(row, "next_try_at"),
        row.getInt("status"),
        Optional.ofNullable(row.getString("error")),
        Statements.instant(row, "done_at"));
  }
}
