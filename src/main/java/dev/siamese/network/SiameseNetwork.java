package dev.siamese.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A network of two images that says how different or how alike they are: a twin that takes each of
 * them to its embedding, and a head that compares the embeddings.
 *
 * @param network of two inputs (height, width, channels) and one output, of one value
 * @param output what that value means
 */
public record SiameseNetwork(Network network, OutputKind output) {

  /**
   * Checks the ends of the network.
   *
   * @throws IllegalArgumentException when it does not take two images of one size, or gives more
   *     than one value, or its sides are not twins
   */
  public SiameseNetwork {
    List<TensorShape> images = network.inputShapes();
    if (images.size() != 2 || !images.get(0).equals(images.get(1)) || images.get(0).rank() != 3) {
      throw new IllegalArgumentException(
          "expected two images (height, width, channels) of one size, found inputs of %s of the"
              + " model %s".formatted(images, network.name()));
    }
    List<TensorShape> outputs = network.outputShapes();
    if (outputs.size() != 1 || outputs.get(0).count() != 1) {
      throw new IllegalArgumentException(
          "expected one distance or similarity of a pair, found outputs of %s of the model %s"
              .formatted(outputs, network.name()));
    }
    new TwinSplit(network);
  }

  /**
   * The siamese network of a twin.
   *
   * @param twin of one input, an image, and one output, its embedding (size)
   * @throws IllegalArgumentException when the twin has other inputs or outputs
   */
  public static SiameseNetwork of(Network twin, Distance distance) {
    List<TensorShape> embedding = twin.outputShapes();
    if (twin.inputs().size() != 1 || embedding.size() != 1 || embedding.get(0).rank() != 1) {
      throw new IllegalArgumentException(
          "expected a twin from one image to an embedding (size), found %s".formatted(twin));
    }
    NetworkBuilder builder = new NetworkBuilder("siamese");
    int image1 = builder.input("image1", twin.inputShapes().get(0));
    int image2 = builder.input("image2", twin.inputShapes().get(0));
    int first = builder.addNamed(twin.name(), new NestedModel(twin, false), image1);
    int second = builder.reuse(first, image2);
    return new SiameseNetwork(
        builder.build(distance.between(builder, first, second)), OutputKind.DISTANCE);
  }

  /** The shape of an image: (height, width, channels). */
  public TensorShape image() {
    return network.inputShapes().get(0);
  }

  /** The part that takes one image to its embedding, without nested networks. */
  public Network twin() {
    return new TwinSplit(network).twin();
  }

  /** The part that takes two embeddings to the output, without nested networks. */
  public Network head() {
    return new TwinSplit(network).head();
  }

  /** Of each parameter of the {@linkplain #twin twin}, its position among the network's. */
  public List<Integer> twinParameters() {
    return new TwinSplit(network).twinParameters();
  }

  /** Of each parameter of the {@linkplain #head head}, its position among the network's. */
  public List<Integer> headParameters() {
    return new TwinSplit(network).headParameters();
  }

  /** The shape of an embedding. */
  public TensorShape embedding() {
    return twin().outputShapes().get(0);
  }

  /**
   * The same with embeddings of length 1: its twin ends in a {@link UnitNormalization}. The
   * parameters are the same, in the same order.
   *
   * @throws IllegalArgumentException when its embeddings have several dimensions, or it does not
   *     compare them by a mere distance
   */
  public SiameseNetwork withUnitEmbeddings() {
    return new UnitEmbeddings(this).with();
  }

  /**
   * What {@link #withUnitEmbeddings} is trained as where a loss wants a projection: two dense
   * layers before the normalization, whose parameters come after all others.
   *
   * @param hidden units of the first, which is rectified
   * @param size of what is compared while training
   * @throws IllegalArgumentException as there
   */
  public SiameseNetwork withProjection(int hidden, int size) {
    return new UnitEmbeddings(this)
        .with(Dense.of(hidden, Activation.RELU), Dense.of(size, Activation.LINEAR));
  }

  /** The same with this rate in all its {@link Dropout} layers. */
  public SiameseNetwork withDropout(double rate) {
    return new SiameseNetwork(withDropout(network, rate), output);
  }

  private static Network withDropout(Network network, double rate) {
    List<NamedLayer> layers = new ArrayList<>();
    for (NamedLayer named : network.layers()) {
      Layer layer = named.layer();
      if (layer instanceof Dropout) {
        layer = new Dropout(rate);
      } else if (layer instanceof NestedModel model) {
        layer = new NestedModel(withDropout(model.network(), rate), model.sequential());
      }
      layers.add(named.withLayer(layer));
    }
    return network.withLayers(layers);
  }
}
