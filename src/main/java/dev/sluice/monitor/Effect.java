package dev.sluice.monitor;

import dev.sluice.bus.EndCause;

/** What a room's machine wants done after an event. */
sealed interface Effect {
  /** Ask for a recorder; {@code wanted} false only looks. */
  record Ask(long question, boolean wanted) implements Effect {}

  /** End the attempt of this question. */
  record Stop(long question, EndCause cause) implements Effect {}

  /** Remember or forget that the user stopped this broadcast. */
  record Remember(boolean stopped) implements Effect {}

  /** A broadcast began. */
  record Began() implements Effect {}

  /** A broadcast ended. */
  record Ended() implements Effect {}

  /** The room is gone and nothing of it runs. */
  record Gone() implements Effect {}
}
