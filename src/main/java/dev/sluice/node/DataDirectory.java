package dev.sluice.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder that holds everything but recordings: settings, ledger, secrets, logs. Locked while a
 * server runs on it; the lock file names that server's process and address. The channel is opened
 * once and kept: closing another descriptor of the file would drop the lock.
 */
public final class DataDirectory implements AutoCloseable {
  private static final int MAX_CONTENT = 1024;

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /** Who runs on a data directory. */
  public record Owner(String pid, String address) {}

  /** Another server runs on the data directory. */
  public static final class InUse extends IOException {
    private static final long serialVersionUID = 1L;

    InUse(Path path, Owner owner) {
      super(
          "another Sluice runs on "
              + path
              + ": process "
              + owner.pid()
              + ", "
              + owner.address()
              + ". Stop it first, or give this one another folder with --data");
    }
  }

  /**
   * Makes the folder where it is missing and locks it. Call from a plain thread.
   *
   * @throws InUse when another server runs on it
   */
  public static DataDirectory open(Path folder) throws IOException {
    Path path = folder.toAbsolutePath().normalize();
    Files.createDirectories(path);
    FileChannel channel =
        FileChannel.open(
            path.resolve("sluice.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    FileLock lock = tryLock(channel);
    if (lock == null) {
      Owner owner = parse(read(channel));
      channel.close();
      throw new InUse(path, owner);
    }
    DataDirectory directory = new DataDirectory(path, channel, lock);
    directory.announce("starting");
    return directory;
  }

  /** Who last announced itself on this folder; not a proof that it still runs. */
  public static Owner owner(Path folder) throws IOException {
    return parse(Files.readString(folder.resolve("sluice.lock")));
  }

  /** Writes our address into the lock file, for people and commands. */
  public void announce(String address) throws IOException {
    String text = ProcessHandle.current().pid() + "\n" + address + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    channel.truncate(0);
    channel.position(0);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  public Path path() {
    return path;
  }

  /** Where the ledger is. */
  public Path ledger() {
    return path.resolve("ledger.db");
  }

  /** Where the settings are unless the command line says otherwise. */
  public Path settings() {
    return path.resolve("sluice.yaml");
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      lock.release();
      channel.close();
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_CONTENT);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  private static Owner parse(String text) {
    String[] lines = text.split("\n", -1);
    return new Owner(
        lines[0].isBlank() ? "unknown" : lines[0].strip(),
        lines.length > 1 && !lines[1].isBlank() ? lines[1].strip() : "address unknown");
  }
}
