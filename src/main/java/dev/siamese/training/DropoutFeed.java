package dev.siamese.training;

import dev.siamese.model.DropoutInputs;
import dev.siamese.model.DropoutLayout;
import dev.siamese.model.DropoutMasks;
import java.util.ArrayList;
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

  /** The masks of one rate. */
  private static final class Group {
    private final DropoutMasks masks;
    private final DropoutInputs.Fed fed;
    private final int bytesPerSample;
    private final List<Slot> slots = List.of(new Slot(), new Slot());

    Group(DropoutMasks masks, DropoutInputs.Fed fed, int bytesPerSample) {
      this.masks = masks;
      this.fed = fed;
      this.bytesPerSample = bytesPerSample;
    }

    Slot slot(long step) {
      return slots.get((int) (step % slots.size()));
    }
  }

  /** The tensors of a step, of which two take turns: one is drawn while the other is in use. */
  private static final class Slot {
    private TUint8 kept = TUint8.tensorOf(Shape.of(0));
    private final TFloat32 scale = TFloat32.scalarOf(0);
    private long step = NONE;
  }

  private final List<Group> groups = new ArrayList<>();
  private final AheadOfSteps ahead;

  /**
   * A feed.
   *
   * @param inputs what is fed
   * @param seed of the run
   * @param executor that draws ahead, whenever it comes to it or never
   */
  DropoutFeed(DropoutInputs inputs, long seed, Executor executor) {
    ahead = new AheadOfSteps(executor);
    List<DropoutLayout.Group> layout = inputs.layout().groups();
    for (int i = 0; i < layout.size(); i++) {
      groups.add(
          new Group(
              new DropoutMasks(layout.get(i).rate(), i, seed),
              inputs.fed().get(i),
              layout.get(i).bytesPerSample()));
    }
  }

  /** Feeds a step masks for at least so many samples; the step fed before must be over. */
  void feed(Session.Runner runner, long step, int samples) {
    if (groups.isEmpty()) {
      return;
    }
    ahead.begin(step, () -> draw(step, samples), () -> draw(step + 1, samples));
    for (Group group : groups) {
      Slot slot = group.slot(step);
      runner.feed(group.fed.kept(), slot.kept).feed(group.fed.scale(), slot.scale);
    }
  }

  private void draw(long step, int samples) {
    for (Group group : groups) {
      draw(group, step, (long) samples * group.bytesPerSample);
    }
  }

  private static void draw(Group group, long step, long bytes) {
    Slot slot = group.slot(step);
    if (slot.step == step && slot.kept.size() >= bytes) {
      return;
    }
    slot.step = NONE;
    if (slot.kept.size() < bytes) {
      TUint8 larger = TUint8.tensorOf(Shape.of((bytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES));
      slot.kept.close();
      slot.kept = larger;
    }
    slot.scale.setFloat(group.masks.scale(step));
    DropoutMasks.Masks masks = group.masks.masks(step);
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
  public void close() {
    ahead.end(
        () ->
            groups.stream()
                .flatMap(group -> group.slots.stream())
                .forEach(
                    slot -> {
                      slot.kept.close();
                      slot.scale.close();
                    }));
  }
}
