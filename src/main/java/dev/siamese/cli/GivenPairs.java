package dev.siamese.cli;

import dev.siamese.data.ImageCollection;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.Preparation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Pairs of a {@link PairFile} with their images: picture files, or test images by number. */
final class GivenPairs {
  /** Options of evaluate that choose images of a data set, which pairs of files are not from. */
  static final List<String> OF_DATA_SETS =
      List.of(
          "--held-out",
          "--whole",
          "--augment",
          "--unlabelled",
          "--seed",
          "--split-seed",
          "--data-dir",
          "--transpose");

  private static final String NUMBER = "[0-9]{1,9}";

  private GivenPairs() {}

  /** Whether all names are numbers, which mean images of a data set. */
  static boolean areNumbers(PairFile file) {
    return file.names().stream().allMatch(name -> name.matches(NUMBER));
  }

  /** What the user should know where a pair is of the same class as it is one image. */
  static Optional<String> remark(Pairs pairs) {
    long selves =
        IntStream.range(0, pairs.size())
            .filter(pair -> pairs.labels()[pair] == Pairs.SAME)
            .filter(pair -> pairs.first()[pair] == pairs.second()[pair])
            .count();
    return selves == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,d of %,d pairs join an image with itself as the same class, which makes every"
                    + " figure of the pairs look better than it is.",
                selves,
                pairs.size()));
  }

  /**
   * Pairs of picture files.
   *
   * @param folder that their names start from
   * @throws IOException when one cannot be read
   */
  static TestSet ofFiles(PairFile file, Path source, Path folder, Preparation preparation)
      throws IOException {
    ImageCollection pictures = ImageCollection.ofFiles(file.files(folder), preparation);
    List<String> names = file.names();
    return new TestSet(
        "pairs of " + source.getFileName(),
        "pictures in " + folder,
        new PairedImages(pictures.images(), file.pairs()),
        false,
        names::get);
  }

  /**
   * Pairs of test images.
   *
   * @param dataset its test images, with the data set's name and origin
   * @throws IOException when there is no image of a number
   */
  static TestSet ofNumbers(PairFile file, Path source, TestSet dataset) throws IOException {
    LabeledImages images = dataset.pairs().images();
    int[] positions = file.names().stream().mapToInt(Integer::parseInt).toArray();
    int largest = Arrays.stream(positions).max().orElse(0);
    if (largest >= images.size()) {
      throw new IOException(
          "expected numbers of test images, 0 to %d, found %d in %s"
              .formatted(images.size() - 1, largest, source));
    }
    Pairs pairs =
        new Pairs(
            Arrays.stream(file.pairs().first()).map(name -> positions[name]).toArray(),
            Arrays.stream(file.pairs().second()).map(name -> positions[name]).toArray(),
            file.pairs().labels());
    return TestSet.of(dataset.dataset(), dataset.origin(), new PairedImages(images, pairs));
  }
}
