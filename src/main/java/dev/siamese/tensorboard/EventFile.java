package dev.siamese.tensorboard;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/**
 * A file of events, each a record of its length, the masked checksum of the length, the event, and
 * the masked checksum of that.
 *
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details">
 *     The form of a record</a>
 */
final class EventFile implements AutoCloseable {
  private static final int MASK = 0xa282ead8;
  private static final String VERSION = "brain.Event:2";

  private final OutputStream out;

  /**
   * Begins a file.
   *
   * @param folder that it is put into, and made where it is missing
   * @throws IOException when it cannot be written
   */
  EventFile(Path folder) throws IOException {
    Files.createDirectories(folder);
    // TensorBoard takes every file with this beginning for events, and the newest for the last.
    Path file =
        folder.resolve(
            "events.out.tfevents.%010d.siamese".formatted(System.currentTimeMillis() / 1000));
    out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
    write(Event.newBuilder().setWallTime(now()).setFileVersion(VERSION).build());
  }

  /** Adds what is known at a step. */
  void add(long step, Summary.Value... values) throws IOException {
    Summary.Builder summary = Summary.newBuilder();
    for (Summary.Value value : values) {
      summary.addValue(value);
    }
    write(Event.newBuilder().setWallTime(now()).setStep(step).setSummary(summary).build());
  }

  /** Hands what was added to the system, so that TensorBoard sees it. */
  void flush() throws IOException {
    out.flush();
  }

  private static double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  private void write(Event event) throws IOException {
    byte[] bytes = event.toByteArray();
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    length.putLong(bytes.length);
    out.write(length.array());
    out.write(checksum(length.array()));
    out.write(bytes);
    out.write(checksum(bytes));
  }

  private static byte[] checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    int masked = Integer.rotateRight((int) checksum.getValue(), 15) + MASK;
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
