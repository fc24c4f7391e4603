package dev.siamese.cli;

import dev.siamese.data.Dataset;
import dev.siamese.data.DatasetSource;
import dev.siamese.data.Environment;
import dev.siamese.data.ImageShape;
import dev.siamese.data.ReadSettings;
import dev.siamese.data.SplitSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which images to work on. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "auto|mnist|synthetic|DIR|FILE",
      defaultValue = DatasetSource.AUTO,
      description =
          "The data set: MNIST or, when it cannot be had, synthetic digits (auto); a folder of class"
              + " folders, which may stand in train, validation and test; a table of"
              + " file,label[,split] beside pictures; IDX files; an .npz file; a .csv file of"
              + " pixels. Default: ${DEFAULT-VALUE}.")
  private String data;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "The folder with MNIST's IDX files. Default: the environment variable "
              + Environment.DATA_DIR
              + ", else the caches, else a download.")
  private Path dataDir;

  @Mixin private InputOptions input;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description =
          "Chooses which images validate and test where the data set does not say so; the same for"
              + " training and for whatever follows. Default: ${DEFAULT-VALUE}.")
  private long splitSeed = 0;

  @Option(
      names = "--unlabelled",
      description =
          "Images need no labels, so that a folder of pictures is a data set. Labels that there are"
              + " nevertheless are for figures alone.")
  private boolean unlabelled;

  @Option(
      names = "--held-out",
      paramLabel = "CLASSES",
      split = ",",
      description =
          "Test on these classes alone, and on none of them train or validate: names, or numbers as"
              + " in 0,7-9.")
  private List<String> heldOut = List.of();

  /** How the data set is to be read. */
  ReadSettings settings() {
    return input.settings().withUnlabelled(unlabelled);
  }

  /** Whether labels are not to be learned from. */
  boolean unlabelled() {
    return unlabelled;
  }

  /** How the data set is to be split, where the rest is said so. */
  SplitSettings split(SplitSettings rest) {
    return rest.withSeed(splitSeed).withHeldOut(heldOut);
  }

  /** Names the data set otherwise than by an option. */
  void setInput(String path) {
    data = path;
  }

  /** The folder that the user names as the data set, if it is one. */
  Optional<Path> folder() {
    try {
      return Optional.of(Path.of(data)).filter(Files::isDirectory);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads, downloads or draws the data set, telling the user about it.
   *
   * @throws IOException when it cannot be had
   */
  Dataset load(long seed, ReadSettings settings) throws IOException {
    try (DownloadProgress progress = new DownloadProgress()) {
      Dataset dataset =
          DatasetSource.of(data, dataDir, settings, Environment.system()).load(seed, progress);
      ImageShape shape = settings.shape(dataset.shape());
      if (!dataset.shape().equals(shape)) {
        System.err.printf(
            "The images of %s, %s, are brought to the network's %s.%n",
            dataset.name(), dataset.shape(), shape);
      }
      return dataset;
    }
  }
}
