package dev.siamese.training;

import dev.siamese.augmentation.Augmentation;
import dev.siamese.augmentation.Augmenter;
import dev.siamese.data.LabeledImages;
import dev.siamese.model.ParallelBatches;
import dev.siamese.model.PixelLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TUint8;

/**
 * Feeds each training step its images, changed at random: which way follows from the run's seed,
 * the epoch and the image alone. While TensorFlow takes a step those of the next are changed, if
 * there is a thread for it.
 */
final class ChangedImages implements AutoCloseable {
  /** Images that a thread changes at a time. */
  private static final int CHUNK = 8;

  private static final long NONE = -1;

  /**
   * The images of a step.
   *
   * @param epoch it is in, from 1
   * @param positions of its images
   * @param views which of the views of its image in that epoch each is
   */
  record Wanted(int epoch, int[] positions, int[] views) {
    /**
     * Those of a batch.
     *
     * @param rows of the batch: see {@link Batches#batch}
     */
    static Wanted of(int epoch, int[] batch, int rows) {
      int samples = batch.length / rows;
      int[] positions = Arrays.copyOf(batch, samples * (rows - 1));
      int[] views = new int[positions.length];
      for (int i = 0; i < views.length; i++) {
        if (rows == 2) {
          views[i] = i > 0 && positions[i] == positions[i - 1] ? 1 : 0;
        } else {
          // An image leads one pair of each label, and follows in others.
          views[i] = 2 * (i / samples) + batch[2 * samples + i % samples];
        }
      }
      return new Wanted(epoch, positions, views);
    }
  }

  /** The tensor of a step, of which two take turns: one is filled while the other is in use. */
  private static final class Slot {
    private TUint8 tensor = TUint8.tensorOf(Shape.of(0));
    private long step = NONE;
  }

  private final LabeledImages images;
  private final PixelLayout pixels;
  private final Augmenter augmenter;
  private final long seed;
  private final int threads;
  private final AheadOfSteps ahead;
  private final List<Slot> slots = List.of(new Slot(), new Slot());

  /**
   * A feed.
   *
   * @param images that steps point into
   * @param pixels the order in which they are fed
   * @param seed of the run
   * @param threads that prepare a step that is waited for
   * @param executor that prepares ahead, whenever it comes to it or never
   */
  ChangedImages(
      LabeledImages images,
      PixelLayout pixels,
      Augmentation augmentation,
      long seed,
      int threads,
      Executor executor) {
    this.images = images;
    this.pixels = pixels;
    this.augmenter = new Augmenter(augmentation, images.shape());
    this.seed = seed;
    this.threads = threads;
    this.ahead = new AheadOfSteps(executor);
  }

  /**
   * Feeds a step its images; the step fed before must be over.
   *
   * @param following what the step after it will want, if that is known
   */
  void feed(
      Session.Runner runner,
      Placeholder<TUint8> placeholder,
      long step,
      Wanted wanted,
      Optional<Wanted> following) {
    ahead.begin(
        step,
        () -> prepare(step, wanted, threads),
        () -> following.ifPresent(next -> prepare(step + 1, next, 1)));
    runner.feed(placeholder, slot(step).tensor);
  }

  private Slot slot(long step) {
    return slots.get((int) (step % slots.size()));
  }

  private void prepare(long step, Wanted wanted, int workers) {
    Slot slot = slot(step);
    if (slot.step == step) {
      return;
    }
    slot.step = NONE;
    int count = wanted.positions.length;
    byte[] fed = new byte[count * pixels.bytes()];
    ParallelBatches.run(workers, count, CHUNK, (from, to) -> change(wanted, from, to, fed));
    Shape shape = pixels.shape(count);
    if (!slot.tensor.shape().equals(shape)) {
      slot.tensor.close();
      slot.tensor = TUint8.tensorOf(shape);
    }
    slot.tensor.asRawTensor().data().write(fed);
    slot.step = step;
  }

  private void change(Wanted wanted, int from, int to, byte[] fed) {
    byte[] image = new byte[images.shape().pixels()];
    for (int i = from; i < to; i++) {
      int position = wanted.positions[i];
      images.copyPixels(position, position + 1, image);
      augmenter.apply(
          image, 0, image, 0, Augmenter.generator(seed, wanted.epoch, position, wanted.views[i]));
      pixels.copy(image, fed, i * pixels.bytes());
    }
  }

  @Override
  public void close() {
    ahead.end(() -> slots.forEach(slot -> slot.tensor.close()));
  }
}
