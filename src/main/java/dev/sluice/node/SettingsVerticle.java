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
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.Supplier;
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

  private final SettingsFile file;
  private final SettingsEditor editor;
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
        .onSuccess(read -> read.ifPresent(this::take))
        .onFailure(failure -> say(String.valueOf(failure.getMessage())))
        .otherwise(Optional.empty())
        .compose(read -> editor.edit(loaded, command))
        .compose(edit -> store(command, edit, tries));
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
                    read.result().ifPresent(this::take);
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

  private void take(SettingsFile.Loaded next) {
    Settings before = loaded.settings();
    loaded = next;
    troubleIsOver();
    if (!before.equals(next.settings())) {
      LOG.info("new settings: {}", SettingsDiff.between(before, next.settings()).summary());
      Topics.SETTINGS_CHANGED.publish(vertx, new SettingsChanged(before, next.settings()));
    }
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
