package dev.sluice.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * The settings file on disk. Replaced as a whole, never left half written; where it is a link, what
 * the link names is replaced. All calls block; any thread may make them.
 */
public final class SettingsFile {
  private final Path path;
  private final SettingsReader reader;

  /**
   * @param path the file, which need not exist yet
   * @param reader proves every text that is loaded or written
   */
  public SettingsFile(Path path, SettingsReader reader) {
    this.path = path.toAbsolutePath();
    this.reader = reader;
  }

  /**
   * A settings file as it was read.
   *
   * @param etag 16 hex digits of the SHA-256 of its bytes
   * @param modified its modification time when it was read
   * @param bytes its size when it was read
   */
  public record Loaded(String text, Settings settings, String etag, FileTime modified, long bytes) {

    /** Without the text, which may hold secrets. */
    @Override
    public String toString() {
      return "Loaded[etag=" + etag + ", bytes=" + bytes + "]";
    }
  }

  /** Where the file is. */
  public Path path() {
    return path;
  }

  /**
   * Makes the file at the first start, readable for its owner alone; a file that is there, broken
   * or not, is left alone.
   *
   * @param example text to begin with
   * @return whether it was made
   * @throws IOException where the folder cannot be written
   */
  public synchronized boolean createIfMissing(String example) throws IOException {
    if (Files.exists(path)) {
      return false;
    }
    Files.createDirectories(path.getParent());
    replace(target(), example.getBytes(StandardCharsets.UTF_8), null);
    return true;
  }

  /**
   * Reads the file.
   *
   * @throws IOException where it cannot be read
   * @throws SettingsException where it does not hold settings
   */
  public synchronized Loaded load() throws IOException, SettingsException {
    // Taken before the bytes are read: a change in between is seen at the next look.
    FileTime modified = Files.getLastModifiedTime(path);
    byte[] bytes = bytes(path);
    String text = SettingsReader.decode(bytes);
    return new Loaded(text, reader.read(text), etag(bytes), modified, bytes.length);
  }

  /**
   * Whether the file looks different from when it was loaded, by modification time and size.
   *
   * @throws IOException where it cannot be looked at, for example because it is gone
   */
  public boolean changedSince(Loaded loaded) throws IOException {
    return Files.size(path) != loaded.bytes()
        || !Files.getLastModifiedTime(path).equals(loaded.modified());
  }

  /**
   * Whether the file would take a write: an owner who took away every write bit means it, also
   * towards a process that could write all the same.
   */
  public boolean isWritable() {
    try {
      Path target = target();
      Set<PosixFilePermission> mode = mode(target);
      boolean bit =
          mode == null
              || mode.contains(PosixFilePermission.OWNER_WRITE)
              || mode.contains(PosixFilePermission.GROUP_WRITE)
              || mode.contains(PosixFilePermission.OTHERS_WRITE);
      return bit && Files.isWritable(target) && Files.isWritable(target.getParent());
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Replaces the file and forces it to the disk. The text before, if it was good, is kept beside it
   * as {@code <name>.bak}. Mode and, where allowed, owner stay.
   *
   * @throws SettingsException where the new text does not hold settings; nothing is written then
   * @throws IOException with a sentence for the user where the file cannot be written
   */
  public synchronized Loaded write(String text) throws IOException, SettingsException {
    reader.read(text);
    if (!isWritable()) {
      throw new IOException(
          "The settings file " + path + " is read-only; allow writing to it and its folder");
    }
    try {
      Path target = target();
      keepGoodCopy(target);
      replace(target, text.getBytes(StandardCharsets.UTF_8), mode(target));
    } catch (AccessDeniedException | ReadOnlyFileSystemException e) {
      throw new IOException("The folder of the settings file " + path + " is read-only", e);
    } catch (FileSystemException e) {
      throw new IOException(
          "The settings file "
              + path
              + " cannot be replaced ("
              + e.getReason()
              + "); if it is mounted as a single file, mount its folder instead",
          e);
    }
    return load();
  }

  /**
   * Replaces the file as {@link #write(String)} does, if it still is the one that was loaded.
   *
   * @param etag of the file that the new text was made from
   * @throws StaleException where somebody else changed the file since
   */
  public synchronized Loaded write(String text, String etag) throws IOException, SettingsException {
    if (!etag(bytes(path)).equals(etag)) {
      throw new StaleException("The settings file " + path + " was changed by somebody else");
    }
    return write(text);
  }

  /** The file is not the one that the change was made from. */
  public static final class StaleException extends IOException {
    StaleException(String message) {
      super(message);
    }
  }

  private void keepGoodCopy(Path target) throws IOException {
    byte[] before = bytes(target);
    try {
      reader.read(before);
    } catch (SettingsException e) {
      return; // the copy from before stays: it is better than this
    }
    replace(target.resolveSibling(target.getFileName() + ".bak"), before, mode(target));
  }

  /** What the path names at the end of all links. */
  private Path target() throws IOException {
    if (Files.exists(path)) {
      return path.toRealPath();
    }
    return Files.isSymbolicLink(path)
        ? path.resolveSibling(Files.readSymbolicLink(path)).normalize()
        : path;
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("The settings file " + file + " is no plain file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      // one more than allowed: the reader then says that it is too large
      return in.readNBytes(SettingsReader.MAX_BYTES + 1);
    }
  }

  private static void replace(Path target, byte[] bytes, Set<PosixFilePermission> mode)
      throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    Path made = Files.createTempFile(folder, ".sluice-", ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        keepOwner(target, made);
        setMode(made, mode);
        channel.force(true);
      }
      Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(made);
    }
    forceFolder(folder);
  }

  private static void keepOwner(Path from, Path to) {
    try {
      PosixFileAttributes old = Files.readAttributes(from, PosixFileAttributes.class);
      PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
      view.setGroup(old.group());
      view.setOwner(old.owner());
    } catch (IOException | UnsupportedOperationException e) {
      // only a privileged process may give files away
    }
  }

  private static void setMode(Path file, Set<PosixFilePermission> mode) throws IOException {
    if (mode != null) {
      Files.setPosixFilePermissions(file, mode);
    }
  }

  /** Null where the file system has no modes. */
  private static Set<PosixFilePermission> mode(Path file) throws IOException {
    try {
      return Files.getPosixFilePermissions(file);
    } catch (UnsupportedOperationException e) {
      return null;
    }
  }

  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // some file systems refuse to force a folder
    }
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
