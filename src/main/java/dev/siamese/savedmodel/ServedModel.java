package dev.siamese.savedmodel;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.model.Lifetime;
import dev.siamese.model.PairModel;
import dev.siamese.network.OutputKind;
import dev.siamese.network.TensorShape;

/** A model that computes by the signatures of its SavedModel. Safe for use by threads. */
public final class ServedModel implements PairModel {
  /** What rounding explains, of the greatest output. */
  private static final float ROUNDING = 1e-6f;

  private final SignatureAnswers answers;
  private final OutputKind output;
  private final ValueRange values;
  private final Lifetime open;

  /**
   * Takes over a model, which it closes.
   *
   * @param output what it says of two images
   * @param values what it expects for the pixels of images
   */
  ServedModel(SignatureAnswers answers, OutputKind output, ValueRange values) {
    this.answers = answers;
    this.output = output;
    this.values = values;
    open = new Lifetime(answers.runner().source(), answers::close);
  }

  /** What {@link #compare} gives. */
  @Override
  public OutputKind output() {
    return output;
  }

  /** The shape of an image: (height, width, channels). */
  @Override
  public TensorShape image() {
    return answers.signatures().imageTensor();
  }

  /**
   * The embeddings of images.
   *
   * @param images (n, height, width, channels)
   * @return (n, embedding size)
   * @throws IllegalArgumentException when the images are of another shape
   * @throws UnsupportedOperationException when this model only compares images
   * @throws IllegalStateException when it is closed
   */
  @Override
  public float[][] embed(LabeledImages images) {
    return open.use(() -> answers.embed(images, values));
  }

  /**
   * The distances or similarities of pairs of images. One that is below 0, or a similarity above 1,
   * by no more than rounding explains counts as 0 or 1.
   *
   * @param images (n, height, width, channels)
   * @param pairs of these images
   * @return one a pair
   * @throws IllegalArgumentException when the images are of another shape
   * @throws IllegalStateException when this model is closed
   */
  @Override
  public float[] compare(LabeledImages images, Pairs pairs) {
    return rounded(open.use(() -> answers.outputs(images, pairs, values)), output);
  }

  @Override
  public float[] compare(float[][] first, float[][] second) {
    return rounded(open.use(() -> answers.outputs(first, second)), output);
  }

  /** Outputs without what rounding added at the ends of their range. */
  static float[] rounded(float[] outputs, OutputKind kind) {
    float greatest = 1;
    for (float value : outputs) {
      if (Float.isFinite(value)) {
        greatest = Math.max(greatest, Math.abs(value));
      }
    }
    float tolerance = ROUNDING * greatest;
    for (int pair = 0; pair < outputs.length; pair++) {
      if (outputs[pair] < 0 && outputs[pair] >= -tolerance) {
        outputs[pair] = 0;
      } else if (kind == OutputKind.SIMILARITY
          && outputs[pair] > 1
          && outputs[pair] <= 1 + tolerance) {
        outputs[pair] = 1;
      }
    }
    return outputs;
  }

  @Override
  public void close() {
    open.end();
  }
}
