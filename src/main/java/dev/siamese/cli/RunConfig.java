package dev.siamese.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.siamese.data.Dataset;
import dev.siamese.data.ImageShape;
import dev.siamese.data.Preparation;
import dev.siamese.data.Split;
import dev.siamese.data.SplitSettings;
import dev.siamese.keras.KerasConfig;
import dev.siamese.loss.BatchObjective;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.Dropout;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.Network;
import dev.siamese.training.Supervision;
import dev.siamese.training.TrainingSettings;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tensorflow.TensorFlow;

/** What config.json says of a run: everything that its results depend on. */
final class RunConfig {
  private static final String STARTED = "started";
  private static final String EPOCHS = "epochs";
  private static final String VERSIONS = "versions";
  private static final String DATA = "data";

  /** What does not change the steps that a run takes. */
  private static final Set<String> MAY_CHANGE =
      Set.of(STARTED, EPOCHS, VERSIONS, RunArguments.NAME);

  private RunConfig() {}

  /** The settings, the data and the versions, by the names of the command line and of Keras. */
  static Map<String, Object> of(
      TrainedNetwork start,
      Dataset dataset,
      Split split,
      SplitSettings splitSettings,
      TrainingSettings settings,
      SessionSettings system) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put(STARTED, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    config.put("seed", settings.seed());
    config.put(EPOCHS, settings.epochs());
    if (settings.patience().isPresent()) {
      config.put("patience", settings.patience().getAsInt());
    }
    config.put("batch_size", settings.batchSize());
    putSupervision(config, settings.supervision());
    settings
        .plateau()
        .ifPresent(
            plateau ->
                config.put(
                    "plateau", Map.of("factor", plateau.factor(), "patience", plateau.patience())));
    config.put("optimizer", settings.optimizer().className());
    config.putAll(KerasConfig.settings(settings.optimizer()).asMap());
    if (settings.supervision().objective().map(BatchObjective::isContrastive).orElse(true)) {
      config.put("margin", settings.margin());
    }
    config.put("dropout", dropout(start.network().network().inlined()));
    config.put("output", start.network().output().text());
    putPreparation(config, start.preparation());
    config.put("validation_split", splitSettings.validationShare());
    if (splitSettings.limit().isPresent()) {
      config.put("limit", splitSettings.limit().getAsInt());
    }
    if (splitSettings.labelsPerClass().isPresent()) {
      config.put("labels_per_class", splitSettings.labelsPerClass().getAsInt());
    }
    if (!splitSettings.heldOut().isEmpty()) {
      config.put("held_out", splitSettings.heldOut());
    }
    config.put("split_seed", splitSettings.seed());
    config.put("precision", system.precision().name().toLowerCase(Locale.ROOT));
    config.put("threads", system.threads());
    config.put(DATA, data(dataset, split));
    config.put(VERSIONS, versions());
    return config;
  }

  /**
   * Makes a run's settings those of one that goes on, and returns them.
   *
   * @param folder with the settings that it was begun with
   * @throws IllegalArgumentException when others than the number of epochs would change
   */
  static Map<String, Object> goOn(RunFolder folder, Map<String, Object> config) throws IOException {
    JsonObject begun = read(folder);
    JsonObject now =
        withoutOrigin(JsonParser.parseString(RunFolder.json(config)).getAsJsonObject());
    Set<String> names = new TreeSet<>(begun.keySet());
    names.addAll(now.keySet());
    names.removeAll(MAY_CHANGE);
    for (String name : names) {
      if (!Objects.equals(begun.get(name), now.get(name))) {
        throw new IllegalArgumentException(
            "%s would change the run: expected %s, as it was begun with, found %s"
                .formatted(name, begun.get(name), now.get(name)));
      }
    }
    if (!Objects.equals(begun.get(VERSIONS), now.get(VERSIONS))) {
      System.err.printf(
          "The run was begun with %s: with other versions the last bits may differ.%n",
          begun.get(VERSIONS));
    }
    int epochs = begun.get(EPOCHS).getAsInt();
    if (now.get(EPOCHS).getAsInt() < epochs) {
      throw new IllegalArgumentException(
          "--epochs may only grow: expected at least %d, found %s"
              .formatted(epochs, now.get(EPOCHS)));
    }
    config.put(STARTED, begun.get(STARTED).getAsString());
    return config;
  }

  private static JsonObject read(RunFolder folder) throws IOException {
    try {
      if (JsonParser.parseString(folder.readConfig()) instanceof JsonObject config
          && config.get(DATA) instanceof JsonObject
          && config.get(EPOCHS) instanceof JsonPrimitive epochs
          && epochs.isNumber()
          && config.get(STARTED) instanceof JsonPrimitive started
          && started.isString()) {
        return withoutOrigin(config);
      }
    } catch (JsonParseException e) {
      throw new IOException(
          "expected the settings of a run, found other text in " + folder.config(), e);
    }
    throw new IOException("expected the settings of a run, found others in " + folder.config());
  }

  /** Where the data were found, which may be elsewhere now. */
  private static JsonObject withoutOrigin(JsonObject config) {
    config.getAsJsonObject(DATA).remove("origin");
    return config;
  }

  /** The rates of the network's dropout layers, one where they are all the same. */
  private static Object dropout(Network network) {
    List<Double> rates =
        network.layers().stream()
            .map(NamedLayer::layer)
            .filter(Dropout.class::isInstance)
            .map(layer -> ((Dropout) layer).rate())
            .toList();
    List<Double> different = rates.stream().distinct().toList();
    return different.isEmpty() ? 0.0 : different.size() == 1 ? different.get(0) : rates;
  }

  /** What is learned from, where it is not given pairs of images as they are. */
  private static void putSupervision(Map<String, Object> config, Supervision supervision) {
    supervision
        .objective()
        .ifPresent(
            objective -> {
              config.put("loss", objective.lossName());
              config.put("loss_settings", new TreeMap<>(objective.loss().settings()));
              config.put("mining", objective.minerName());
              config.put("mining_settings", new TreeMap<>(objective.miner().settings()));
              config.put("alike", supervision.alike().text());
            });
    if (!supervision.augmentation().isNone()) {
      config.put("augment", supervision.augmentation().name());
    }
  }

  private static void putPreparation(Map<String, Object> config, Preparation preparation) {
    ImageShape shape = preparation.shape();
    config.put("size", "%dx%d".formatted(shape.height(), shape.width()));
    config.put("channels", shape.channels());
    config.put("fit", preparation.fit().text());
    config.put("ink", preparation.ink().text());
    config.put("values", preparation.values().text());
  }

  private static Map<String, Object> data(Dataset dataset, Split split) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", dataset.name());
    data.put("origin", dataset.origin());
    data.put("sha256", dataset.checksum());
    data.put("image_shape", split.train().shape().toString());
    if (dataset.labelled()) {
      data.put("classes", classes(split));
    }
    data.put("train_images", split.train().size());
    data.put("validation_images", split.validation().size());
    data.put("test_images", split.test().size());
    return data;
  }

  /** The names of the classes that occur, in the order of their labels. */
  private static List<String> classes(Split split) {
    return Stream.of(split.train(), split.validation(), split.test())
        .flatMapToInt(images -> Arrays.stream(images.classes()))
        .distinct()
        .sorted()
        .mapToObj(split.train().classNames()::name)
        .toList();
  }

  private static Map<String, Object> versions() {
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("siamese", Siamese.Version.text());
    versions.put("tensorflow", TensorFlow.version());
    versions.put("java", System.getProperty("java.runtime.version"));
    versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return versions;
  }
}
