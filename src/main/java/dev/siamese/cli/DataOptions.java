package dev.siamese.cli;

import dev.siamese.data.Dataset;
import dev.siamese.data.DatasetSource;
import dev.siamese.data.Environment;
import dev.siamese.data.ImageShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which images to work on. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "auto|mnist|synthetic|DIR|FILE.npz",
      defaultValue = DatasetSource.AUTO,
      description =
          "The data set: MNIST or, when it cannot be had, synthetic digits (auto); a folder of four"
              + " IDX files; an .npz file as Keras keeps it. Default: ${DEFAULT-VALUE}.")
  private String data;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "The folder with MNIST's IDX files. Default: the environment variable "
              + Environment.DATA_DIR
              + ", else the caches, else a download.")
  private Path dataDir;

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
   * @param shape that its images will be brought to, those that are needed
   * @throws IOException when it cannot be had
   */
  Dataset load(long seed, ImageShape shape) throws IOException {
    try (DownloadProgress progress = new DownloadProgress()) {
      Dataset dataset = DatasetSource.of(data, dataDir, Environment.system()).load(seed, progress);
      if (!dataset.shape().equals(shape)) {
        System.err.printf(
            "The images of %s, %s, are brought to the network's %s.%n",
            dataset.name(), dataset.shape(), shape);
      }
      return dataset;
    }
  }
}
