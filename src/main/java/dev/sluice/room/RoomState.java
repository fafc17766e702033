package dev.sluice.room;

import java.util.Locale;

/** The states of a room; the page and the API show them in lower case. */
public enum RoomState {
  /** Not checked, by the user's wish. */
  PAUSED,
  /** Off air; looked at again after the interval. */
  WAITING,
  /** The last check got no clear answer; the reason says which. */
  UNKNOWN,
  /** On air, but not recorded by the user's wish. */
  LIVE,
  /** A recorder has been asked for, its answer is outstanding. */
  STARTING,
  /** A recorder holds the gate and media arrives. */
  RECORDING,
  /** The recorder lost its connection and tries to get it back within the grace time. */
  GRACE,
  /** The recorder was told to stop and has not closed its files yet. */
  STOPPING,
  /** Cannot be recorded as things stand; the reason says why. */
  REFUSED;

  /** The word used by the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
