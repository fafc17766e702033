package dev.sluice.ledger;

/**
 * How far a recording is on its way out. The steps that end in -ING are entered before the first
 * file is touched, so that a crash leaves a row from which the next start goes on.
 */
public enum Disposal {
  /** In its place, listed, played, delivered. */
  KEPT,
  /** Its files are being moved to the trash. */
  TRASHING,
  /** In the trash. */
  TRASHED,
  /** Its files are being moved back. */
  RESTORING,
  /** Its files are being removed for good. */
  REMOVING,
  /** Removed; the row stays as the record of it. */
  REMOVED
}
