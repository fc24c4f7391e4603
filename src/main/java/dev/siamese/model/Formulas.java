package dev.siamese.model;

import dev.siamese.network.Dropout;
import dev.siamese.network.GaussianNoise;
import dev.siamese.network.Identity;
import dev.siamese.network.Layer;
import dev.siamese.network.RandomAugmentation;
import dev.siamese.network.SpatialDropout2D;
import dev.siamese.network.TensorShape;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * The formulas of all layers: each adds to a graph what Keras computes at inference. All can be
 * differentiated.
 *
 * @param <T> TFloat32 in general; convolutions, poolings, activations and biases may be computed in
 *     TBfloat16 too
 */
final class Formulas<T extends TNumber> {
  private final FormulaTable<T> table = new FormulaTable<>();
  private final Convolutions<T> convolutions;
  private final Poolings<T> poolings;
  private final Activations<T> activations;
  private final BatchNormalizations<T> batchNormalizations;

  private Formulas(Ops tf, Class<T> type, boolean tiled) {
    Arithmetic<T> arithmetic = new Arithmetic<>(tf, type);
    ActivationFunctions<T> functions = new ActivationFunctions<>(arithmetic);
    activations = new Activations<>(arithmetic, functions);
    convolutions = new Convolutions<>(arithmetic, activations, tiled);
    poolings = new Poolings<>(arithmetic);
    Standardization<T> standardization = new Standardization<>(arithmetic);
    batchNormalizations = new BatchNormalizations<>(arithmetic, standardization);
    activations.enter(table);
    convolutions.enter(table);
    poolings.enter(table);
    batchNormalizations.enter(table);
    new Normalizations<>(arithmetic, standardization).enter(table);
    new Shapings<>(arithmetic).enter(table);
    new Merges<>(arithmetic).enter(table);
    new Operations<>(arithmetic, functions).enter(table);
    table.add(Identity.class, LayerUse::input);
    // What these do while training, they do not do at inference.
    table.add(Dropout.class, LayerUse::input);
    table.add(SpatialDropout2D.class, LayerUse::input);
    table.add(GaussianNoise.class, LayerUse::input);
    table.add(RandomAugmentation.class, LayerUse::input);
  }

  /** The formulas as they are written. */
  static <T extends TNumber> Formulas<T> plain(Ops tf, Class<T> type) {
    return new Formulas<>(tf, type, false);
  }

  /** Those with convolutions in tiles, in float32: fewer bits would not do for that. */
  static <T extends TNumber> Formulas<T> tiled(Ops tf, Class<T> type) {
    return new Formulas<>(tf, type, type.equals(TFloat32.class));
  }

  /**
   * Computes any layer but an input or a nested model.
   *
   * @param shapes of the inputs
   * @param inputs each (n, shape)
   * @param parameters the layer's, in its order
   * @return (n, the layer's output shape)
   */
  Operand<T> compute(
      Layer layer, List<TensorShape> shapes, List<Operand<T>> inputs, List<Operand<T>> parameters) {
    return table.compute(layer, shapes, inputs, parameters);
  }

  /** Whether there is a formula of this kind of layer. */
  boolean has(Class<?> kind) {
    return table.has(kind);
  }

  /** Convolutions and matrix products, and their parts. */
  Convolutions<T> convolutions() {
    return convolutions;
  }

  /** Maxima and means over windows. */
  Poolings<T> poolings() {
    return poolings;
  }

  /** Activation functions. */
  Activations<T> activations() {
    return activations;
  }

  /** Batch normalization, also by the statistics of a batch. */
  BatchNormalizations<T> batchNormalizations() {
    return batchNormalizations;
  }
}
