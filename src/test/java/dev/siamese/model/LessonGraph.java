package dev.siamese.model;

import dev.siamese.loss.BatchObjective;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** A lesson of batches of any size, with the gradient of its loss. */
final class LessonGraph implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Placeholder<TFloat32> embeddings;
  private final Placeholder<TInt32> classes;
  private final Placeholder<TInt64> seed;
  private final Lesson lesson;
  private final Operand<TFloat32> wholeLoss;
  private final Output<?> gradient;
  private final Session session;

  /**
   * What a batch teaches.
   *
   * @param gradient of the loss by the embeddings: (n, size)
   */
  record Values(float loss, float active, float hardness, float accuracy, float[][] gradient) {
    /** The four scalars. */
    float[] scalars() {
      return new float[] {loss, active, hardness, accuracy};
    }
  }

  LessonGraph(BatchObjective objective) {
    Ops tf = Ops.create(graph);
    embeddings = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1)));
    classes = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    lesson = Lesson.of(tf, objective, embeddings, classes, seed);
    wholeLoss = Lesson.wholeLoss(tf, objective.loss(), embeddings, classes);
    gradient = GraphValues.gradients(graph, lesson.loss(), List.of(embeddings)).get(0);
    session = new Session(graph, SessionSettings.defaults().config());
  }

  /** Asks for a lesson. */
  Values teach(float[][] batch, int[] classesOfBatch, long... drawing) {
    try (TFloat32 given = TFloat32.tensorOf(StdArrays.ndCopyOf(batch));
        TInt32 named = TInt32.tensorOf(StdArrays.ndCopyOf(classesOfBatch));
        TInt64 drawn = TInt64.tensorOf(StdArrays.ndCopyOf(drawing));
        Result result =
            session
                .runner()
                .feed(embeddings, given)
                .feed(classes, named)
                .feed(seed, drawn)
                .fetch(lesson.loss())
                .fetch(lesson.active())
                .fetch(lesson.hardness())
                .fetch(lesson.accuracy())
                .fetch(gradient)
                .run()) {
      float[][] slopes = new float[batch.length][batch[0].length];
      StdArrays.copyFrom((TFloat32) result.get(4), slopes);
      return new Values(
          GraphValues.floats(result, 0)[0],
          GraphValues.floats(result, 1)[0],
          GraphValues.floats(result, 2)[0],
          GraphValues.floats(result, 3)[0],
          slopes);
    }
  }

  /** How high the loss is over everything in a batch. */
  float wholeLoss(float[][] batch, int[] classesOfBatch) {
    try (TFloat32 given = TFloat32.tensorOf(StdArrays.ndCopyOf(batch));
        TInt32 named = TInt32.tensorOf(StdArrays.ndCopyOf(classesOfBatch));
        Result result =
            session.runner().feed(embeddings, given).feed(classes, named).fetch(wholeLoss).run()) {
      return GraphValues.floats(result, 0)[0];
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
