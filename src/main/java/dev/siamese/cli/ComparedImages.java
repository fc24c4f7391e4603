package dev.siamese.cli;

import dev.siamese.augmentation.Augmentation;
import dev.siamese.augmentation.Views;
import dev.siamese.data.Dataset;
import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.RandomStream;

/**
 * Images of a data set as a model compares them: by their labels or, where there are none, two
 * views of each picture, which are the same, among those of others, which are not.
 *
 * @param shape that the model wants
 * @param ofViews what makes a view of a picture
 * @param seed fixes views and pairs
 */
record ComparedImages(Dataset dataset, ImageShape shape, Augmentation ofViews, long seed) {
  private static final int VIEWS = 2;

  /** Draws pairs of some images of the data set. */
  PairedImages pairs(LabeledImages images, RandomStream stream) {
    LabeledImages fitted = images.fitted(shape);
    return PairedImages.draw(dataset.labelled() ? fitted : views(fitted), stream, seed);
  }

  /** Two views of each picture, which are as good as a class. */
  LabeledImages views(LabeledImages images) {
    return Views.of(images.fitted(shape), ofViews, VIEWS, seed);
  }

  /** Draws the test pairs. */
  TestSet test(LabeledImages images) {
    return TestSet.of(dataset.name(), dataset.origin(), pairs(images, RandomStream.TEST_PAIRS));
  }
}
