package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.RecordingRow;
import dev.sluice.room.RoomKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recordings, newest first. */
final class RecordingsApi {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingsApi.class);
  private static final int BATCH = 200;

  /** Rows looked at for one answer; where a filter finds less among them, the cursor goes on. */
  private static final int MAX_LOOKED_AT = 2000;

  /** A disk that hangs does not hold up the list: sizes are left out then. */
  private static final Duration SIZES_WITHIN = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Ledger ledger;
  private final LiveView view;
  private final FilePool pool;

  RecordingsApi(Vertx vertx, Ledger ledger, LiveView view, FilePool pool) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.view = view;
    this.pool = pool;
  }

  /**
   * Recordings found.
   *
   * @param next cursor, null at the end
   */
  private record Found(List<RecordingView> recordings, String next) {}

  Future<Answer> list(RoutingContext context) {
    int limit = Query.limit(context);
    long before = Query.before(context);
    Optional<String> room = Query.text(context, "room");
    return Future.fromCompletionStage(
            ledger.call(rows -> new Search(rows, room, limit).from(before)),
            vertx.getOrCreateContext())
        .compose(found -> sizes(found.recordings()).map(sizes -> page(found, sizes)));
  }

  /** One recording; 410 when it is in the trash or was deleted. */
  Future<Answer> get(RoutingContext context) {
    long id = Query.id(context, "recording");
    return Future.fromCompletionStage(
            ledger.call(rows -> one(rows, id)), vertx.getOrCreateContext())
        .compose(
            recording ->
                sizes(List.of(recording))
                    .map(sizes -> Answer.of(200, json(recording, sizes.get(id)))));
  }

  private static RecordingView one(Ledger.Rows rows, long id) {
    Gone.check(rows, id);
    return rows.recording(id)
        .map(row -> RecordingView.read(rows, row))
        .orElseThrow(() -> Refusal.notFound("recording"));
  }

  private static final class Search {
    private final Ledger.Rows rows;
    private final Optional<String> room;
    private final int limit;
    private final Map<RoomKey, String> ids = new HashMap<>();
    private final List<RecordingView> found = new ArrayList<>();

    Search(Ledger.Rows rows, Optional<String> room, int limit) {
      this.rows = rows;
      this.room = room;
      this.limit = limit;
    }

    Found from(long before) {
      long at = before;
      int batch = room.isPresent() ? BATCH : limit + 1;
      for (int looked = 0; looked < MAX_LOOKED_AT; looked += batch) {
        List<RecordingRow> next = rows.recordings(at, batch);
        for (RecordingRow row : next) {
          if (found.size() == limit) {
            return new Found(found, Long.toString(at));
          }
          at = row.id();
          keep(row);
        }
        if (next.size() < batch) {
          return new Found(found, null);
        }
      }
      return new Found(found, Long.toString(at));
    }

    private void keep(RecordingRow row) {
      boolean wanted =
          room.isEmpty() || room.get().equals(ids.computeIfAbsent(row.room(), RoomKey::publicId));
      if (wanted) {
        RecordingView recording = RecordingView.read(rows, row);
        if (recording.isWorthShowing()) {
          found.add(recording);
        }
      }
    }
  }

  /** Sizes of coverage files by id of the recording; absent where there is no file. */
  private Future<Map<Long, Long>> sizes(List<RecordingView> recordings) {
    Map<Long, RecordedFile> files = new HashMap<>();
    recordings.forEach(r -> r.coverage().ifPresent(file -> files.put(r.row().id(), file)));
    Map<Path, List<Map.Entry<Long, RecordedFile>>> byRoot =
        files.entrySet().stream().collect(Collectors.groupingBy(e -> e.getValue().root()));
    List<Future<Map<Long, Long>>> all =
        byRoot.entrySet().stream().map(e -> sizes(e.getKey(), e.getValue())).toList();
    return Future.all(all)
        .map(
            done -> {
              Map<Long, Long> sizes = new HashMap<>();
              all.forEach(each -> sizes.putAll(each.result()));
              return sizes;
            });
  }

  private Future<Map<Long, Long>> sizes(Path root, List<Map.Entry<Long, RecordedFile>> files) {
    return pool.run(root, () -> measured(files))
        .timeout(SIZES_WITHIN)
        .otherwise(
            failure -> files.stream().collect(Collectors.toMap(Map.Entry::getKey, file -> -1L)));
  }

  private static Map<Long, Long> measured(List<Map.Entry<Long, RecordedFile>> files) {
    Map<Long, Long> sizes = new HashMap<>();
    for (Map.Entry<Long, RecordedFile> each : files) {
      Path path = each.getValue().root().resolve(each.getValue().file());
      try {
        sizes.put(each.getKey(), Files.size(path));
      } catch (IOException e) {
        LOG.debug("no coverage file to show: {}", e.getMessage());
      }
    }
    return sizes;
  }

  private Answer page(Found found, Map<Long, Long> sizes) {
    ArrayNode items = Json.NODES.arrayNode();
    for (RecordingView recording : found.recordings()) {
      items.add(json(recording, sizes.get(recording.row().id())));
    }
    return Answer.of(200, Json.page(items, found.next()));
  }

  private ObjectNode json(RecordingView recording, Long size) {
    return recording.json(
        view.progress(recording.row().id()),
        size == null ? OptionalLong.empty() : OptionalLong.of(size));
  }
}
