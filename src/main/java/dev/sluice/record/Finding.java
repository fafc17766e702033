package dev.sluice.record;

import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.media.flv.FlvException;
import dev.sluice.net.StreamClient.Answer;
import dev.sluice.net.StreamClient.NoAnswer;
import dev.sluice.room.Reason;
import java.time.Duration;
import java.util.Optional;

/**
 * What a look at a link that brought no media means. Only the given link itself can say "off air":
 * by 404, or by refusing the connection. Everything else is unknown, with its reason.
 *
 * @param outcome for the room
 * @param reason in words
 */
public record Finding(Outcome outcome, Reason reason) {
  private static final int NOT_FOUND = 404;

  /** The source answered with something other than 200. */
  public static Finding ofStatus(Answer answer) {
    if (answer.status() == NOT_FOUND && !answer.redirected()) {
      return offline("offline: the link answers 404");
    }
    String status = Integer.toString(answer.status());
    return new Finding(
        Outcome.UNKNOWN,
        Reason.of("unknown.status", "status", status, "the source answers " + status));
  }

  /** No answer came at all. */
  public static Finding ofNoAnswer(Throwable failure) {
    if (failure instanceof NoAnswer none && none.refusedByGivenLink()) {
      return offline("offline: nobody listens at the link's address");
    }
    String detail = String.valueOf(failure.getMessage());
    return new Finding(
        Outcome.UNKNOWN,
        Reason.of("unknown.network", "detail", detail, "the source does not answer: " + detail));
  }

  /** The connection stood for so long without media. */
  public static Finding ofSilence(Duration stall) {
    String seconds = Long.toString(stall.toSeconds());
    return new Finding(
        Outcome.UNKNOWN,
        Reason.of(
            "unknown.no_media",
            "seconds",
            seconds,
            "connected, but no media within " + seconds + " s"));
  }

  /** The connection ended before any media. */
  public static Finding ofEnd(String head) {
    return notMedia(head, head.isEmpty() ? "the answer is empty" : "no media: " + head);
  }

  /** What came cannot be recorded. */
  public static Finding of(FlvException e, String head) {
    return switch (e.kind()) {
      case PLAYLIST ->
          new Finding(
              Outcome.REFUSED,
              Reason.of("refused.hls", "this is an HLS playlist, which is not yet recorded"));
      case CODEC ->
          new Finding(
              Outcome.REFUSED,
              Reason.of(
                  "refused.codec",
                  "codec",
                  e.getMessage(),
                  e.getMessage() + " is not yet recorded"));
      default -> notMedia(head, "the answer is no media: " + e.getMessage());
    };
  }

  /** What to say of the end of a connection that brought no media. */
  static Finding of(boolean stalled, Duration stall, Optional<FlvException> refusal, String head) {
    if (refusal.isPresent()) {
      return of(refusal.get(), head);
    }
    return stalled ? ofSilence(stall) : ofEnd(head);
  }

  boolean isOffline() {
    return outcome == Outcome.OFFLINE;
  }

  private static Finding offline(String text) {
    return new Finding(Outcome.OFFLINE, Reason.of("offline", text));
  }

  private static Finding notMedia(String head, String text) {
    return new Finding(Outcome.UNKNOWN, Reason.of("unknown.not_media", "head", head, text));
  }
}
