package dev.siamese.exchange;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.RandomStream;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.data.ValueRange;
import dev.siamese.keras.Assumptions;
import dev.siamese.keras.KerasConfig;
import dev.siamese.keras.TrainingRemarks;
import dev.siamese.model.Images;
import dev.siamese.model.PairModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.Distance;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.savedmodel.LoadSettings;
import dev.siamese.savedmodel.SavedModelChoice;
import dev.siamese.savedmodel.SavedModelReader;
import dev.siamese.savedmodel.SavedModelWriter;
import dev.siamese.savedmodel.ServedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Models as SavedModel folders. Ours tell their layers too, as Keras describes them. */
final class SavedModelForm {
  /** The name of the text that tells the layers. */
  private static final String LAYERS = "network.json";

  /** The reference program's: "same" is a distance below half the margin of 1. */
  private static final double UNCALIBRATED_THRESHOLD = 0.5;

  private SavedModelForm() {}

  static StoredModel read(Path folder, ModelHints hints) throws IOException {
    SavedModelReader reader = open(folder, hints);
    Optional<ModelDescription> description = description(reader, folder);
    SiameseNetwork network = network(reader, folder, description, hints);
    ValueRange values =
        values(reader, folder, description, hints)
            .or(() -> ExpectedValues.of(network.twin()))
            .orElse(ValueRange.ZERO_TO_ONE);
    ToldPreparation told =
        ToldPreparation.of(Images.shape(network.image()), values, hints, description, folder);
    TrainedNetwork model;
    try {
      model = new TrainedNetwork(network, reader.weights(network), told.preparation());
    } catch (IOException e) {
      throw hints.network().isPresent() || description.isPresent()
          ? e
          : new IOException(
              "%s (a SavedModel of others does not tell its layers: --network names them)"
                  .formatted(e.getMessage()),
              e);
    }
    try {
      return new StoredModel(
          model,
          Optional.empty(),
          TrainingRemarks.NONE,
          threshold(reader, description),
          Map.of(),
          told.assumed(),
          List.of());
    } catch (IllegalArgumentException e) {
      throw new IOException("%s in %s".formatted(e.getMessage(), folder), e);
    }
  }

  /** What the graph holds is the default where the model that was written had none. */
  private static OptionalDouble threshold(
      SavedModelReader reader, Optional<ModelDescription> description) {
    return description.isPresent() ? description.get().threshold() : reader.threshold();
  }

  private static SiameseNetwork network(
      SavedModelReader reader,
      Path folder,
      Optional<ModelDescription> description,
      ModelHints hints)
      throws IOException {
    if (hints.network().isPresent()) {
      return hints.network().get();
    }
    Optional<String> layers = reader.attachment(LAYERS);
    Optional<OutputKind> output =
        hints.output().or(() -> description.map(ModelDescription::output)).or(reader::output);
    if (layers.isEmpty()) {
      // What this program wrote before it told the layers, and the reference program's exports.
      SiameseNetwork reference = NamedNetwork.REFERENCE.network();
      return new SiameseNetwork(reference.network(), output.orElse(reference.output()));
    }
    String source = LAYERS + " in " + folder;
    try {
      return new SiameseNetwork(
          KerasConfig.read(layers.get(), source, Assumptions.NONE).network(),
          output.orElse(OutputKind.DISTANCE));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s in %s".formatted(e.getMessage(), source), e);
    }
  }

  private static Optional<ModelDescription> description(SavedModelReader reader, Path folder)
      throws IOException {
    Optional<String> text = reader.attachment(ModelDescription.NAME);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(ModelDescription.parse(text.get(), folder.toString()));
  }

  /** What of a folder the user wants; a network that is named tells the size of its images. */
  private static SavedModelReader open(Path folder, ModelHints hints) throws IOException {
    SavedModelChoice served = hints.served();
    return SavedModelReader.open(
        folder,
        new SavedModelChoice(
            served.tags(),
            served.signature(),
            served
                .image()
                .or(() -> hints.network().map(network -> Images.shape(network.image())))));
  }

  /** The values that the user, the folder or the type of its images tells. */
  private static Optional<ValueRange> values(
      SavedModelReader reader,
      Path folder,
      Optional<ModelDescription> description,
      ModelHints hints)
      throws IOException {
    Optional<ValueRange> needed = reader.values();
    if (needed.isPresent() && hints.values().isPresent() && !needed.equals(hints.values())) {
      throw new IOException(
          "expected --values %s, as its images are integers, found %s for %s"
              .formatted(needed.get().text(), hints.values().get().text(), folder));
    }
    return hints.values().or(() -> needed).or(() -> description.map(ModelDescription::values));
  }

  static LoadedModel load(Path folder, ModelHints hints, SessionSettings settings)
      throws IOException {
    SavedModelReader reader = open(folder, hints);
    List<String> notices = new ArrayList<>();
    if (hints.distance().isPresent()) {
      if (reader.comparesImages()) {
        notices.add("it compares two images itself, so that --distance is left out");
      } else {
        requireEuclidean(folder, hints);
      }
    }
    return loaded(folder, hints, settings, notices, reader, reader::load);
  }

  /** Checks that the user wants no other distance of embeddings than a SavedModel can be asked. */
  static void requireEuclidean(Path folder, ModelHints hints) throws IOException {
    if (hints.distance().filter(distance -> !distance.equals(Distance.EUCLIDEAN)).isPresent()) {
      throw new IOException(
          "expected the Euclidean distance, which is that of embeddings that a SavedModel tells,"
              + " found %s (convert it by --network and --distance first) for %s"
                  .formatted(hints.distance().get().text(), folder));
    }
  }

  /** Loads a folder whose signatures tell embeddings, for these alone; empty if it tells none. */
  static Optional<LoadedModel> loadToEmbed(Path folder, ModelHints hints, SessionSettings settings)
      throws IOException {
    SavedModelReader reader = open(folder, hints);
    return reader.tellsEmbeddings()
        ? Optional.of(
            loaded(folder, hints, settings, new ArrayList<>(), reader, reader::loadToEmbed))
        : Optional.empty();
  }

  /** One of the ways to load a folder. */
  @FunctionalInterface
  private interface Way {
    PairModel load(LoadSettings settings, Consumer<String> notices) throws IOException;
  }

  private static LoadedModel loaded(
      Path folder,
      ModelHints hints,
      SessionSettings settings,
      List<String> notices,
      SavedModelReader reader,
      Way way)
      throws IOException {
    Optional<ModelDescription> description = description(reader, folder);
    ValueRange values = values(reader, folder, description, hints).orElse(ValueRange.ZERO_TO_ONE);
    ToldPreparation told =
        ToldPreparation.of(Images.shape(reader.image()), values, hints, description, folder);
    OptionalDouble threshold = threshold(reader, description);
    PairModel model = way.load(new LoadSettings(settings, values, hints.output()), notices::add);
    return new LoadedModel(
        model,
        told.preparation(),
        told.assumed(),
        threshold,
        Map.of(),
        Notice.about(folder, notices));
  }

  static void write(Path target, StoredModel stored) throws IOException {
    SiameseNetwork network = stored.model().network();
    SavedModelWriter.write(
        target,
        new ServedNetwork(
            stored.model(),
            stored.threshold().orElse(UNCALIBRATED_THRESHOLD),
            Map.of(
                LAYERS,
                KerasConfig.write(network.network()),
                ModelDescription.NAME,
                ModelDescription.of(stored).json())),
        samples(Images.shape(network.image())));
  }

  /** Pairs to store beside a SavedModel; which ones they are does not matter. */
  private static PairedImages samples(ImageShape shape) {
    LabeledImages digits = SyntheticDigits.dataset(0, 10, 20).test().fitted(shape);
    return PairedImages.draw(digits, RandomStream.TEST_PAIRS, 0);
  }
}
