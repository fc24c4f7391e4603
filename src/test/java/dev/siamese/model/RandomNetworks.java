package dev.siamese.model;

import dev.siamese.network.Activation;
import dev.siamese.network.ActivationLayer;
import dev.siamese.network.AveragePooling2D;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Concatenate;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Cropping2D;
import dev.siamese.network.Dense;
import dev.siamese.network.DepthwiseConv2D;
import dev.siamese.network.Distance;
import dev.siamese.network.Dropout;
import dev.siamese.network.Flatten;
import dev.siamese.network.GaussianNoise;
import dev.siamese.network.GlobalAveragePooling2D;
import dev.siamese.network.GlobalMaxPooling2D;
import dev.siamese.network.GroupNormalization;
import dev.siamese.network.Identity;
import dev.siamese.network.Layer;
import dev.siamese.network.Layer.WhileTraining;
import dev.siamese.network.LayerNormalization;
import dev.siamese.network.Margins;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.Merge;
import dev.siamese.network.NestedModel;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.OutputKind;
import dev.siamese.network.PReLU;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.RandomAugmentation;
import dev.siamese.network.Rescaling;
import dev.siamese.network.SeparableConv2D;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.SpatialDropout2D;
import dev.siamese.network.TensorShape;
import dev.siamese.network.UnaryOperation;
import dev.siamese.network.UnitNormalization;
import dev.siamese.network.Window;
import dev.siamese.network.ZeroPadding2D;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Twins of random layers, the same for the same seed: chains, branches, nested and shared parts.
 */
public final class RandomNetworks {
  /** How many of them tests try, from seed 0. */
  public static final long SEEDS = 200;

  private final SplittableRandom random;
  private final RandomSettings settings;
  private final NetworkBuilder builder;

  /** Whether layers that do something random while training are among them. */
  private final boolean withChance;

  /** Where the next layer goes, and what it takes. */
  private int node;

  private TensorShape shape;

  private RandomNetworks(
      String name, SplittableRandom random, boolean withChance, TensorShape input) {
    this.random = random;
    this.withChance = withChance;
    this.settings = new RandomSettings(random);
    this.builder = new NetworkBuilder(name);
    this.node = builder.input("images", input);
    this.shape = input;
  }

  /** A twin for images of 8×8 to 40×40 of 1 or 3 channels; its embedding may be of any shape. */
  public static Network twin(long seed) {
    RandomNetworks networks = begun(new SplittableRandom(seed), true);
    return networks.builder.build(networks.node);
  }

  /**
   * A siamese network, in which nothing is random while training. It gives one of the distances, or
   * a similarity by a head with weights.
   */
  public static SiameseNetwork siamese(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomNetworks networks = begun(random, false);
    networks.add(new Flatten());
    Network twin = networks.builder.build(networks.node);
    if (random.nextBoolean()) {
      return SiameseNetwork.of(twin, Distance.values()[random.nextInt(Distance.values().length)]);
    }
    NetworkBuilder siamese = new NetworkBuilder("siamese");
    int image1 = siamese.input("image1", twin.inputShapes().get(0));
    int image2 = siamese.input("image2", twin.inputShapes().get(0));
    int first = siamese.addNamed("twin", new NestedModel(twin, false), image1);
    int second = siamese.reuse(first, image2);
    int difference = siamese.add(new Merge(Merge.Function.SUBTRACT), first, second);
    int size = siamese.add(new UnaryOperation(UnaryOperation.Function.ABSOLUTE), difference);
    if (random.nextInt(3) == 0) {
      size = siamese.add(BatchNormalization.standard(), size);
    }
    return new SiameseNetwork(
        siamese.build(siamese.add(Dense.of(1, Activation.SIGMOID), size)), OutputKind.SIMILARITY);
  }

  private static RandomNetworks begun(SplittableRandom random, boolean withChance) {
    TensorShape image =
        TensorShape.of(random.nextInt(8, 41), random.nextInt(8, 41), random.nextBoolean() ? 1 : 3);
    RandomNetworks networks = new RandomNetworks("twin", random, withChance, image);
    networks.begin();
    int parts = random.nextInt(5);
    for (int part = 0; part < parts; part++) {
      networks.part(2);
    }
    networks.end();
    return networks;
  }

  /** Adds a layer, if it can take what there is. */
  private boolean add(Layer candidate) {
    Layer layer = withChance || !isRandom(candidate) ? candidate : new Identity();
    TensorShape output;
    try {
      output = layer.outputShape(List.of(shape));
    } catch (IllegalArgumentException e) {
      return false; // Of maps smaller than its window, for instance.
    }
    node = builder.add(layer, node);
    shape = output;
    return true;
  }

  private static boolean isRandom(Layer layer) {
    return layer.whileTraining() == WhileTraining.DROPS
        || layer.whileTraining() == WhileTraining.ADDS_NOISE;
  }

  private void begin() {
    switch (random.nextInt(8)) {
      case 0 -> block(Window.valid(2), MaxPooling2D.of(2));
      case 1, 2 -> {
        block(Window.valid(2), MaxPooling2D.of(2));
        block(Window.valid(2), MaxPooling2D.of(2));
      }
      case 3 -> add(Rescaling.of(2, -1));
      case 4 -> add(new RandomAugmentation("RandomFlip", "{}"));
      case 5, 6 -> {
        add(BatchNormalization.standard());
        add(settings.convolution(Window.valid(random.nextInt(1, 6)), settings.monotone()));
      }
      default -> block(settings.window(), settings.maxPooling());
    }
  }

  /** A convolution, an activation in it or behind it, a pooling and at times a dropout. */
  private void block(Window window, MaxPooling2D pooling) {
    boolean apart = random.nextInt(3) == 0;
    if (add(settings.convolution(window, apart ? Activation.LINEAR : settings.monotone()))) {
      if (apart) {
        add(settings.monotone());
      }
      add(pooling);
      if (random.nextBoolean()) {
        add(new Dropout(random.nextBoolean() ? 0.4 : 0.25));
      }
    }
  }

  /** Adds some layers that keep to maps, nested at most so deeply. */
  private void part(int levels) {
    switch (random.nextInt(levels > 0 ? 15 : 12)) {
      case 0, 1 -> block(settings.window(), settings.maxPooling());
      case 2 -> add(settings.convolution(settings.window(), settings.activation()));
      case 3 -> depthwise();
      case 4 -> separable();
      case 5 -> normalizedProduct();
      case 6 -> add(new AveragePooling2D(settings.pooling()));
      case 7 -> normalization();
      case 8 -> activation();
      case 9 -> whileTrainingOnly();
      case 10 -> margins();
      case 11 -> twice();
      case 12 -> residual(levels - 1);
      case 13 -> branches(levels - 1);
      default -> nested(levels - 1);
    }
  }

  private void depthwise() {
    add(depthwise(settings.activation()));
  }

  private DepthwiseConv2D depthwise(ActivationLayer activation) {
    return new DepthwiseConv2D(
        random.nextInt(1, 3),
        settings.evenWindow(),
        activation,
        ParameterSettings.KERNEL,
        settings.bias());
  }

  private void separable() {
    add(separable(settings.activation()));
  }

  private SeparableConv2D separable(ActivationLayer activation) {
    return new SeparableConv2D(
        random.nextInt(1, 6),
        random.nextInt(1, 3),
        settings.evenWindow(),
        activation,
        ParameterSettings.KERNEL,
        ParameterSettings.KERNEL,
        settings.bias());
  }

  /** A convolution of any kind, its outputs normalized before they are activated. */
  private void normalizedProduct() {
    boolean added =
        add(
            switch (random.nextInt(3)) {
              case 0 -> depthwise(Activation.LINEAR);
              case 1 -> separable(Activation.LINEAR);
              default -> settings.convolution(settings.window(), Activation.LINEAR);
            });
    if (added) {
      add(BatchNormalization.standard());
      add(settings.monotone());
    }
  }

  private void normalization() {
    // Of few values, the deviation may be all but none, and rounding then all that is left of them.
    switch (random.nextInt(shape.size(-1) > 2 ? 3 : 1)) {
      case 0 -> add(BatchNormalization.standard());
      case 1 ->
          add(
              new LayerNormalization(
                  List.of(-1),
                  1e-3,
                  false,
                  Optional.of(ParameterSettings.GAMMA),
                  Optional.of(ParameterSettings.BIAS)));
      default ->
          add(
              new GroupNormalization(
                  1,
                  -1,
                  1e-3,
                  Optional.of(ParameterSettings.GAMMA),
                  Optional.of(ParameterSettings.BIAS)));
    }
  }

  private void activation() {
    switch (random.nextInt(4)) {
      case 0 -> add(new PReLU(ParameterSettings.BIAS, List.of(1, 2)));
      case 1 -> add(new Identity());
      default -> add(settings.activation());
    }
  }

  private void whileTrainingOnly() {
    switch (random.nextInt(3)) {
      case 0 -> add(new Dropout(0.25));
      case 1 -> add(new SpatialDropout2D(0.4));
      default -> add(new GaussianNoise(0.1));
    }
  }

  private void margins() {
    Margins margins =
        new Margins(random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3));
    add(random.nextBoolean() ? new ZeroPadding2D(margins) : new Cropping2D(margins));
  }

  /** One convolution applied to its own output. */
  private void twice() {
    Conv2D convolution =
        Conv2D.of(shape.size(2), Window.same(random.nextInt(1, 4)), settings.monotone());
    add(convolution);
    node = builder.reuse(node, node);
    if (random.nextBoolean()) {
      add(settings.maxPooling());
    }
  }

  /** Something of the same shape, and what it takes, brought together. */
  private void residual(int levels) {
    int from = node;
    TensorShape before = shape;
    part(levels);
    if (shape.rank() != 3 || !shape.without(2).equals(before.without(2))) {
      return;
    }
    add(Conv2D.of(before.size(2), Window.same(3), settings.activation()));
    if (shape.equals(before)) {
      Merge.Function[] functions = Merge.Function.values();
      node = builder.add(new Merge(functions[random.nextInt(functions.length)]), node, from);
    }
  }

  /** Two ways from one tensor, their channels one behind the other. */
  private void branches(int levels) {
    int from = node;
    TensorShape before = shape;
    part(levels);
    if (shape.without(2).equals(before.without(2))) {
      int first = node;
      TensorShape firstShape = shape;
      node = from;
      shape = before;
      add(Conv2D.of(random.nextInt(1, 4), Window.same(1), settings.activation()));
      node = builder.add(new Concatenate(-1), first, node, first);
      shape = shape.with(2, shape.size(2) + 2 * firstShape.size(2));
    }
  }

  /** A network as a layer, used a second time where it can be. */
  private void nested(int levels) {
    RandomNetworks inner = new RandomNetworks("inner", random, withChance, shape);
    inner.part(levels);
    inner.part(levels);
    NestedModel model = new NestedModel(inner.builder.build(inner.node), false);
    TensorShape before = shape;
    add(model);
    if (shape.equals(before)) {
      node = builder.reuse(node, node);
    }
  }

  /** From maps to an embedding, mostly by dense layers. */
  private void end() {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> add(new Flatten());
      case 3, 4, 5 -> add(new GlobalAveragePooling2D(random.nextInt(4) == 0));
      case 6 -> add(new GlobalMaxPooling2D(false));
      default -> {}
    }
    for (int layers = random.nextInt(3); layers > 0; layers--) {
      add(Dense.of(random.nextInt(2, 8), layers > 1 ? settings.activation() : Activation.TANH));
    }
    switch (random.nextInt(8)) {
      case 0 -> add(shape.rank() == 1 ? UnitNormalization.LAST : new Identity());
      case 1 -> add(BatchNormalization.standard());
      case 2 -> add(Activation.SIGMOID);
      case 3 -> add(new Dropout(0.25));
      default -> {}
    }
  }
}
