package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the data set that a user asks for. */
public final class DatasetSource {
  /** MNIST from wherever it can be had, else synthetic digits. */
  public static final String AUTO = "auto";

  /** MNIST from wherever it can be had, else an error. */
  public static final String MNIST = "mnist";

  /** Synthetic digits. */
  public static final String SYNTHETIC = "synthetic";

  private static final int SYNTHETIC_TRAIN = 60_000;
  private static final int SYNTHETIC_TEST = 10_000;

  private final String data;
  private final Optional<Path> dataDir;
  private final Environment environment;
  private final MnistDownload download;
  private final ReadSettings settings;

  DatasetSource(
      String data,
      Path dataDir,
      ReadSettings settings,
      Environment environment,
      MnistDownload download) {
    this.data = data;
    this.settings = settings;
    this.dataDir = Optional.ofNullable(dataDir);
    this.environment = environment;
    this.download = download;
  }

  /**
   * The source of a data set.
   *
   * @param data {@link #AUTO}, {@link #MNIST}, {@link #SYNTHETIC}, or a file or folder
   * @param dataDir the only place to look for the IDX files with {@link #AUTO} and {@link #MNIST},
   *     or null for the usual places: the folder of {@link Environment#DATA_DIR} alone if that is
   *     set, else the cache, Keras's cache, and the download into the cache
   */
  public static DatasetSource of(String data, Path dataDir, Environment environment) {
    return of(data, dataDir, ReadSettings.DEFAULT, environment);
  }

  /** The source of a data set of which the user says more than it tells. */
  public static DatasetSource of(
      String data, Path dataDir, ReadSettings settings, Environment environment) {
    return new DatasetSource(data, dataDir, settings, environment, new MnistDownload());
  }

  /**
   * Reads, downloads or draws the data set.
   *
   * @param seed of the synthetic digits
   * @param listener is told of downloads, and of anything used in place of what was asked for
   * @throws IOException when it cannot be had, with a message for the user
   */
  public Dataset load(long seed, DatasetListener listener) throws IOException {
    return switch (data) {
      case SYNTHETIC -> synthetic(seed);
      case MNIST -> loadMnist(listener);
      case AUTO -> loadAny(seed, listener);
      default -> new DatasetReader(settings, environment.cache(), listener::notice).read(data);
    };
  }

  private Dataset loadMnist(DatasetListener listener) throws IOException {
    Optional<Dataset> given = readGiven();
    return given.isPresent() ? requireMnist(given.get()) : findMnist(listener);
  }

  private static Dataset requireMnist(Dataset dataset) throws IOException {
    if (!dataset.isMnist()) {
      throw new IOException("expected MNIST, found another data set in " + dataset.origin());
    }
    return dataset;
  }

  private Dataset loadAny(long seed, DatasetListener listener) throws IOException {
    Optional<Dataset> given = readGiven();
    if (given.isPresent()) {
      return given.get();
    }
    try {
      return findMnist(listener);
    } catch (IOException e) {
      listener.notice(
          "ATTENTION: synthetic digits take the place of MNIST, so the results are NOT MNIST's. "
              + e.getMessage());
      return synthetic(seed);
    }
  }

  /** The data set in the folder that the user names, which nothing else may replace. */
  private Optional<Dataset> readGiven() throws IOException {
    if (dataDir.isPresent()) {
      return Optional.of(IdxFolder.read(dataDir.get(), Optional.empty()));
    }
    Optional<Path> folder = environment.dataDir();
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(IdxFolder.read(folder.get(), Optional.empty()));
    } catch (IOException e) {
      throw new IOException(e.getMessage() + " (named by " + Environment.DATA_DIR + ")", e);
    }
  }

  private Dataset findMnist(DatasetListener listener) throws IOException {
    Path cache = environment.cache().resolve("mnist");
    Path keras = environment.kerasMnist();
    if (IdxFolder.isComplete(cache)) {
      try {
        return requireMnist(IdxFolder.read(cache, Optional.empty()));
      } catch (IOException e) {
        listener.notice("The cached MNIST is not used: " + e.getMessage());
      }
    }
    if (Files.exists(keras)) {
      try {
        return requireMnist(NpzReader.read(keras, false));
      } catch (IOException e) {
        listener.notice("Keras's MNIST is not used: " + e.getMessage());
      }
    }
    try {
      download.into(cache, listener);
      return requireMnist(IdxFolder.read(cache, Optional.empty()));
    } catch (IOException e) {
      throw new IOException(
          "expected MNIST in %s or %s or from the network, found none: %s"
              .formatted(cache, keras, e.getMessage()),
          e);
    }
  }

  private static Dataset synthetic(long seed) {
    return SyntheticDigits.dataset(seed, SYNTHETIC_TRAIN, SYNTHETIC_TEST);
  }
}
