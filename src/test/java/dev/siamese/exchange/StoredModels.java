package dev.siamese.exchange;

import dev.siamese.data.ValueRange;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.Activation;
import dev.siamese.network.Adam;
import dev.siamese.network.AveragePooling2D;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.Dropout;
import dev.siamese.network.Flatten;
import dev.siamese.network.GlobalAveragePooling2D;
import dev.siamese.network.Layer;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.Merge;
import dev.siamese.network.NestedModel;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.OptimizerSettings;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.OutputKind;
import dev.siamese.network.Parameter;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Slot;
import dev.siamese.network.TensorShape;
import dev.siamese.network.UnaryOperation;
import dev.siamese.network.Weights;
import dev.siamese.network.Window;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Random models of several kinds, for tests of the files. */
public enum StoredModels {
  /** The reference program's layers with few channels: 112 parameters, embeddings of 5. */
  SMALL(ValueRange.ZERO_TO_ONE) {
    @Override
    public SiameseNetwork network() {
      return SiameseNetwork.of(
          twin(
              TensorShape.of(28, 28, 1),
              Conv2D.of(4, Window.valid(2), Activation.RELU),
              MaxPooling2D.of(2),
              new Dropout(0.3),
              Conv2D.of(3, Window.valid(2), Activation.RELU),
              MaxPooling2D.of(2),
              new Dropout(0.3),
              Conv2D.of(2, Window.valid(2), Activation.RELU),
              MaxPooling2D.of(2),
              new Dropout(0.3),
              new GlobalAveragePooling2D(false),
              Dense.of(5, Activation.LINEAR)),
          Distance.EUCLIDEAN);
    }
  },

  /** What losses over cosines make of that. */
  UNIT(ValueRange.ZERO_TO_ONE) {
    @Override
    public SiameseNetwork network() {
      return SMALL.network().withUnitEmbeddings();
    }
  },

  /** That of keras.io with few channels: moving statistics, and weights in the head. */
  KERAS_IO(ValueRange.ZERO_TO_255) {
    @Override
    public SiameseNetwork network() {
      Network twin =
          twin(
              TensorShape.of(28, 28, 1),
              BatchNormalization.standard(),
              Conv2D.of(3, Window.valid(5), Activation.TANH),
              AveragePooling2D.of(2),
              new Flatten(),
              BatchNormalization.standard(),
              Dense.of(5, Activation.TANH));
      NetworkBuilder builder = new NetworkBuilder("siamese");
      int[] embeddings = embeddings(builder, twin);
      // What Java's own keras-io network computes, written as layers.
      int difference =
          builder.add(new Merge(Merge.Function.SUBTRACT), embeddings[0], embeddings[1]);
      int squares = builder.add(new UnaryOperation(UnaryOperation.Function.SQUARE), difference);
      int normalized = builder.add(BatchNormalization.standard(), squares);
      return new SiameseNetwork(
          builder.build(builder.add(Dense.of(1, Activation.SIGMOID), normalized)),
          OutputKind.DISTANCE);
    }
  },

  /** A similarity of colour images. */
  SIMILARITY(ValueRange.MINUS_ONE_TO_ONE) {
    @Override
    public SiameseNetwork network() {
      Network twin =
          twin(
              TensorShape.of(32, 32, 3),
              Conv2D.of(4, Window.valid(3), Activation.RELU),
              MaxPooling2D.of(4),
              new Dropout(0.1),
              new Flatten(),
              new Dropout(0.6),
              Dense.of(6, Activation.SIGMOID));
      NetworkBuilder builder = new NetworkBuilder("siamese");
      int[] embeddings = embeddings(builder, twin);
      int difference =
          builder.add(new Merge(Merge.Function.SUBTRACT), embeddings[0], embeddings[1]);
      int absolute = builder.add(new UnaryOperation(UnaryOperation.Function.ABSOLUTE), difference);
      return new SiameseNetwork(
          builder.build(builder.add(Dense.of(1, Activation.SIGMOID), absolute)),
          OutputKind.SIMILARITY);
    }
  };

  /** Of {@link #full}, which nobody would guess. */
  public static final double THRESHOLD = 0.437;

  /** Steps of Adam that a {@link #checkpoint} has behind it. */
  public static final int STEPS = 77;

  private final ValueRange values;

  StoredModels(ValueRange values) {
    this.values = values;
  }

  /** The layers. */
  public abstract SiameseNetwork network();

  private static Network twin(TensorShape image, Layer... layers) {
    return NetworkBuilder.chain("functional", image, layers);
  }

  private static int[] embeddings(NetworkBuilder builder, Network twin) {
    int image1 = builder.input("image1", twin.inputShapes().get(0));
    int image2 = builder.input("image2", twin.inputShapes().get(0));
    int first = builder.addNamed(twin.name(), new NestedModel(twin, false), image1);
    return new int[] {first, builder.reuse(first, image2)};
  }

  /** Random weights. */
  public TrainedNetwork trained(long seed) {
    SiameseNetwork network = network();
    return new TrainedNetwork(network, weights(network.network().parameters(), seed), values);
  }

  /** Values about the initial ones, with some among them whose bits are easily lost. */
  private static Weights weights(List<Parameter> parameters, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] arrays = new float[parameters.size()][];
    boolean hidden = false;
    for (int i = 0; i < arrays.length; i++) {
      Parameter parameter = parameters.get(i);
      arrays[i] = parameter.settings().initializer().draw(parameter.shape(), random);
      for (int j = 0; j < arrays[i].length; j++) {
        arrays[i][j] += (float) (random.nextDouble() - 0.5) / 5;
      }
      if (!hidden && parameter.name().endsWith("bias") && arrays[i].length > 2) {
        hidden = true;
        arrays[i][0] = -0f;
        arrays[i][1] = Float.MIN_VALUE;
        arrays[i][2] = Math.nextUp(1f);
      }
    }
    return new Weights(parameters, arrays);
  }

  /** A model to go on with after 77 steps, with settings that are nobody's defaults. */
  public StoredModel checkpoint(long seed) {
    List<Parameter> parameters = network().network().trainableParameters();
    Weights squares = weights(parameters, seed + 2);
    for (int i = 0; i < parameters.size(); i++) {
      float[] array = squares.values(i);
      for (int j = 0; j < array.length; j++) {
        array[j] *= array[j];
      }
    }
    return StoredModel.of(trained(seed))
        .withCheckpoint(
            new Checkpoint(
                new Adam(OptimizerSettings.of(0.002), 0.8, 0.99, 1e-6, false),
                new OptimizerState(
                    STEPS,
                    Map.of(Slot.MOMENTUM, weights(parameters, seed + 1), Slot.VELOCITY, squares))));
  }

  /** A model with all that a file can hold. */
  public StoredModel full(long seed) {
    return checkpoint(seed)
        .withThreshold(THRESHOLD)
        .withAttachments(
            Map.of("history.csv", "epoch,loss\n1,0.25\n", "config.json", "{\"ä\": 1}"));
  }
}
