package dev.siamese.training;

import dev.siamese.model.Lesson;
import dev.siamese.model.Regularization;
import dev.siamese.network.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Steps that learn from a whole batch of images: towers embed shares of it, and one loss is taken
 * of all their embeddings.
 */
final class ImageSteps {
  /** Where the loss of the batch is in what is told of a step. */
  static final int LOSS = 0;

  /** Where the share is of what could teach and does: see {@link EpochResult#active}. */
  static final int ACTIVE = 1;

  /** Where it is how hard that was: see {@link EpochResult#hardness}. */
  static final int HARDNESS = 2;

  /** Where the share of the batch's pairs told right is: see {@link EpochResult#accuracy}. */
  static final int ACCURACY = 3;

  /** How many values are told. */
  static final int TOLD = 4;

  private ImageSteps() {}

  /**
   * Adds the loss of a step to the graph, and its gradients to the sum.
   *
   * @return told are the values above: (4)
   */
  static StepLoss add(
      Ops tf,
      Tower.Design design,
      Tower.Inputs inputs,
      Towers towers,
      List<Parameter> parameters,
      GradientSum gradients) {
    List<Tower> all = new ArrayList<>();
    for (int i = 0; i < towers.count(); i++) {
      all.add(Tower.ofImages(tf, design, inputs, i, towers.count()));
    }
    Operand<TInt32> classes = tf.gather(inputs.batch(), tf.constant(1), tf.constant(0));
    Operand<TInt64> seed = tf.stack(List.of(tf.constant(design.seed()), inputs.step()));
    Lesson lesson =
        Lesson.of(tf, design.objective().orElseThrow(), Tower.joined(tf, all), classes, seed);

    Operand<TFloat32> images = tf.dtypes.cast(tf.size(classes), TFloat32.class);
    Optional<Operand<TFloat32>> regularization =
        StepLoss.regularization(
            tf, Regularization.of(tf, parameters, inputs.weights()), all.get(0), images);
    gradients.add(
        tf,
        regularization.isPresent()
            ? tf.math.add(lesson.loss(), regularization.get())
            : lesson.loss());
    return new StepLoss(told(tf, lesson), regularization);
  }

  /** The values that are told of a batch: (4). */
  static Operand<TFloat32> told(Ops tf, Lesson lesson) {
    return tf.stack(List.of(lesson.loss(), lesson.active(), lesson.hardness(), lesson.accuracy()));
  }
}
