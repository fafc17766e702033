package dev.sluice.web;

import io.vertx.core.buffer.Buffer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * A file open for reading. Everything here blocks.
 *
 * @param size at the time it was opened
 * @param modified likewise
 */
record OpenFile(FileChannel channel, long size, Instant modified) {

  /**
   * Opens a file below its root.
   *
   * @throws Refusal 404 when there is none, or it leads out of the root by a link
   */
  static OpenFile open(RecordedFile recorded) throws IOException {
    Path root = recorded.root();
    Path path = root.resolve(recorded.file());
    if (!Files.isRegularFile(path) || !path.toRealPath().startsWith(root.toRealPath())) {
      throw Refusal.notFound("file");
    }
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return new OpenFile(channel, channel.size(), now.lastModifiedTime().toInstant());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * @throws EOFException when the file has become shorter
   */
  Buffer read(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException("the file has become shorter while it was sent");
      }
    }
    return Buffer.buffer(bytes.array());
  }

  Void close() throws IOException {
    channel.close();
    return null;
  }

  /** Another one as soon as the file is another one. */
  String etag() {
    return '"' + Long.toHexString(size) + '-' + Long.toHexString(modified.toEpochMilli()) + '"';
  }
}
