package dev.siamese.training;

import dev.siamese.model.Dropout;
import dev.siamese.model.DropoutInputs;
import java.util.List;
import java.util.concurrent.Executor;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.LongDataBuffer;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * Feeds each training step its dropout masks, which are drawn while TensorFlow takes the step
 * before, if there is a thread for it.
 */
final class DropoutFeed implements AutoCloseable {
  /** How many numbers are drawn before they are copied to the tensor. */
  private static final int CHUNK = 4096;

  private static final long NONE = -1;

  /** The tensors of a step, of which two take turns: one is drawn while the other is in use. */
  private static final class Slot {
    private TUint8 kept = TUint8.tensorOf(Shape.of(0));
    private final TFloat32 scale = TFloat32.scalarOf(0);
    private long step = NONE;
  }

  private final Dropout dropout;
  private final DropoutInputs inputs;
  private final Executor executor;
  private final List<Slot> slots = List.of(new Slot(), new Slot());

  /** The step that may be drawn ahead. */
  private long next = NONE;

  /**
   * A feed.
   *
   * @param inputs what is fed
   * @param executor that draws ahead, whenever it comes to it or never
   */
  DropoutFeed(Dropout dropout, DropoutInputs inputs, Executor executor) {
    this.dropout = dropout;
    this.inputs = inputs;
    this.executor = executor;
  }

  /** Feeds a step masks for at least so many images; the step fed before must be over. */
  synchronized void feed(Session.Runner runner, long step, int images) {
    long bytes = (long) images * DropoutInputs.bytesPerImage(inputs.architecture());
    draw(step, bytes);
    next = step + 1;
    executor.execute(() -> drawAhead(step + 1, bytes));
    Slot slot = slot(step);
    runner.feed(inputs.kept(), slot.kept).feed(inputs.scale(), slot.scale);
  }

  private synchronized void drawAhead(long step, long bytes) {
    // Whoever comes too late must not draw over what is in use by now.
    if (step == next) {
      draw(step, bytes);
    }
  }

  private Slot slot(long step) {
    return slots.get((int) (step % slots.size()));
  }

  private void draw(long step, long bytes) {
    Slot slot = slot(step);
    if (slot.step == step && slot.kept.size() >= bytes) {
      return;
    }
    slot.step = NONE;
    if (slot.kept.size() < bytes) {
      TUint8 larger = TUint8.tensorOf(Shape.of((bytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES));
      slot.kept.close();
      slot.kept = larger;
    }
    slot.scale.setFloat(dropout.scale(step));
    Dropout.Masks masks = dropout.masks(step);
    LongDataBuffer target = slot.kept.asRawTensor().data().asLongs();
    long[] chunk = new long[CHUNK];
    for (long from = 0; from < target.size(); from += CHUNK) {
      int size = (int) Math.min(CHUNK, target.size() - from);
      for (int i = 0; i < size; i++) {
        chunk[i] = masks.next();
      }
      target.offset(from).write(chunk, 0, size);
    }
    slot.step = step;
  }

  @Override
  public synchronized void close() {
    next = NONE;
    for (Slot slot : slots) {
      slot.kept.close();
      slot.scale.close();
    }
  }
}
