package dev.siamese.keras;

import dev.siamese.network.Activation;
import dev.siamese.network.AveragePooling2D;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Concatenate;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Cropping2D;
import dev.siamese.network.Dense;
import dev.siamese.network.DepthwiseConv2D;
import dev.siamese.network.Dot;
import dev.siamese.network.Dropout;
import dev.siamese.network.ELU;
import dev.siamese.network.Extent;
import dev.siamese.network.Flatten;
import dev.siamese.network.GaussianNoise;
import dev.siamese.network.GlobalAveragePooling2D;
import dev.siamese.network.GlobalMaxPooling2D;
import dev.siamese.network.GroupNormalization;
import dev.siamese.network.Identity;
import dev.siamese.network.Initializer;
import dev.siamese.network.Layer;
import dev.siamese.network.LayerNormalization;
import dev.siamese.network.LeakyReLU;
import dev.siamese.network.Margins;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.Merge;
import dev.siamese.network.Normalization;
import dev.siamese.network.PReLU;
import dev.siamese.network.Padding;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.Permute;
import dev.siamese.network.RandomAugmentation;
import dev.siamese.network.ReLU;
import dev.siamese.network.Rescaling;
import dev.siamese.network.Reshape;
import dev.siamese.network.SeparableConv2D;
import dev.siamese.network.Softmax;
import dev.siamese.network.SpatialDropout2D;
import dev.siamese.network.UnitNormalization;
import dev.siamese.network.Window;
import dev.siamese.network.ZeroPadding2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The layers of keras.layers and the records that stand for them, one row each. Inputs, nested
 * models and Lambda layers are more than settings, and are read and written elsewhere.
 */
final class LayerTable {
  static final String MODULE = "keras.layers";

  static final List<Row<Layer, ?>> ROWS = new ArrayList<>();

  static {
    convolutions();
    pooling();
    shapes();
    activations();
    normalizations();
    merging();
    training();
  }

  private LayerTable() {}

  private static <R extends Layer> void row(
      Class<R> type, Function<Settings<R>, Layer> description) {
    row(type.getSimpleName(), type, description);
  }

  private static <R extends Layer> void row(
      String className, Class<R> type, Function<Settings<R>, Layer> description) {
    ROWS.add(new Row<>(MODULE, className, type, description));
  }

  private static void convolutions() {
    row(
        Conv2D.class,
        s -> {
          s.none("lora_rank", "lora_alpha", "quantization_config");
          return new Conv2D(
              s.integer("filters", Conv2D::filters),
              convolution(s.part(Conv2D::window)),
              s.integer("groups", 1, Conv2D::groups),
              s.activation(Conv2D::activation),
              s.parameter("kernel", ParameterSettings.KERNEL, Conv2D::kernel),
              s.parameter("bias", "use_bias", ParameterSettings.BIAS, Conv2D::bias));
        });
    row(
        DepthwiseConv2D.class,
        s ->
            new DepthwiseConv2D(
                s.integer("depth_multiplier", 1, DepthwiseConv2D::depthMultiplier),
                convolution(s.part(DepthwiseConv2D::window)),
                s.activation(DepthwiseConv2D::activation),
                s.parameter("depthwise", ParameterSettings.KERNEL, DepthwiseConv2D::kernel),
                s.parameter("bias", "use_bias", ParameterSettings.BIAS, DepthwiseConv2D::bias)));
    row(
        SeparableConv2D.class,
        s ->
            new SeparableConv2D(
                s.integer("filters", SeparableConv2D::filters),
                s.integer("depth_multiplier", 1, SeparableConv2D::depthMultiplier),
                convolution(s.part(SeparableConv2D::window)),
                s.activation(SeparableConv2D::activation),
                s.parameter("depthwise", ParameterSettings.KERNEL, SeparableConv2D::depthwise),
                s.parameter("pointwise", ParameterSettings.KERNEL, SeparableConv2D::pointwise),
                s.parameter("bias", "use_bias", ParameterSettings.BIAS, SeparableConv2D::bias)));
    row(
        Dense.class,
        s -> {
          s.none("lora_rank", "lora_alpha", "quantization_config");
          return new Dense(
              s.integer("units", Dense::units),
              s.activation(Dense::activation),
              s.parameter("kernel", ParameterSettings.KERNEL, Dense::kernel),
              s.parameter("bias", "use_bias", ParameterSettings.BIAS, Dense::bias));
        });
  }

  private static Window convolution(Settings<Window> s) {
    s.channelsLast();
    return new Window(
        s.value("kernel_size", Codec.EXTENT, Window::size),
        s.extent("strides", Extent.ONE, Window::strides),
        s.value("padding", Codec.PADDING, Padding.VALID, Window::padding),
        s.extent("dilation_rate", Extent.ONE, Window::dilation));
  }

  private static void pooling() {
    row(MaxPooling2D.class, s -> new MaxPooling2D(pool(s.part(MaxPooling2D::window))));
    row(AveragePooling2D.class, s -> new AveragePooling2D(pool(s.part(AveragePooling2D::window))));
    row(
        GlobalMaxPooling2D.class,
        s -> {
          s.channelsLast();
          return new GlobalMaxPooling2D(s.bool("keepdims", false, GlobalMaxPooling2D::keepDims));
        });
    row(
        GlobalAveragePooling2D.class,
        s -> {
          s.channelsLast();
          return new GlobalAveragePooling2D(
              s.bool("keepdims", false, GlobalAveragePooling2D::keepDims));
        });
  }

  private static Window pool(Settings<Window> s) {
    s.channelsLast();
    Extent size = s.extent("pool_size", Extent.square(2), Window::size);
    return new Window(
        size,
        s.extent("strides", size, Window::strides),
        s.value("padding", Codec.PADDING, Padding.VALID, Window::padding),
        Extent.ONE);
  }

  private static void shapes() {
    row(
        ZeroPadding2D.class,
        s -> {
          s.channelsLast();
          return new ZeroPadding2D(
              s.value("padding", Codec.MARGINS, new Margins(1, 1, 1, 1), ZeroPadding2D::margins));
        });
    row(
        Cropping2D.class,
        s -> {
          s.channelsLast();
          return new Cropping2D(
              s.value("cropping", Codec.MARGINS, new Margins(0, 0, 0, 0), Cropping2D::margins));
        });
    row(
        Flatten.class,
        s -> {
          s.channelsLast();
          return new Flatten();
        });
    row(Permute.class, s -> new Permute(s.value("dims", Codec.INTEGERS, Permute::dims)));
    row(Reshape.class, s -> new Reshape(s.value("target_shape", Codec.INTEGERS, Reshape::target)));
    row(Identity.class, s -> new Identity());
    row(
        Rescaling.class,
        s ->
            new Rescaling(
                s.value("scale", Codec.NUMBERS, Rescaling::scale),
                s.value("offset", Codec.NUMBERS, List.of(0.0), Rescaling::offset)));
  }

  private static void activations() {
    // Where the function is given as a layer, it is that layer.
    row(Activation.class, s -> s.activation(activation -> activation));
    row(
        ReLU.class,
        s ->
            new ReLU(
                s.value("max_value", Codec.OPTIONAL_NUMBER, OptionalDouble.empty(), ReLU::maxValue),
                s.number("negative_slope", 0, ReLU::negativeSlope),
                s.number("threshold", 0, ReLU::threshold)));
    row(
        LeakyReLU.class,
        s -> new LeakyReLU(s.number("negative_slope", 0.3, LeakyReLU::negativeSlope)));
    row(ELU.class, s -> new ELU(s.number("alpha", 1, ELU::alpha)));
    row(Softmax.class, s -> new Softmax(s.axes(Softmax::axes)));
    row(
        PReLU.class,
        s ->
            new PReLU(
                s.parameter("alpha", ParameterSettings.BIAS, PReLU::alpha),
                s.value("shared_axes", Codec.ANY_AXES, List.of(), PReLU::sharedAxes)));
  }

  private static void normalizations() {
    row(
        BatchNormalization.class,
        s -> {
          s.none("renorm");
          s.unused("renorm_clipping", "renorm_momentum");
          s.untrained("synchronized");
          return new BatchNormalization(
              s.value("axis", Codec.AXIS, -1, BatchNormalization::axis),
              s.number("momentum", 0.99, BatchNormalization::momentum),
              s.number("epsilon", 1e-3, BatchNormalization::epsilon),
              s.parameter("gamma", "scale", ParameterSettings.GAMMA, BatchNormalization::gamma),
              s.parameter("beta", "center", ParameterSettings.BIAS, BatchNormalization::beta),
              s.initializer(
                  "moving_mean_initializer", Initializer.ZEROS, BatchNormalization::movingMean),
              s.initializer(
                  "moving_variance_initializer",
                  Initializer.ONES,
                  BatchNormalization::movingVariance));
        });
    row(
        LayerNormalization.class,
        s -> {
          boolean rms = s.bool("rms_scaling", false, LayerNormalization::rmsScaling);
          Optional<ParameterSettings> gamma =
              s.parameter("gamma", "scale", ParameterSettings.GAMMA, LayerNormalization::gamma);
          Optional<ParameterSettings> beta =
              s.parameter("beta", "center", ParameterSettings.BIAS, LayerNormalization::beta);
          return new LayerNormalization(
              s.axes(LayerNormalization::axes),
              s.number("epsilon", 1e-3, LayerNormalization::epsilon),
              rms,
              // So Keras has it, whatever "scale" and "center" say.
              rms ? gamma.or(() -> Optional.of(ParameterSettings.GAMMA)) : gamma,
              rms ? Optional.empty() : beta);
        });
    row(
        GroupNormalization.class,
        s ->
            new GroupNormalization(
                s.integer("groups", 32, GroupNormalization::groups),
                s.value("axis", Codec.AXIS, -1, GroupNormalization::axis),
                s.number("epsilon", 1e-3, GroupNormalization::epsilon),
                s.parameter("gamma", "scale", ParameterSettings.GAMMA, GroupNormalization::gamma),
                s.parameter("beta", "center", ParameterSettings.BIAS, GroupNormalization::beta)));
    row(UnitNormalization.class, s -> new UnitNormalization(s.axes(UnitNormalization::axes)));
    row(
        Normalization.class,
        s -> {
          List<Integer> axes = s.value("axis", Codec.ANY_AXES, List.of(-1), Normalization::axes);
          Settings<Optional<Normalization.Statistics>> given = s.part(Normalization::given);
          Optional<List<Double>> mean =
              given.value(
                  "mean",
                  Codec.OPTIONAL_NUMBERS,
                  Optional.empty(),
                  g -> g.map(Normalization.Statistics::mean));
          Optional<List<Double>> variance =
              given.value(
                  "variance",
                  Codec.OPTIONAL_NUMBERS,
                  Optional.empty(),
                  g -> g.map(Normalization.Statistics::variance));
          return new Normalization(
              axes,
              mean.isEmpty() && variance.isEmpty()
                  ? Optional.empty()
                  : Optional.of(
                      new Normalization.Statistics(
                          mean.orElse(List.of()), variance.orElse(List.of()))),
              s.bool("invert", false, Normalization::invert));
        });
  }

  private static void merging() {
    for (Merge.Function function : Merge.Function.values()) {
      row(new Merge(function).className(), Merge.class, s -> new Merge(function));
    }
    row(
        Concatenate.class,
        s -> new Concatenate(s.value("axis", Codec.AXIS, -1, Concatenate::axis)));
    row(
        Dot.class,
        s -> {
          List<Integer> axes =
              s.value("axes", Codec.TWO_AXES, dot -> List.of(dot.firstAxis(), dot.secondAxis()));
          return new Dot(axes.get(0), axes.get(1), s.bool("normalize", false, Dot::normalize));
        });
  }

  private static void training() {
    row(
        Dropout.class,
        s -> {
          s.unused("seed");
          s.untrained("noise_shape");
          return new Dropout(s.value("rate", Codec.NUMBER, Dropout::rate));
        });
    row(
        SpatialDropout2D.class,
        s -> {
          s.channelsLast();
          s.unused("seed");
          return new SpatialDropout2D(s.value("rate", Codec.NUMBER, SpatialDropout2D::rate));
        });
    row(
        GaussianNoise.class,
        s -> {
          s.unused("seed");
          return new GaussianNoise(s.value("stddev", Codec.NUMBER, GaussianNoise::deviation));
        });
    for (String augmentation : Augmentations.CLASSES) {
      row(
          augmentation,
          RandomAugmentation.class,
          s -> new RandomAugmentation(augmentation, s.rest(RandomAugmentation::settings)));
    }
  }
}
