package dev.sluice.bus;

/** Why an attempt ended. */
public enum EndCause {
  /** The broadcast is over. */
  OVER,
  /** A person stopped it. */
  STOPPED,
  /** The room was removed or paused. */
  UNWANTED,
  /** The program ends. */
  SHUTDOWN,
  /** The source changed into something that cannot be recorded. */
  REFUSED,
  /** The reserve of the disk is to stay free. */
  SPACE,
  /** A file could not be written. */
  DISK,
  /** Something unforeseen. */
  FAILED
}
