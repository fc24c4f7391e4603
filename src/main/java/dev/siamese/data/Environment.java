package dev.siamese.data;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where this user keeps data.
 *
 * @param variables environment variables
 * @param home the user's home folder
 */
public record Environment(Map<String, String> variables, Path home) {
  /** The variable that names the folder with the IDX files. */
  public static final String DATA_DIR = "SIAMESE_DATA_DIR";

  /** The variable that names the folder for downloads. */
  public static final String CACHE = "SIAMESE_CACHE";

  /** The environment of this process. */
  public static Environment system() {
    return new Environment(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** The folder of {@link #DATA_DIR}, if it is set. */
  Optional<Path> dataDir() {
    return folder(DATA_DIR);
  }

  /** The folder that downloads are kept in. */
  Path cache() {
    return folder(CACHE)
        .or(() -> folder("XDG_CACHE_HOME").map(folder -> folder.resolve("siamese")))
        .orElseGet(() -> home.resolve(".cache").resolve("siamese"));
  }

  /** Where Keras keeps its own copy of MNIST. */
  Path kerasMnist() {
    return home.resolve(".keras").resolve("datasets").resolve("mnist.npz");
  }

  private Optional<Path> folder(String variable) {
    return Optional.ofNullable(variables.get(variable))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }
}
