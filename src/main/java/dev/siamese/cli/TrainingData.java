package dev.siamese.cli;

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

  /** Draws all pairs. */
  static TrainingData of(Dataset dataset, Split split, Supervision supervision, long seed) {
    boolean views = supervision.alike() == Alike.VIEWS;
    LabeledImages train = split.train();
    ComparedImages compared =
        new ComparedImages(dataset, train.shape(), supervision.augmentation(), seed);
    PairedImages shown =
        PairedImages.draw(
            views ? compared.views(train.range(0, Math.min(SHOWN, train.size()))) : train,
            RandomStream.TRAIN_PAIRS,
            seed);
    PairedImages validation = compared.pairs(split.validation(), RandomStream.VALIDATION_PAIRS);
    boolean ofLabels = views && split.labelled();
    return new TrainingData(
        views ? new PairedImages(train, shown.pairs()) : shown,
        shown,
        validation,
        ofLabels ? compared.views(split.validation()) : validation.images(),
        compared.test(split.test()),
        Optional.of(train).filter(images -> ofLabels && share(images, split.test())));
  }

  /** Whether both have images of a class, as they have not where classes are held out. */
  private static boolean share(LabeledImages one, LabeledImages other) {
    Set<Integer> classes = new HashSet<>();
    Arrays.stream(one.classes()).forEach(classes::add);
    return Arrays.stream(other.classes()).anyMatch(classes::contains);
  }
}
