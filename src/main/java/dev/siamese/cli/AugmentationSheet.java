package dev.siamese.cli;

import dev.siamese.augmentation.Augmentation;
import dev.siamese.augmentation.Views;
import dev.siamese.chart.ContactSheet;
import dev.siamese.chart.Picture;
import dev.siamese.data.ClassNames;
import dev.siamese.data.Dataset;
import dev.siamese.data.LabeledImages;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What an augmentation makes of some pictures of a data set: each in a row, itself first. */
final class AugmentationSheet {
  private static final int ROWS = 12;

  private AugmentationSheet() {}

  /** Draws the first pictures of each class to train on. */
  static Picture of(Dataset dataset, Augmentation augmentation) {
    int[] chosen = firstOfClasses(dataset.train());
    LabeledImages views =
        Views.besideOriginals(
            dataset.train().select(chosen), augmentation, ContactSheet.MOST_IMAGES - 1, 0);
    List<String> names = IntStream.of(chosen).mapToObj(dataset.train()::description).toList();
    return ContactSheet.of(
        "%s, changed by --augment %s".formatted(dataset.name(), augmentation.name()),
        views.named(new ClassNames(names)));
  }

  /** The first image of each class, then the second of each, as far as there is room. */
  private static int[] firstOfClasses(LabeledImages images) {
    Map<Integer, Integer> sizes = new HashMap<>();
    int[] ranks =
        IntStream.range(0, images.size())
            .map(image -> sizes.merge(images.label(image), 1, Integer::sum))
            .toArray();
    return IntStream.range(0, images.size())
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(image -> ranks[image]).thenComparingInt(images::label))
        .limit(ROWS)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
