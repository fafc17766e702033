package dev.sluice.web;

/** Who may use a route. */
enum Access {
  /** Anybody, also before the first start is done. Tells nothing worth keeping. */
  PUBLIC,
  /** Whoever has the code from the console, and only until the owner's password is set. */
  SETUP,
  /** Whoever is signed in, and every API key. */
  READ,
  /** Whoever is signed in, and API keys that may change things. */
  WRITE,
  /** Whoever is signed in, but no API key: what would let a key become more than it is. */
  OWNER
}
