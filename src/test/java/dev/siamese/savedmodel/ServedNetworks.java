package dev.siamese.savedmodel;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.Activation;
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
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.NestedModel;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.Normalization;
import dev.siamese.network.OutputKind;
import dev.siamese.network.PReLU;
import dev.siamese.network.Parameter;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.Reduction;
import dev.siamese.network.SeparableConv2D;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.UnaryOperation;
import dev.siamese.network.Weights;
import dev.siamese.network.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Networks of several kinds with random weights, over which the tests of this package run. */
enum ServedNetworks {
  /** The reference program's layers with few channels. */
  SMALL {
    @Override
    SiameseNetwork network() {
      return SiameseNetwork.of(
          twin(
              TensorShape.of(28, 28, 1),
              Conv2D.of(4, Window.valid(2), Activation.RELU),
              MaxPooling2D.of(2),
              Conv2D.of(3, Window.valid(2), Activation.RELU),
              MaxPooling2D.of(2),
              new GlobalAveragePooling2D(false),
              Dense.of(5, Activation.LINEAR)),
          Distance.EUCLIDEAN);
    }
  },

  /** What losses over cosines make of that. */
  UNIT {
    @Override
    SiameseNetwork network() {
      return SMALL.network().withUnitEmbeddings();
    }
  },

  REFERENCE {
    @Override
    SiameseNetwork network() {
      return NamedNetwork.REFERENCE.network();
    }
  },

  /** Moving statistics in the twin and in the head, which has weights. */
  KERAS_IO {
    @Override
    SiameseNetwork network() {
      return NamedNetwork.KERAS_IO.network();
    }
  },

  /** A similarity of colour images. */
  COLOUR {
    @Override
    SiameseNetwork network() {
      Network twin =
          twin(
              TensorShape.of(32, 32, 3),
              Conv2D.of(4, Window.valid(3), Activation.LINEAR),
              BatchNormalization.standard(),
              Activation.RELU,
              MaxPooling2D.of(2),
              new Flatten(),
              Dense.of(6, Activation.TANH));
      NetworkBuilder builder = new NetworkBuilder("colour");
      int difference = difference(builder, twin);
      int absolute = builder.add(new UnaryOperation(UnaryOperation.Function.ABSOLUTE), difference);
      int output = builder.add(Dense.of(1, Activation.SIGMOID), absolute);
      return new SiameseNetwork(builder.build(output), OutputKind.SIMILARITY);
    }
  },

  /**
   * Embeddings that are maps, an output without an axis, images that are not square, and a name
   * that TensorFlow does not take.
   */
  MAPS {
    @Override
    SiameseNetwork network() {
      NetworkBuilder maps = new NetworkBuilder("twin");
      int images = maps.input("images", TensorShape.of(9, 12, 1));
      Conv2D convolution = Conv2D.of(2, Window.valid(3), Activation.SIGMOID);
      Network twin = maps.build(maps.addNamed("große Faltung: 1", convolution, images));
      NetworkBuilder builder = new NetworkBuilder("maps");
      int difference = difference(builder, twin);
      int squares = builder.add(new UnaryOperation(UnaryOperation.Function.SQUARE), difference);
      Reduction sum = new Reduction(Reduction.Function.SUM, List.of(1, 2, 3), false);
      return new SiameseNetwork(builder.build(builder.add(sum, squares)), OutputKind.DISTANCE);
    }
  },

  /** Layers side by side, of which two have parameters of the same shapes. */
  BRANCHES {
    @Override
    SiameseNetwork network() {
      NetworkBuilder twin = new NetworkBuilder("twin");
      int images = twin.input("images", TensorShape.of(16, 12, 3));
      int normalized = twin.add(BatchNormalization.standard(), images);
      int separable =
          twin.add(
              new SeparableConv2D(
                  4,
                  1,
                  Window.valid(1),
                  Activation.LINEAR,
                  ParameterSettings.KERNEL,
                  ParameterSettings.KERNEL,
                  Optional.of(ParameterSettings.BIAS)),
              normalized);
      int first = twin.add(Conv2D.of(4, Window.valid(1), Activation.LINEAR), normalized);
      int second = twin.add(Conv2D.of(4, Window.valid(1), Activation.LINEAR), normalized);
      int sum = twin.add(new Merge(Merge.Function.ADD), separable, first, second);
      int rectified = twin.add(new PReLU(ParameterSettings.BIAS, List.of()), sum);
      int flat = twin.add(new Dropout(0.3), twin.add(new Flatten(), rectified));
      return SiameseNetwork.of(
          twin.build(twin.add(Dense.of(5, Activation.LINEAR), flat)), Distance.EUCLIDEAN);
    }
  },

  /** A count that nothing uses, of no axis. */
  ADAPTED {
    @Override
    SiameseNetwork network() {
      return SiameseNetwork.of(
          twin(
              TensorShape.of(8, 8, 3),
              new Normalization(List.of(-1), Optional.empty(), false),
              new Flatten(),
              Dense.of(4, Activation.LINEAR)),
          Distance.MANHATTAN);
    }

    @Override
    ValueRange range() {
      return ValueRange.ZERO_TO_255;
    }
  },

  /** No weights at all. */
  PIXELS {
    @Override
    SiameseNetwork network() {
      return SiameseNetwork.of(twin(TensorShape.of(8, 8, 1), new Flatten()), Distance.COSINE);
    }
  };

  static final double THRESHOLD = 0.3;

  abstract SiameseNetwork network();

  ValueRange range() {
    return ValueRange.ZERO_TO_ONE;
  }

  static Network twin(TensorShape image, Layer... layers) {
    return NetworkBuilder.chain("twin", image, layers);
  }

  /** The difference of the embeddings of two images. */
  static int difference(NetworkBuilder builder, Network twin) {
    int image1 = builder.input("image1", twin.inputShapes().get(0));
    int image2 = builder.input("image2", twin.inputShapes().get(0));
    int first = builder.addNamed("twin", new NestedModel(twin, false), image1);
    int second = builder.reuse(first, image2);
    return builder.add(new Merge(Merge.Function.SUBTRACT), first, second);
  }

  /** With random weights, and all else that a folder can hold. */
  ServedNetwork model() {
    return model(weights(network().network().parameters(), 1));
  }

  ServedNetwork model(Weights weights) {
    return new ServedNetwork(
        new TrainedNetwork(network(), weights, range()),
        THRESHOLD,
        Map.of("preparation.json", "{\"ä\": 1}"));
  }

  /** Random weights, with values among them whose bits are easily lost. */
  static Weights weights(List<Parameter> parameters, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] arrays = new float[parameters.size()][];
    for (int i = 0; i < arrays.length; i++) {
      Parameter parameter = parameters.get(i);
      arrays[i] = parameter.settings().initializer().draw(parameter.shape(), random);
      for (int j = 0; j < arrays[i].length; j++) {
        arrays[i][j] += 0.2f * (float) (random.nextDouble() - 0.5);
      }
      if (parameter.name().endsWith("bias") && arrays[i].length > 2) {
        arrays[i][0] = -0f;
        arrays[i][1] = Float.MIN_VALUE;
        arrays[i][2] = Math.nextUp(1f);
      }
    }
    return new Weights(parameters, arrays);
  }

  /**
   * Pairs of images of noise that this network takes, every other one half darkened; the first is
   * of one image twice.
   */
  PairedImages samples(int count) {
    return samples(network(), count);
  }

  /** Pairs of images of noise that a network takes, as of {@link #samples(int)}. */
  static PairedImages samples(SiameseNetwork network, int count) {
    TensorShape size = network.image();
    ImageShape shape = new ImageShape(size.size(0), size.size(1), size.size(2));
    byte[] pixels = new byte[count * shape.pixels()];
    SplittableRandom random = new SplittableRandom(11);
    random.nextBytes(pixels);
    int[] labels = new int[count];
    for (int image = 0; image < count; image++) {
      labels[image] = image % 2;
      for (int pixel = 0; pixel < labels[image] * shape.pixels() / 2; pixel++) {
        pixels[image * shape.pixels() + pixel] &= 0x1F;
      }
    }
    LabeledImages images = new LabeledImages(pixels, labels, shape);
    Pairs pairs = Pairs.draw(images, random);
    pairs.second()[0] = pairs.first()[0];
    pairs.labels()[0] = Pairs.SAME;
    return new PairedImages(images, pairs);
  }
}
