package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.augmentation.Augmentation;
import dev.siamese.augmentation.Augmenter;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.model.Networks;
import dev.siamese.model.PixelLayout;
import dev.siamese.model.Plan;
import dev.siamese.model.RandomImages;
import dev.siamese.training.ChangedImages.Wanted;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TUint8;

class ChangedImagesTest {
  private static final int IMAGES = 40;
  private static final long SEED = 5;

  private final LabeledImages images = RandomImages.of(IMAGES, 1);
  private final PixelLayout layout = Plan.of(Networks.reference(4, 3, 2, 5).twin()).pixels();

  /** Of two epochs, in batches of one size and another, as of one run and another. */
  @ParameterizedTest
  @MethodSource("dev.siamese.training.Executors#all")
  void followFromEpochAndImageAlone(Executor executor) {
    for (int batchSize : new int[] {4, 7, 64}) {
      try (Graph graph = new Graph()) {
        Ops tf = Ops.create(graph);
        Placeholder<TUint8> fed = tf.placeholder(TUint8.class, Placeholder.shape(layout.shape(-1)));
        Operand<TUint8> fetched = tf.identity(fed);
        try (Session session = new Session(graph);
            ChangedImages changed =
                new ChangedImages(images, layout, Augmentation.DIGITS, SEED, 2, executor)) {
          long step = 0;
          for (int epoch = 1; epoch <= 2; epoch++) {
            ImageBatches batches =
                ImageBatches.views(IMAGES, batchSize, new SplittableRandom(epoch));
            for (int i = 0; i < batches.batches(); i++) {
              int[] batch = batches.batch(i);
              Optional<Wanted> next =
                  i + 1 < batches.batches()
                      ? Optional.of(Wanted.of(epoch, batches.batch(i + 1), 2))
                      : Optional.empty();
              Session.Runner runner = session.runner().fetch(fetched);
              changed.feed(runner, fed, step++, Wanted.of(epoch, batch, 2), next);
              try (Result result = runner.run()) {
                assertFed(result, epoch, batch);
              }
            }
          }
        }
      }
    }
  }

  private void assertFed(Result result, int epoch, int[] batch) {
    Augmenter augmenter = new Augmenter(Augmentation.DIGITS, images.shape());
    int samples = batch.length / 2;
    byte[] expected = new byte[samples * layout.bytes()];
    byte[] image = new byte[images.shape().pixels()];
    for (int i = 0; i < samples; i++) {
      images.copyPixels(batch[i], batch[i] + 1, image);
      augmenter.apply(image, 0, image, 0, Augmenter.generator(SEED, epoch, batch[i], i % 2));
      layout.copy(image, expected, i * layout.bytes());
    }
    byte[] found = new byte[expected.length];
    result.get(0).asRawTensor().data().read(found);
    assertEquals(expected.length, result.get(0).numBytes());
    assertArrayEquals(expected, found);
  }

  /** It leads a pair of its class and one of two classes, and is another in each. */
  @Test
  void anImageIsChangedAnewForEachPairThatItLeads() {
    Pairs pairs = Pairs.draw(images, new SplittableRandom(1));
    ShuffledPairs shuffled = new ShuffledPairs(pairs, 2 * IMAGES, new SplittableRandom(2));
    Wanted wanted = Wanted.of(1, shuffled.batch(0), 3);
    Set<List<Integer>> leading = new HashSet<>();
    for (int i = 0; i < 2 * IMAGES; i++) {
      leading.add(List.of(wanted.positions()[i], wanted.views()[i]));
    }
    assertEquals(2 * IMAGES, leading.size());
    for (int i = 0; i < 2 * IMAGES; i++) {
      int follower = 2 * IMAGES + i;
      assertEquals(2 + shuffled.batch(0)[2 * 2 * IMAGES + i], wanted.views()[follower]);
      assertEquals(shuffled.batch(0)[follower], wanted.positions()[follower]);
    }
  }

  @Test
  void imagesOfAClassHaveOneViewAnEpoch() {
    int[] labels = images.labels();
    int[] batch = ImageBatches.balanced(labels, IMAGES, new SplittableRandom(1)).batch(0);
    assertArrayEquals(new int[IMAGES], Wanted.of(1, batch, 2).views());
    assertArrayEquals(
        IntStream.of(batch).limit(IMAGES).toArray(), Wanted.of(1, batch, 2).positions());
  }
}
