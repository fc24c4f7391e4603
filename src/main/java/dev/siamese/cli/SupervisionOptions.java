package dev.siamese.cli;

import dev.siamese.augmentation.Augmentation;
import dev.siamese.data.Ink;
import dev.siamese.loss.AllTuples;
import dev.siamese.loss.BatchObjective;
import dev.siamese.loss.NTXent;
import dev.siamese.loss.PairContrastive;
import dev.siamese.loss.Triplet;
import dev.siamese.training.Supervision;
import dev.siamese.training.Supervision.Alike;
import dev.siamese.training.TrainingSettings;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** What training learns from: given pairs, whole batches, views of pictures. */
final class SupervisionOptions {
  /** The loss of given pairs, which has no miner. */
  private static final String CONTRASTIVE = PairContrastive.DEFAULT.text();

  private static final String NO_MINER = "none";

  private static final String MARGIN = "margin";

  /** The loss that views of pictures are learned by, where no other is named. */
  private static final String OF_VIEWS = NTXent.DEFAULT.text();

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      description =
          "contrastive, triplet, multi-similarity, supcon or nt-xent; all but contrastive learn from"
              + " whole batches of images and their classes. Default: that of --from, with its"
              + " mining, else contrastive, and nt-xent with --unlabelled.")
  private String loss;

  @Option(
      names = "--mining",
      paramLabel = "NAME",
      description =
          "Which pairs or triplets of a batch the loss is taken of: none, all, semi-hard, hard or"
              + " distance-weighted. Default: none, which are given pairs, with contrastive;"
              + " semi-hard with triplet; hard with multi-similarity; else all.")
  private String mining;

  @Option(
      names = "--margin",
      paramLabel = "X",
      description =
          "Distance beyond which pairs of two classes cost nothing; with triplet, by how much nearer"
              + " images of a class are to be, or 0 for the soft margin. Default: that of --from with"
              + " the same loss, else 1.0, and 0.2 with triplet.")
  private Double margin;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description =
          "With supcon and nt-xent: the smaller, the more the most alike images count. Default: that"
              + " of --from with the same loss, else 0.1 and 0.2.")
  private Double temperature;

  @Option(
      names = "--augment",
      paramLabel = "digits|photos|none",
      description =
          "Change the images at random, each time anew. Default: as --from was trained, where --loss"
              + " is left out; else none, or without labels digits where the images are handwriting,"
              + " else photos.")
  private String augment;

  /**
   * Whether images need no labels, so that pictures without any are a data set: the loss is that of
   * views.
   */
  static boolean needsNoLabels(Optional<BatchObjective> objective) {
    return objective.map(BatchObjective::lossName).equals(Optional.of(OF_VIEWS));
  }

  /** Whether training goes on with the loss that a model was trained with. */
  boolean goesOn(EarlierRun earlier) {
    return loss == null && earlier.objective().isPresent();
  }

  /**
   * What the options say, as far as it is known before the images are.
   *
   * @param unlabelled whether labels are not to be learned from, whatever the images have
   * @param earlier the run of the model to go on from
   * @throws IllegalArgumentException when they do not go together
   */
  Optional<BatchObjective> objective(boolean unlabelled, EarlierRun earlier) {
    augmentation();
    Map<String, Double> settings = new TreeMap<>();
    if (margin != null) {
      settings.put(MARGIN, margin);
    }
    if (temperature != null) {
      settings.put("temperature", temperature);
    }
    Optional<BatchObjective> named = named(unlabelled, earlier);
    if (named.isEmpty() && temperature != null) {
      throw new IllegalArgumentException(
          "expected --temperature beside --loss supcon or nt-xent, found given pairs");
    }
    if (named.filter(BatchObjective::isContrastive).isPresent()) {
      settings.put(MARGIN, margin(named, earlier));
    }
    return named.map(objective -> objective.with(settings));
  }

  /**
   * The margin of pairs: of given ones, and of those in whole batches. What learns from others is
   * measured by the usual one.
   */
  double margin(Optional<BatchObjective> objective, EarlierRun earlier) {
    if (!objective.map(BatchObjective::isContrastive).orElse(true)) {
      return TrainingSettings.MARGIN;
    }
    return margin != null ? margin : earlier.margin().orElse(TrainingSettings.MARGIN);
  }

  /** Loss and miner, as the loss comes or as the earlier run had it. */
  private Optional<BatchObjective> named(boolean unlabelled, EarlierRun earlier) {
    if (goesOn(earlier) && mining == null) {
      return earlier.objective();
    }
    String name =
        loss != null
            ? loss
            : earlier
                .objective()
                .map(BatchObjective::lossName)
                .orElse(unlabelled ? OF_VIEWS : CONTRASTIVE);
    Optional<String> miner = Optional.ofNullable(mining).filter(given -> !given.equals(NO_MINER));
    if (name.equals(CONTRASTIVE) && miner.isEmpty()) {
      return Optional.empty();
    }
    if (NO_MINER.equals(mining) && name.equals(Triplet.DEFAULT.text())) {
      throw new IllegalArgumentException(
          "expected --mining all, semi-hard, hard or distance-weighted with --loss triplet, found"
              + " none");
    }
    BatchObjective asItComes =
        BatchObjective.of(
            name, NO_MINER.equals(mining) ? Optional.of(new AllTuples().text()) : miner);
    return Optional.of(
        earlier
            .objective()
            .filter(before -> before.lossName().equals(name))
            .map(before -> asItComes.with(before.loss().settings()))
            .orElse(asItComes));
  }

  /**
   * What training learns from.
   *
   * @param objective as {@link #objective} has it
   * @param views whether views of pictures are to be alike, rather than images of a class
   * @param earlier the run of the model to go on from
   * @param ink what was done to the images' ink
   * @throws IllegalArgumentException when they do not go together
   */
  Supervision supervision(
      Optional<BatchObjective> objective, boolean views, EarlierRun earlier, Ink ink) {
    return new Supervision(
        objective,
        views ? Alike.VIEWS : Alike.CLASSES,
        augmentation()
            .or(() -> loss == null ? earlier.augmentation() : Optional.empty())
            .orElse(views ? Augmentation.suitedTo(ink) : Augmentation.NONE));
  }

  private Optional<Augmentation> augmentation() {
    return Optional.ofNullable(augment).map(Augmentation::of);
  }
}
