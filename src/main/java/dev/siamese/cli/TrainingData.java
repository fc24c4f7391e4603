package dev.siamese.cli;

import dev.siamese.augmentation.Augmentation;
import dev.siamese.augmentation.Views;
import dev.siamese.data.Dataset;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.RandomStream;
import dev.siamese.data.Split;
import dev.siamese.training.Supervision;
import dev.siamese.training.Supervision.Alike;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The images and pairs of a run. Where there are no labels, validation and test are made of two
 * views of each picture, which are as good as a class.
 *
 * @param train images to learn from, and pairs of them: those to learn from, where pairs are given
 * @param shown pairs as they are learned from, for a picture
 * @param validation pairs to compare after every epoch
 * @param validationImages that the loss of whole batches is validated on; those of one class are to
 *     be alike
 * @param test what is tested on
 * @param probed images to learn classes from that the network did not, where both they and those to
 *     test have the same
 */
record TrainingData(
    PairedImages train,
    PairedImages shown,
    PairedImages validation,
    LabeledImages validationImages,
    TestSet test,
    Optional<LabeledImages> probed) {
  /** Pictures whose views are shown, at most. */
  private static final int SHOWN = 100;

  private static final int VIEWS = 2;

  /** Draws all pairs. */
  static TrainingData of(Dataset dataset, Split split, Supervision supervision, long seed) {
    Augmentation augmentation = supervision.augmentation();
    boolean views = supervision.alike() == Alike.VIEWS;
    LabeledImages train = split.train();
    LabeledImages validation = split.validation();
    LabeledImages test = split.test();
    if (!split.labelled()) {
      validation = Views.of(validation, augmentation, VIEWS, seed);
      test = Views.of(test, augmentation, VIEWS, seed);
    }
    PairedImages shown =
        PairedImages.draw(
            views
                ? Views.of(train.range(0, Math.min(SHOWN, train.size())), augmentation, VIEWS, seed)
                : train,
            RandomStream.TRAIN_PAIRS,
            seed);
    return new TrainingData(
        views ? new PairedImages(train, shown.pairs()) : shown,
        shown,
        PairedImages.draw(validation, RandomStream.VALIDATION_PAIRS, seed),
        views && split.labelled() ? Views.of(validation, augmentation, VIEWS, seed) : validation,
        TestSet.of(
            dataset.name(),
            dataset.origin(),
            PairedImages.draw(test, RandomStream.TEST_PAIRS, seed)),
        Optional.of(train)
            .filter(images -> views && split.labelled() && share(images, split.test())));
  }

  /** Whether both have images of a class, as they have not where classes are held out. */
  private static boolean share(LabeledImages one, LabeledImages other) {
    Set<Integer> classes = new HashSet<>();
    Arrays.stream(one.classes()).forEach(classes::add);
    return Arrays.stream(other.classes()).anyMatch(classes::contains);
  }
}
