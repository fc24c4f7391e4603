package dev.siamese.training;

import dev.siamese.model.Dropout;
import dev.siamese.model.DropoutMasks;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.LongDataBuffer;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * Feeds each training step its dropout masks, which are drawn while TensorFlow takes the step
 * before. Not for use by several threads.
 */
final class DropoutFeed implements AutoCloseable {
  /** How many are drawn before they are copied to the tensor. */
  private static final int CHUNK = 4096;

  /** The tensors of a step, of which two take turns: one is drawn while the other is in use. */
  private static final class Slot {
    private TUint8 kept = TUint8.tensorOf(Shape.of(0));
    private final TFloat32 scale = TFloat32.scalarOf(0);
    private long step = -1;
  }

  private final Dropout dropout;
  private final DropoutMasks masks;
  private final Executor executor;
  private final List<Slot> slots = List.of(new Slot(), new Slot());
  private CompletableFuture<Void> drawing = CompletableFuture.completedFuture(null);

  /**
   * A feed.
   *
   * @param masks what is fed
   * @param executor that draws ahead
   */
  DropoutFeed(Dropout dropout, DropoutMasks masks, Executor executor) {
    this.dropout = dropout;
    this.masks = masks;
    this.executor = executor;
  }

  /** Feeds a step masks for at least so many images. */
  void feed(Session.Runner runner, long step, int images) {
    drawing.join();
    long bytes = (long) images * DropoutMasks.bytesPerImage(masks.architecture());
    Slot slot = slot(step);
    if (slot.step != step || slot.kept.size() < bytes) {
      draw(step, bytes);
    }
    drawing = CompletableFuture.runAsync(() -> draw(step + 1, bytes), executor);
    runner.feed(masks.kept(), slot.kept).feed(masks.scale(), slot.scale);
  }

  private Slot slot(long step) {
    return slots.get((int) (step % slots.size()));
  }

  private void draw(long step, long bytes) {
    Slot slot = slot(step);
    if (slot.kept.size() < bytes) {
      slot.kept.close();
      slot.kept = TUint8.tensorOf(Shape.of((bytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES));
    }
    slot.scale.setFloat(dropout.scale(step));
    Dropout.Masks drawn = dropout.masks(step);
    LongDataBuffer target = slot.kept.asRawTensor().data().asLongs();
    long[] chunk = new long[CHUNK];
    for (long from = 0; from < target.size(); from += CHUNK) {
      int size = (int) Math.min(CHUNK, target.size() - from);
      for (int i = 0; i < size; i++) {
        chunk[i] = drawn.next();
      }
      target.offset(from).write(chunk, 0, size);
    }
    slot.step = step;
  }

  @Override
  public void close() {
    drawing.join();
    for (Slot slot : slots) {
      slot.kept.close();
      slot.scale.close();
    }
  }
}
