package dev.siamese.exchange;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.siamese.data.AtomicFolder;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.savedmodel.SavedModelChoice;
import dev.siamese.savedmodel.SavedModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads and writes models in every form, which it tells by the name and what is there. */
public final class ModelStore {
  private static final String LAST = "checkpoints/last.keras";
  private static final String PREVIOUS = "checkpoints/previous.keras";
  private static final String BEST = "checkpoints/best.keras";

  /** Which of its epochs a run's config.json says that it exports. */
  private record RunSettings(String keep) {}

  /** What is needed of a run's metrics.json; absent members are null. */
  private record RunMetrics(TestMetrics test) {}

  private record TestMetrics(Double threshold) {}

  private ModelStore() {}

  /**
   * Reads a SavedModel folder, a {@code .keras} or {@code .weights.h5} file, or the last checkpoint
   * of a run folder.
   *
   * @throws IOException when there is none of these, or it cannot be read
   */
  public static StoredModel read(Path source, ModelHints hints) throws IOException {
    if (Files.isDirectory(source)) {
      if (SavedModelReader.isSavedModel(source)) {
        return SavedModelForm.read(source, hints);
      }
      requireNoChoice(source, hints);
      for (String checkpoint : checkpoints(source)) {
        if (Files.exists(source.resolve(checkpoint))) {
          return readRun(source, source.resolve(checkpoint), hints);
        }
      }
      TensorFlowCheckpoint.requireNone(source);
      throw new IOException(
          "expected a SavedModel (saved_model.pb) or a run (%s), found neither in %s"
              .formatted(LAST + " or " + BEST, source));
    }
    String name = TargetForm.lowerCaseName(source);
    if (!Files.exists(source)) {
      TensorFlowCheckpoint.requireNone(source);
      throw new IOException(
          "expected a SavedModel folder, a .keras, .h5 or .weights.h5 file, or a run folder, found"
              + " none: "
              + source);
    }
    requireNoChoice(source, hints);
    if (name.endsWith(".keras")) {
      return KerasForm.read(source, hints);
    }
    if (name.endsWith(".h5") || name.endsWith(".hdf5")) {
      return KerasForm.readHdf5(source, hints);
    }
    TensorFlowCheckpoint.requireNone(source);
    throw new IOException("expected a name in .keras, .h5, .hdf5 or .weights.h5, found " + source);
  }

  private static void requireNoChoice(Path source, ModelHints hints) throws IOException {
    if (!hints.served().equals(SavedModelChoice.DEFAULT)) {
      throw new IOException(
          "expected a SavedModel folder, of which --tags and --signature name a part, found "
              + source);
    }
  }

  /**
   * Loads a model to ask it: a SavedModel by its own signatures, anything else by its weights.
   *
   * @param settings whose precision a SavedModel does not heed: it computes as it was exported
   * @return the model, which the caller closes
   * @throws IOException when there is none, or it cannot be read
   */
  public static LoadedModel load(Path source, ModelHints hints, SessionSettings settings)
      throws IOException {
    return SavedModelReader.isSavedModel(source)
        ? SavedModelForm.load(source, hints, settings)
        : load(read(source, hints), settings);
  }

  /**
   * Loads a model to ask for embeddings: a SavedModel by its own signature, or by its weights where
   * it has signatures only for pairs or another precision is asked for than it was exported in.
   *
   * @return the model, which the caller closes
   * @throws IOException when there is none, or it cannot be read
   */
  public static LoadedModel loadToEmbed(Path source, ModelHints hints, SessionSettings settings)
      throws IOException {
    if (!SavedModelReader.isSavedModel(source)) {
      return load(read(source, hints), settings);
    }
    boolean asExported = settings.precision() == Precision.FLOAT32;
    if (asExported) {
      Optional<LoadedModel> served = SavedModelForm.loadToEmbed(source, hints, settings);
      if (served.isPresent()) {
        return served.get();
      }
    }
    try {
      return load(SavedModelForm.read(source, hints), settings);
    } catch (IOException e) {
      throw asExported
          ? new IOException(
              "expected a signature from one image to its embedding, or weights, found neither: "
                  + e.getMessage(),
              e)
          : e;
    }
  }

  /**
   * Loads a model to ask for embeddings and to compare them: a SavedModel by its weights, as not
   * all of them have a signature that compares embeddings, or by its signatures where its layers
   * are not known.
   *
   * @return the model, which the caller closes
   * @throws IOException when there is none, or it cannot be read
   */
  public static SearchableModel loadToSearch(
      Path source, ModelHints hints, SessionSettings settings) throws IOException {
    StoredModel stored;
    try {
      stored = read(source, hints);
    } catch (IOException e) {
      if (SavedModelReader.isSavedModel(source)) {
        SavedModelForm.requireEuclidean(source, hints);
        return new SearchableModel(loadToEmbed(source, hints, settings), Optional.empty());
      }
      throw e;
    }
    return new SearchableModel(load(stored, settings), Optional.of(stored.model()));
  }

  private static LoadedModel load(StoredModel stored, SessionSettings settings) {
    return new LoadedModel(
        new InferenceModel(stored.model(), settings),
        stored.model().preparation(),
        stored.assumed(),
        stored.threshold(),
        stored.attachments(),
        stored.notices());
  }

  /** A run's weights with the threshold that was chosen for them on the validation pairs. */
  private static StoredModel readRun(Path run, Path checkpoint, ModelHints hints)
      throws IOException {
    StoredModel model = KerasForm.read(checkpoint, hints);
    OptionalDouble threshold = threshold(run.resolve("metrics.json"));
    return threshold.isPresent() ? model.withThreshold(threshold.getAsDouble()) : model;
  }

  /** What the run exported and calibrated its threshold for comes first. */
  private static List<String> checkpoints(Path run) throws IOException {
    Path config = run.resolve("config.json");
    if (Files.isRegularFile(config)) {
      try {
        RunSettings settings = new Gson().fromJson(Files.readString(config), RunSettings.class);
        if (settings != null && "best".equals(settings.keep)) {
          return List.of(BEST, LAST, PREVIOUS);
        }
      } catch (JsonParseException e) {
        throw new IOException("expected the settings of a run, found other text in " + config, e);
      }
    }
    return List.of(LAST, PREVIOUS, BEST);
  }

  private static OptionalDouble threshold(Path metrics) throws IOException {
    if (!Files.exists(metrics)) {
      return OptionalDouble.empty();
    }
    try {
      RunMetrics read = new Gson().fromJson(Files.readString(metrics), RunMetrics.class);
      if (read != null && read.test != null && read.test.threshold != null) {
        return OptionalDouble.of(read.test.threshold);
      }
    } catch (JsonParseException | NumberFormatException e) {
      throw new IOException("expected test.threshold, found other text in " + metrics, e);
    }
    throw new IOException("expected test.threshold, found none in " + metrics);
  }

  /**
   * Checks, without making anything, that a model can be written there, and returns the target.
   *
   * @throws IOException when its folder is missing, or it is a folder with content or a file where
   *     the other is to be written
   * @throws IllegalArgumentException when {@link #write} does not know what to write
   */
  public static Path requireWritable(Path target) throws IOException {
    if (TargetForm.of(target) == TargetForm.SAVED_MODEL) {
      AtomicFolder.requireUnused(target);
    } else {
      WholeFile.requireWritable(target);
    }
    return target;
  }

  /**
   * Writes a model: {@code .keras}, {@code .weights.h5}, {@code .h5}, or under any other name a
   * SavedModel folder.
   *
   * @return what the form has no room for, or which programs do not read it, a sentence each
   * @throws IOException when it cannot be written; what was there is then as before
   * @throws IllegalArgumentException when the name is that of a file of another kind
   */
  public static List<String> write(Path target, StoredModel model) throws IOException {
    TargetForm form = TargetForm.of(target);
    List<String> notices = new ArrayList<>(form.leftOut(model));
    switch (form) {
      case KERAS -> KerasForm.write(target, model);
      case WEIGHTS -> KerasForm.writeWeights(target, model);
      case HDF5 -> notices.addAll(KerasForm.writeHdf5(target, model));
      case SAVED_MODEL -> SavedModelForm.write(target, model);
    }
    return Notice.about(target, notices);
  }
}
