package dev.sluice.node;

import dev.sluice.bus.Notice;
import dev.sluice.bus.SettingsChanged;
import dev.sluice.bus.SettingsCommand;
import dev.sluice.bus.SettingsReply;
import dev.sluice.bus.Topic;
import dev.sluice.bus.Topics;
import dev.sluice.platform.Platforms;
import dev.sluice.room.Reason;
import dev.sluice.settings.Settings;
import dev.sluice.settings.SettingsDiff;
import dev.sluice.settings.SettingsException;
import dev.sluice.settings.SettingsFile;
import dev.sluice.settings.SettingsWriter;
import dev.sluice.settings.When;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the settings file: reads it again when it changes, carries out changes that are asked for,
 * one after the other, and tells everybody. An invalid file leaves the last good settings in force.
 */
public final class SettingsVerticle extends VerticleBase implements Supplier<Settings> {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsVerticle.class);
  private static final String INVALID = "settings.invalid";
  private static final long POLL_MS = 2000;
  private static final int TRIES = 5;
  private static final int KEYS_SHOWN = 5;
  private static final String TAKEN = "settings.taken";
  private static final String RESTART = "settings.restart";

  private final SettingsFile file;
  private final SettingsEditor editor;
  private final FieldsEditor fields;
  private volatile SettingsFile.Loaded loaded;
  private Future<?> tail = Future.succeededFuture();
  private String lastTrouble = "";
  private boolean polling;

  /**
   * @param loaded what was read at start
   */
  public SettingsVerticle(
      SettingsFile file, SettingsFile.Loaded loaded, SettingsWriter writer, Platforms platforms) {
    this.file = file;
    this.loaded = loaded;
    this.editor = new SettingsEditor(file, writer, platforms);
    this.fields = new FieldsEditor(file, writer.environment());
  }

  /** The settings in force. From any thread. */
  @Override
  public Settings get() {
    return loaded.settings();
  }

  @Override
  public Future<?> start() {
    Topics.SETTINGS_COMMAND.serve(vertx, this::onCommand);
    vertx.setPeriodic(POLL_MS, id -> poll());
    return Future.succeededFuture();
  }

  private void onCommand(Message<SettingsCommand> message) {
    tail =
        tail.transform(before -> carryOut(message.body(), 1))
            .onSuccess(reply -> Topic.reply(message, reply))
            .onFailure(
                failure -> {
                  LOG.error("a change of the settings failed", failure);
                  message.fail(500, "the change failed: " + failure.getMessage());
                });
  }

  /** Carries a change out on what stands in the file now, not on what was read a while ago. */
  private Future<SettingsReply> carryOut(SettingsCommand command, int tries) {
    return vertx
        .executeBlocking(this::readIfChanged)
        .onSuccess(read -> read.ifPresent(this::takeByHand))
        .onFailure(failure -> say(String.valueOf(failure.getMessage())))
        .otherwise(Optional.empty())
        .compose(
            read ->
                command instanceof SettingsCommand.Fields wanted
                    ? fields(wanted)
                    : editor.edit(loaded, command).compose(edit -> store(command, edit, tries)));
  }

  private Future<SettingsReply> fields(SettingsCommand.Fields wanted) {
    SettingsFile.Loaded now = loaded;
    return editor
        .entries(now.settings())
        .compose(keys -> vertx.executeBlocking(() -> fields.fields(now, wanted, keys)));
  }

  private Future<SettingsReply> store(
      SettingsCommand command, SettingsEditor.Edit edit, int tries) {
    return vertx
        .executeBlocking(() -> editor.store(loaded, edit))
        .compose(
            stored -> {
              stored.loaded().ifPresent(this::take);
              boolean stale = stored.reply().outcome() == SettingsReply.Outcome.STALE;
              // Who names no state of the file wants the change made on any.
              return stale && edit.etag().isEmpty() && tries < TRIES
                  ? carryOut(command, tries + 1)
                  : Future.succeededFuture(stored.reply());
            });
  }

  private void poll() {
    if (polling) {
      return;
    }
    polling = true;
    tail =
        tail.transform(before -> vertx.executeBlocking(this::readIfChanged))
            .onComplete(
                read -> {
                  polling = false;
                  if (read.succeeded()) {
                    read.result().ifPresent(this::takeByHand);
                  } else {
                    say(trouble(read.cause()));
                  }
                });
  }

  private static String trouble(Throwable failure) {
    return failure instanceof NoSuchFileException gone
        ? "the file " + gone.getFile() + " is gone"
        : String.valueOf(failure.getMessage());
  }

  private Optional<SettingsFile.Loaded> readIfChanged() throws IOException, SettingsException {
    if (!file.changedSince(loaded)) {
      return Optional.empty();
    }
    return Optional.of(file.load());
  }

  /** Who edits the file with an editor has no other answer than this. */
  private void takeByHand(SettingsFile.Loaded next) {
    List<SettingsDiff.Effect> effects =
        SettingsDiff.between(loaded.settings(), next.settings()).applied();
    take(next);
    if (!effects.isEmpty()) {
      tell(TAKEN, Notice.Level.INFO, effects, "the settings file was edited, and is taken: ");
    }
  }

  private void take(SettingsFile.Loaded next) {
    Settings before = loaded.settings();
    loaded = next;
    troubleIsOver();
    if (!before.equals(next.settings())) {
      SettingsDiff diff = SettingsDiff.between(before, next.settings());
      LOG.info("new settings: {}", diff.summary());
      List<SettingsDiff.Effect> later =
          diff.applied().stream().filter(e -> e.when() == When.NEXT_START).toList();
      if (!later.isEmpty()) {
        tell(RESTART, Notice.Level.WARNING, later, "takes effect with the next start: ");
      }
      Topics.SETTINGS_CHANGED.publish(vertx, new SettingsChanged(before, next.settings()));
    }
  }

  /** Also when the one before it was dismissed. */
  private void tell(
      String key, Notice.Level level, List<SettingsDiff.Effect> effects, String sentence) {
    String keys =
        effects.stream()
            .map(SettingsDiff.Effect::key)
            .limit(KEYS_SHOWN)
            .collect(Collectors.joining(", "));
    String more = effects.size() > KEYS_SHOWN ? ", …" : "";
    Topics.NOTICE.publish(vertx, Notice.over(key, ""));
    Reason reason = Reason.of(key, "keys", keys + more, sentence + keys + more);
    Topics.NOTICE.publish(vertx, new Notice(level, Optional.empty(), reason));
  }

  private void troubleIsOver() {
    if (!lastTrouble.isEmpty()) {
      lastTrouble = "";
      Topics.NOTICE.publish(vertx, Notice.over(INVALID, ""));
    }
  }

  /** Once for each new trouble, also when the one before it was dismissed. */
  private void say(String trouble) {
    if (!trouble.equals(lastTrouble)) {
      troubleIsOver();
      lastTrouble = trouble;
      LOG.error("the settings file is not taken, the last good one holds: {}", trouble);
      Reason reason = Reason.of(INVALID, "detail", trouble, "settings not taken: " + trouble);
      Topics.NOTICE.publish(vertx, new Notice(Notice.Level.ERROR, Optional.empty(), reason));
    }
  }
}
