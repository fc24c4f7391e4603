package dev.siamese.cli;

import dev.siamese.data.Dataset;
import dev.siamese.data.ImageShape;
import dev.siamese.data.Ink;
import dev.siamese.data.InkChoice;
import dev.siamese.data.Preparation;
import dev.siamese.data.RandomStream;
import dev.siamese.data.Split;
import dev.siamese.data.ValueRange;
import dev.siamese.exchange.ExpectedValues;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.StoredModel;
import dev.siamese.model.Images;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;
import java.util.Optional;

/**
 * The network that a run starts from: another model's, the one that is named, or, where there is
 * neither, the reference network, which follows the images.
 */
final class StartingNetwork {
  /** What three convolutions of 2×2, each with a pooling, leave something of. */
  private static final int SMALLEST_SIDE = 15;

  private final ModelHints hints;
  private final Optional<Double> dropout;
  private final long seed;
  private final boolean follows;
  private final boolean told;
  private final TrainedNetwork network;

  /**
   * Finds it out, as far as it is known before the images are.
   *
   * @param source the model that training goes on from, if any
   * @param hints what the user says of the network
   * @param dropout rate of all dropout layers; empty for each layer's own
   * @param seed of new weights
   * @throws IllegalArgumentException when the network cannot be one for such images
   */
  StartingNetwork(
      Optional<StoredModel> source, ModelHints hints, Optional<Double> dropout, long seed) {
    this.hints = hints;
    this.dropout = dropout;
    this.seed = seed;
    follows = source.isEmpty() && hints.network().isEmpty();
    told =
        hints.ink().filter(ink -> ink != Ink.AUTO).isPresent()
            || source.isPresent() && !source.get().assumed();
    network = withDropout(source.map(StoredModel::model).orElseGet(() -> fresh(ImageShape.MNIST)));
  }

  /** The network; one that follows the images is that for images of MNIST's shape. */
  TrainedNetwork network() {
    return network;
  }

  /** The shape that images are brought to; empty where the network follows theirs. */
  Optional<ImageShape> wantedShape() {
    return follows ? Optional.empty() : Optional.of(network.preparation().shape());
  }

  /** What is done to ink of pictures: what the network knows, unless it is new. */
  Ink ink() {
    return told ? network.preparation().ink() : Ink.AUTO;
  }

  /**
   * The shape that images have to be fitted to.
   *
   * @param read what they were read as
   */
  ImageShape shape(ImageShape read) {
    return wantedShape().orElseGet(() -> atLeast(read));
  }

  /** The network for images that have been read and fitted to its shape. */
  TrainedNetwork suiting(Dataset dataset, Split split) {
    TrainedNetwork suited = follows ? withDropout(fresh(split.train().shape())) : network;
    return told ? suited : preparedAs(suited, ink(dataset, split));
  }

  private TrainedNetwork withDropout(TrainedNetwork start) {
    return dropout.isEmpty()
        ? start
        : new TrainedNetwork(
            start.network().withDropout(dropout.get()), start.weights(), start.preparation());
  }

  /** The network that is named, else the reference network for images of this shape. */
  private TrainedNetwork fresh(ImageShape shape) {
    SiameseNetwork made =
        hints.network().orElseGet(() -> NamedNetwork.REFERENCE.network(Images.tensor(shape)));
    ValueRange values =
        hints.values().or(() -> ExpectedValues.of(made.twin())).orElse(ValueRange.ZERO_TO_ONE);
    Preparation unknown = Preparation.of(Images.shape(made.image()), values);
    return new TrainedNetwork(
        made,
        Weights.initial(made.network(), RandomStream.WEIGHTS.generator(seed)),
        new Preparation(
            unknown.shape(),
            hints.fit().orElse(unknown.fit()),
            hints.ink().orElse(unknown.ink()),
            values));
  }

  /** The shape, or a multiple that the reference network has layers enough for, which is told. */
  private static ImageShape atLeast(ImageShape shape) {
    int shorter = Math.min(shape.height(), shape.width());
    int times = (SMALLEST_SIDE + shorter - 1) / shorter;
    if (times == 1) {
      return shape;
    }
    ImageShape larger =
        new ImageShape(shape.height() * times, shape.width() * times, shape.channels());
    System.err.printf("Images of %s are too small for the network: %s are made.%n", shape, larger);
    return larger;
  }

  /** What was done to the images, or, where they are handwriting, is to be done to others. */
  private static Ink ink(Dataset dataset, Split split) {
    Ink seen = InkChoice.of(split.train());
    return seen == Ink.HANDWRITING
        ? seen
        : dataset.pictures().map(pictures -> pictures.preparation().ink()).orElse(seen);
  }

  /** What is done to the ink of pictures follows from the images, where nobody tells it. */
  private static TrainedNetwork preparedAs(TrainedNetwork network, Ink ink) {
    return new TrainedNetwork(
        network.network(), network.weights(), network.preparation().withInk(ink));
  }
}
