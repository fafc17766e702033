package dev.sluice.room;

/** What a check of a room answers. An error or a refusal is {@link #UNKNOWN}, never offline. */
public enum Liveness {
  LIVE,
  OFFLINE,
  UNKNOWN
}
