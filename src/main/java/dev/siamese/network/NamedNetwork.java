package dev.siamese.network;

import static dev.siamese.network.Activation.LINEAR;
import static dev.siamese.network.Activation.RELU;
import static dev.siamese.network.Activation.SIGMOID;
import static dev.siamese.network.Activation.TANH;

import java.util.Locale;
import java.util.Optional;

/** The networks that can be asked for by name. */
public enum NamedNetwork {
  /** The reference program's: 107 456 parameters, embeddings of 128, Euclidean distance. */
  REFERENCE(28) {
    @Override
    public SiameseNetwork network(TensorShape image) {
      return SiameseNetwork.of(
          NetworkBuilder.chain(
              "functional",
              image,
              Conv2D.of(128, Window.valid(2), RELU),
              MaxPooling2D.of(2),
              new Dropout(0.4),
              Conv2D.of(128, Window.valid(2), RELU),
              MaxPooling2D.of(2),
              new Dropout(0.4),
              Conv2D.of(64, Window.valid(2), RELU),
              MaxPooling2D.of(2),
              new Dropout(0.4),
              new GlobalAveragePooling2D(false),
              Dense.of(128, LINEAR)),
          Distance.EUCLIDEAN);
    }
  },

  /**
   * That of the example on keras.io: its distance goes through a dense layer to a value of 0 to 1,
   * and is trained with the contrastive loss. Unlike there, the last layer's factor begins at 1:
   * one that happens to begin below 0 calls distant images alike, and training, in Keras too,
   * mostly ends where all outputs are 0.5.
   *
   * @see <a href="https://keras.io/examples/vision/siamese_contrastive/">Image similarity
   *     estimation using a Siamese Network with a contrastive loss</a>
   */
  KERAS_IO(28) {
    @Override
    public SiameseNetwork network(TensorShape image) {
      Network twin =
          NetworkBuilder.chain(
              "functional",
              image,
              BatchNormalization.standard(),
              Conv2D.of(4, Window.valid(5), TANH),
              AveragePooling2D.of(2),
              Conv2D.of(16, Window.valid(5), TANH),
              AveragePooling2D.of(2),
              new Flatten(),
              BatchNormalization.standard(),
              Dense.of(10, TANH));
      Twins twins = new Twins(twin);
      int distance = Distance.EUCLIDEAN.between(twins.builder, twins.first, twins.second);
      int normalized = twins.builder.add(BatchNormalization.standard(), distance);
      Dense increasing =
          new Dense(1, SIGMOID, ParameterSettings.GAMMA, Optional.of(ParameterSettings.BIAS));
      int output = twins.builder.add(increasing, normalized);
      return new SiameseNetwork(twins.builder.build(output), OutputKind.DISTANCE);
    }
  },

  /**
   * The network for one-shot recognition on images of 105×105, whose output is a similarity.
   *
   * @see <a href="https://www.cs.cmu.edu/~rsalakhu/papers/oneshot1.pdf">Koch et al. 2015</a>,
   *     figure 4
   */
  KOCH(105) {
    @Override
    public SiameseNetwork network(TensorShape image) {
      Network twin =
          NetworkBuilder.chain(
              "functional",
              image,
              Conv2D.of(64, Window.valid(10), RELU),
              MaxPooling2D.of(2),
              Conv2D.of(128, Window.valid(7), RELU),
              MaxPooling2D.of(2),
              Conv2D.of(128, Window.valid(4), RELU),
              MaxPooling2D.of(2),
              Conv2D.of(256, Window.valid(4), RELU),
              new Flatten(),
              Dense.of(4096, SIGMOID));
      Twins twins = new Twins(twin);
      int difference =
          twins.builder.add(new Merge(Merge.Function.SUBTRACT), twins.first, twins.second);
      int absolute =
          twins.builder.add(new UnaryOperation(UnaryOperation.Function.ABSOLUTE), difference);
      int output = twins.builder.add(Dense.of(1, SIGMOID), absolute);
      return new SiameseNetwork(twins.builder.build(output), OutputKind.SIMILARITY);
    }
  };

  private final int side;

  NamedNetwork(int side) {
    this.side = side;
  }

  /** The network, untrained, for the grey images of its makers. */
  public SiameseNetwork network() {
    return network(TensorShape.of(side, side, 1));
  }

  /**
   * The network, untrained, for other images.
   *
   * @param image (height, width, channels)
   * @throws IllegalArgumentException when they are too small for its layers
   */
  public abstract SiameseNetwork network(TensorShape image);

  /** Its name on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Two images and their embeddings, to be joined by a head. */
  private static final class Twins {
    private final NetworkBuilder builder = new NetworkBuilder("siamese");
    private final int first;
    private final int second;

    Twins(Network twin) {
      int image1 = builder.input("image1", twin.inputShapes().get(0));
      int image2 = builder.input("image2", twin.inputShapes().get(0));
      first = builder.addNamed(twin.name(), new NestedModel(twin, false), image1);
      second = builder.reuse(first, image2);
    }
  }
}
