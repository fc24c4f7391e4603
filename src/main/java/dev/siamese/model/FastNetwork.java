package dev.siamese.model;

import dev.siamese.data.ValueRange;
import dev.siamese.model.Standardization.Scaling;
import dev.siamese.network.ActivationLayer;
import dev.siamese.network.AveragePooling2D;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Cropping2D;
import dev.siamese.network.Dense;
import dev.siamese.network.DepthwiseConv2D;
import dev.siamese.network.GlobalAveragePooling2D;
import dev.siamese.network.GlobalMaxPooling2D;
import dev.siamese.network.Layer;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.Network;
import dev.siamese.network.Regularizer;
import dev.siamese.network.SeparableConv2D;
import dev.siamese.network.ZeroPadding2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * The graph of a twin as this program trains and uses it: what {@link NetworkGraph} computes, by
 * the steps of a {@link Plan}, exact but for the order of sums, in float32 or with the convolutions
 * and poolings in bfloat16.
 *
 * @param <T> the type that convolutions and poolings compute in
 */
public final class FastNetwork<T extends TNumber> {
  /** What is computed in fewer bits; the weights and all else stay float32. */
  private static final Set<Class<? extends Layer>> IN_FEWER_BITS =
      Set.of(
          Conv2D.class,
          DepthwiseConv2D.class,
          SeparableConv2D.class,
          MaxPooling2D.class,
          AveragePooling2D.class,
          GlobalMaxPooling2D.class,
          GlobalAveragePooling2D.class,
          ZeroPadding2D.class,
          Cropping2D.class);

  private final Ops tf;
  private final Plan plan;
  private final ValueRange values;
  private final Class<T> type;
  private final Optional<StepTraining> training;
  private final Formulas<T> formulas;

  /** For the convolutions that the plan has in tiles. */
  private final Formulas<T> tiled;

  private final NetworkGraph layers;
  private final ScaledKernels scaledKernels;

  private FastNetwork(
      Ops tf,
      Plan plan,
      ValueRange values,
      List<? extends Operand<TFloat32>> parameters,
      Class<T> type,
      Optional<StepTraining> training) {
    this.tf = tf;
    this.plan = plan;
    this.values = values;
    this.type = type;
    this.training = training;
    this.formulas = Formulas.plain(tf, type);
    this.tiled = Formulas.tiled(tf, type);
    this.layers = new NetworkGraph(tf, plan.network(), parameters);
    this.scaledKernels = new ScaledKernels(tf);
  }

  /**
   * A twin over these parameters.
   *
   * @param tf builds the graph
   * @param values what the pixels of 0 to 255 mean
   * @param parameters of the planned twin, in their order
   * @param precision of convolutions and poolings
   * @param training what is done while training; empty at inference
   */
  public static FastNetwork<?> create(
      Ops tf,
      Plan plan,
      ValueRange values,
      List<? extends Operand<TFloat32>> parameters,
      SessionSettings.Precision precision,
      Optional<StepTraining> training) {
    return switch (precision) {
      case FLOAT32 -> new FastNetwork<>(tf, plan, values, parameters, TFloat32.class, training);
      case BFLOAT16 ->
          new FastNetwork<>(
              tf, plan, values, parameters, org.tensorflow.types.TBfloat16.class, training);
    };
  }

  /**
   * The embeddings of images.
   *
   * @param pixels 0 to 255, as {@link Plan#pixels} has them
   * @return (n, and the shape of an embedding)
   */
  public Operand<TFloat32> embed(Operand<TUint8> pixels) {
    Run run = new Run(pixels);
    plan.steps().forEach(run::take);
    return run.exact(plan.network().outputs().get(0));
  }

  /**
   * The embeddings of the images of pairs, which go through the network as one batch.
   *
   * <p>For networks of which no output costs anything: those are never parted into pairs.
   *
   * <p>A dense layer at the end is applied to the first and to the second images apart. The two
   * gradients of its bias cancel where their difference is taken, and so they do exactly, as in
   * Keras. In one sum they would leave rounding errors, which Adam, dividing by their size, would
   * make full steps of.
   *
   * @param pixels of the first images of all pairs, then of the second ones
   * @return the embeddings of the first and of the second images
   */
  public List<Operand<TFloat32>> embedPairs(Operand<TUint8> pixels) {
    Run run = new Run(pixels);
    int output = plan.network().outputs().get(0);
    if (!(plan.network().layer(output).layer() instanceof Dense)) {
      plan.steps().forEach(run::take);
      return halves(run.exact(output));
    }
    plan.steps().subList(0, plan.steps().size() - 1).forEach(run::take);
    int input = plan.network().nodes().get(output).inputs().get(0);
    List<Operand<TFloat32>> embeddings = new ArrayList<>();
    for (Operand<TFloat32> half : halves(run.exact(input))) {
      embeddings.add(layers.compute(output, List.of(half), training));
    }
    return embeddings;
  }

  private List<Operand<TFloat32>> halves(Operand<TFloat32> both) {
    return List.copyOf(tf.split(tf.constant(0), both, 2L).output());
  }

  /** One way of some images through the steps. */
  private final class Run {
    private final Network network = plan.network();
    private final Operand<TUint8> pixels;
    private final Map<Integer, Operand<T>> results = new HashMap<>();
    private final Map<Integer, Operand<TFloat32>> exactResults = new HashMap<>();

    /** Of nodes whose results still have to be scaled by the kernel that takes them. */
    private final Map<Integer, Scaling<TFloat32>> unscaled = new HashMap<>();

    /** By convolution: its parameters, with the scaling that is left to it. */
    private final Map<Integer, List<Operand<TFloat32>>> products = new HashMap<>();

    /** The first maps, cell by cell with all images in each, where the second step wants them. */
    private Operand<T> cells;

    Run(Operand<TUint8> pixels) {
      this.pixels = pixels;
    }

    void take(Step step) {
      if (step instanceof Step.Plain plain) {
        take(plain.node());
        if (!network.layer(plain.node()).activity().equals(Regularizer.NONE)) {
          layers.regularize(plain.node(), exact(plain.node()), training);
        }
      } else if (step instanceof Step.PooledFirst pooled) {
        ConvolutionBlock block = pooled.block();
        int input = network.nodes().get(block.convolution()).inputs().get(0);
        Operand<T> convolved =
            formulas(block.convolution())
                .convolutions()
                .convolve(
                    (Conv2D) network.layer(block.convolution()).layer(),
                    network.shape(input),
                    result(input),
                    kernel(block));
        finish(block, formulas.poolings().max(pooling(block), convolved));
      } else if (step instanceof Step.NormalizedImage normalized) {
        int node = normalized.normalization();
        exactResults.put(node, exact(network.inputs().get(0)));
        unscaled.put(node, layers.normalization(node, exactResults.get(node), training));
        take(normalized.convolution());
      } else if (step instanceof Step.NormalizedProduct normalized) {
        take(normalized);
      } else if (step instanceof Step.PixelProduct product) {
        firstProduct(product.block());
      } else if (step instanceof Step.Winograd winograd) {
        ConvolutionBlock block = winograd.block();
        int input = network.nodes().get(block.convolution()).inputs().get(0);
        finish(
            block,
            new WinogradConvolution<T>(
                    tf, network.shape(input).size(0), network.shape(input).size(1))
                .pooled(cells, scaled(block, 0)));
      }
    }

    private void take(int node) {
      Layer layer = network.layer(node).layer();
      List<Integer> inputs = network.nodes().get(node).inputs();
      if (IN_FEWER_BITS.contains(layer.getClass())
          || layer instanceof ActivationLayer && results.containsKey(inputs.get(0))) {
        results.put(node, compute(node, parameters(node)));
      } else {
        exactResults.put(
            node, layers.compute(node, inputs.stream().map(this::exact).toList(), training));
      }
    }

    private void take(Step.NormalizedProduct normalized) {
      int product = normalized.product();
      int normalization = normalized.normalization();
      if (layers.normalizesByBatch(normalization, training)) {
        take(product);
        take(normalization);
        return;
      }
      Scaling<TFloat32> scaling = layers.normalizationByAverages(normalization);
      Layer layer = network.layer(product).layer();
      results.put(
          normalization,
          compute(product, scaledKernels.output(layer, parameters(product), scaling)));
    }

    /** What a node's layer gives by these parameters, in the type of the convolutions. */
    private Operand<T> compute(int node, List<Operand<TFloat32>> parameters) {
      return formulas(node)
          .compute(
              network.layer(node).layer(),
              network.shapesTaken(node),
              network.nodes().get(node).inputs().stream().map(this::result).toList(),
              parameters.stream().map(parameter -> cast(parameter, type)).toList());
    }

    private List<Operand<TFloat32>> parameters(int node) {
      return products.computeIfAbsent(
          node,
          n -> {
            List<Operand<TFloat32>> own = layers.parametersOf(n);
            Scaling<TFloat32> scaling = unscaled.get(network.nodes().get(n).inputs().get(0));
            return scaling == null ? own : scaledKernels.input(own, scaling);
          });
    }

    private void firstProduct(ConvolutionBlock block) {
      boolean byParity = plan.steps().size() > 1 && plan.steps().get(1) instanceof Step.Winograd;
      Operand<T> kernel = kernel(block);
      int outputs = (int) kernel.shape().get(3);
      int window = PixelLayout.WINDOW * (int) kernel.shape().get(2);
      Operand<T> inOrder = cast(PixelValues.of(tf, pixels, values), type);
      if (byParity) {
        inOrder = tf.linalg.transpose(inOrder, tf.constant(new int[] {1, 0, 2}));
      }
      Operand<T> convolved =
          tf.linalg.matMul(
              tf.reshape(inOrder, tf.constant(new int[] {-1, window})),
              tf.reshape(kernel, tf.constant(new int[] {window, outputs})));
      Operand<T> pooled =
          formulas
              .poolings()
              .max(
                  MaxPooling2D.of(2).window(),
                  tf.reshape(convolved, tf.constant(new int[] {-1, 2, 2, outputs})));
      if (byParity) {
        int cellCount = network.shape(block.pooling()).count() / outputs;
        cells = tf.reshape(finished(block, pooled), tf.constant(new int[] {cellCount, -1}));
      } else {
        int rows = network.shape(block.pooling()).size(0);
        int columns = network.shape(block.pooling()).size(1);
        finish(block, tf.reshape(pooled, tf.constant(new int[] {-1, rows, columns, outputs})));
      }
    }

    private void finish(ConvolutionBlock block, Operand<T> pooled) {
      results.put(block.output(), finished(block, pooled));
    }

    /** Adds the bias, activates and drops. */
    private Operand<T> finished(ConvolutionBlock block, Operand<T> pooled) {
      Operand<T> biased =
          parameters(block.convolution()).size() < 2
              ? pooled
              : tf.nn.biasAdd(pooled, cast(scaled(block, 1), type));
      Operand<T> activated = formulas.activations().activate(block.activation(), 3, biased);
      return mask(block)
          .map(
              mask ->
                  tf.math.mul(activated, cast(tf.reshape(mask.kept(), tf.shape(activated)), type)))
          .map(dropped -> (Operand<T>) dropped)
          .orElse(activated);
    }

    private Operand<T> kernel(ConvolutionBlock block) {
      return cast(scaled(block, 0), type);
    }

    /** A parameter, times what the dropout scales by: it commutes with the block's activation. */
    private Operand<TFloat32> scaled(ConvolutionBlock block, int parameter) {
      Operand<TFloat32> value = parameters(block.convolution()).get(parameter);
      return mask(block)
          .map(mask -> (Operand<TFloat32>) tf.math.mul(value, mask.scale()))
          .orElse(value);
    }

    private Optional<DropoutInputs.Mask> mask(ConvolutionBlock block) {
      return training.isEmpty() || block.dropout().isEmpty()
          ? Optional.empty()
          : training.get().mask(block.dropout().getAsInt());
    }

    private dev.siamese.network.Window pooling(ConvolutionBlock block) {
      return ((MaxPooling2D) network.layer(block.pooling()).layer()).window();
    }

    /** What a node gives, in the type of the convolutions. */
    private Operand<T> result(int node) {
      return results.computeIfAbsent(node, n -> cast(exactOf(n), type));
    }

    /** What a node gives, in float32. */
    private Operand<TFloat32> exact(int node) {
      if (results.containsKey(node)) {
        return exactResults.computeIfAbsent(node, n -> cast(results.get(n), TFloat32.class));
      }
      return exactOf(node);
    }

    private Operand<TFloat32> exactOf(int node) {
      return exactResults.computeIfAbsent(
          node, n -> PixelValues.of(tf, pixels, values)); // What has no result is the image.
    }
  }

  private Formulas<T> formulas(int node) {
    return plan.tiled().contains(node) ? tiled : formulas;
  }

  @SuppressWarnings("unchecked") // It has that type already.
  private <U extends TNumber> Operand<U> cast(Operand<? extends TNumber> value, Class<U> to) {
    return value.type().equals(to) ? (Operand<U>) value : tf.dtypes.cast(value, to);
  }
}
