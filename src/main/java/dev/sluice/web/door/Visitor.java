package dev.sluice.web.door;

/** Who asks, once that is known. */
public sealed interface Visitor {
  /** For the audit log. */
  String name();

  /**
   * A browser that is signed in.
   *
   * @param token that must come with every change, so that no other page makes one
   */
  record Browser(long session, String token) implements Visitor {
    @Override
    public String name() {
      return "session " + session;
    }
  }

  /** A program with an API key. */
  record Program(long key, String keyName, boolean readOnly) implements Visitor {
    @Override
    public String name() {
      return "key " + keyName;
    }
  }

  /** A command on this machine that can read the data directory. */
  record Command() implements Visitor {
    @Override
    public String name() {
      return "command";
    }
  }
}
