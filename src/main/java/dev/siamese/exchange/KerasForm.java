package dev.siamese.exchange;

import dev.siamese.data.AtomicFile;
import dev.siamese.data.ValueRange;
import dev.siamese.keras.Assumptions;
import dev.siamese.keras.KerasFile;
import dev.siamese.keras.KerasHdf5File;
import dev.siamese.keras.KerasModel;
import dev.siamese.keras.KerasWeights;
import dev.siamese.keras.TrainingRemarks;
import dev.siamese.model.Images;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.OutputProbe;
import dev.siamese.model.PairModel;
import dev.siamese.model.ProbeFinding;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.Network;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Models as Keras's own files. */
final class KerasForm {
  /** Where a threshold stood before {@link ModelDescription}. */
  private static final String THRESHOLD = "siamese-threshold.txt";

  private KerasForm() {}

  static StoredModel read(Path file, ModelHints hints) throws IOException {
    KerasModel keras =
        KerasFile.read(
            file,
            new Assumptions(hints.distance(), hints.network().map(network -> network.image())));
    Map<String, String> attachments = new HashMap<>(keras.attachments());
    String description = attachments.remove(ModelDescription.NAME);
    String threshold = attachments.remove(THRESHOLD);
    Optional<ModelDescription> described =
        description == null
            ? Optional.empty()
            : Optional.of(ModelDescription.parse(description, file.toString()));
    try {
      StoredModel stored = understood(file, keras, described, hints, attachments);
      OptionalDouble limit =
          described.isPresent()
              ? described.get().threshold()
              : threshold == null
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(Double.parseDouble(threshold));
      return limit.isPresent() ? stored.withThreshold(limit.getAsDouble()) : stored;
    } catch (IllegalArgumentException e) {
      throw new IOException("%s in %s".formatted(e.getMessage(), file), e);
    }
  }

  private static StoredModel understood(
      Path file,
      KerasModel keras,
      Optional<ModelDescription> described,
      ModelHints hints,
      Map<String, String> attachments)
      throws IOException {
    List<String> notices = new ArrayList<>(keras.notices());
    if (hints.network().isPresent()) {
      notices.add("it tells its layers itself, so that --network is left out");
    }
    boolean twin = Understanding.isTwin(keras.network());
    Optional<OutputKind> known = hints.output().or(() -> described.map(ModelDescription::output));
    SiameseNetwork network =
        Understanding.siamese(keras.network(), hints.distance(), known, notices);
    ValueRange values =
        hints
            .values()
            .or(() -> described.map(ModelDescription::values))
            .or(() -> ExpectedValues.of(network.twin()))
            .orElse(ValueRange.ZERO_TO_ONE);
    ToldPreparation told =
        ToldPreparation.of(Images.shape(network.image()), values, hints, described, file);
    TrainedNetwork model =
        new TrainedNetwork(
            network, keras.weights().as(network.network().parameters()), told.preparation());
    if (described.isEmpty()) {
      model = asked(model, twin || known.isPresent(), notices);
    }
    return new StoredModel(
        model,
        checkpoint(keras),
        keras.remarks(),
        OptionalDouble.empty(),
        attachments,
        told.assumed(),
        Notice.about(file, notices));
  }

  private static Optional<Checkpoint> checkpoint(KerasModel keras) {
    return keras.optimizer().map(known -> new Checkpoint(known, keras.state().orElseThrow()));
  }

  /**
   * Asks a model of others what it says of images, and tells the user what is odd.
   *
   * @param kindIsKnown whether its output is known
   */
  private static TrainedNetwork asked(
      TrainedNetwork model, boolean kindIsKnown, List<String> notices) {
    OutputProbe probe =
        new OutputProbe(
            Images.shape(model.network().image()),
            values ->
                (images, pairs) -> {
                  TrainedNetwork there =
                      new TrainedNetwork(
                          model.network(), model.weights(), model.preparation().withValues(values));
                  try (PairModel asked = new InferenceModel(there, SessionSettings.defaults())) {
                    return asked.compare(images, pairs);
                  }
                });
    ProbeFinding found = probe.ask(model.values());
    OutputKind kind = model.network().output();
    if (!kindIsKnown) {
      Optional<OutputKind> told = found.kind();
      boolean sigmoid = Understanding.endsInSigmoid(model.network().network());
      kind = told.orElse(sigmoid ? OutputKind.SIMILARITY : OutputKind.DISTANCE);
      if (told.isEmpty()) {
        notices.add(
            "its outputs do not tell what they are: taken for a %s%s (--output says otherwise)"
                .formatted(kind.text(), sigmoid ? ", as the last layer is a sigmoid" : ""));
      }
    }
    notices.addAll(probe.remarks(model.values(), found, kind));
    return new TrainedNetwork(
        new SiameseNetwork(model.network().network(), kind), model.weights(), model.preparation());
  }

  /** Reads an HDF5 file, of a whole model or of weights alone. */
  static StoredModel readHdf5(Path file, ModelHints hints) throws IOException {
    return KerasHdf5File.holdsModel(file) ? read(file, hints) : readWeights(file, hints);
  }

  private static StoredModel readWeights(Path file, ModelHints hints) throws IOException {
    if (hints.network().isEmpty() && hints.distance().isPresent()) {
      throw new IOException(
          "expected the layers by --network beside --distance, found none for the weights in "
              + file);
    }
    SiameseNetwork network = hints.network().orElseGet(() -> NamedNetwork.REFERENCE.network());
    KerasModel keras;
    try {
      keras = KerasWeights.read(file, network.network());
    } catch (IOException e) {
      throw hints.network().isPresent()
          ? e
          : new IOException(
              "%s (a file of weights does not tell its layers: --network names them)"
                  .formatted(e.getMessage()),
              e);
    }
    List<String> notices = new ArrayList<>(keras.notices());
    if (hints.network().isEmpty()) {
      notices.add(
          "it does not tell the layers: those of the reference network are taken (--network says"
              + " otherwise)");
    }
    ValueRange values =
        hints.values().or(() -> ExpectedValues.of(network.twin())).orElse(ValueRange.ZERO_TO_ONE);
    ToldPreparation told =
        ToldPreparation.of(Images.shape(network.image()), values, hints, Optional.empty(), file);
    return new StoredModel(
        new TrainedNetwork(network, keras.weights(), told.preparation()),
        checkpoint(keras),
        keras.remarks(),
        OptionalDouble.empty(),
        Map.of(),
        told.assumed(),
        Notice.about(file, notices));
  }

  static void write(Path target, StoredModel stored) throws IOException {
    KerasModel keras = described(stored);
    WholeFile.requireWritable(target);
    AtomicFile.write(target, out -> KerasFile.write(out, keras));
  }

  /** Writes an HDF5 file of the whole model, and returns what is to be said of it. */
  static List<String> writeHdf5(Path target, StoredModel stored) throws IOException {
    KerasModel keras = described(stored);
    WholeFile.requireWritable(target);
    List<String> notices = new ArrayList<>();
    AtomicFile.write(target, out -> notices.addAll(KerasHdf5File.write(out, keras)));
    return notices;
  }

  static void writeWeights(Path target, StoredModel stored) throws IOException {
    KerasModel keras = keras(stored, Map.of());
    WholeFile.requireWritable(target);
    AtomicFile.write(target, out -> KerasWeights.write(out, keras));
  }

  private static KerasModel described(StoredModel stored) {
    Map<String, String> attachments = new HashMap<>(stored.attachments());
    attachments.put(ModelDescription.NAME, ModelDescription.of(stored).json());
    return keras(stored, attachments);
  }

  private static KerasModel keras(StoredModel stored, Map<String, String> attachments) {
    Network network = stored.model().network().network();
    return new KerasModel(
        network,
        stored.model().weights(),
        stored.checkpoint().map(Checkpoint::optimizer),
        stored.checkpoint().map(Checkpoint::state),
        TrainingRemarks.NONE,
        attachments,
        List.of());
  }
}
