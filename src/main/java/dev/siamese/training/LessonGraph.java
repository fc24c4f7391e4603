package dev.siamese.training;

import dev.siamese.data.LabeledImages;
import dev.siamese.loss.BatchObjective;
import dev.siamese.model.InferenceGraph;
import dev.siamese.model.Lesson;
import dev.siamese.model.WeightTransfer;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The part of a training graph that takes the loss of whole batches without a step. */
final class LessonGraph {
  /** Embeds as the network that is trained does, where another is kept of it. */
  private final Optional<InferenceGraph> trained;

  private final int embeddingSize;
  private final Placeholder<TFloat32> embeddings;
  private final Placeholder<TInt32> classes;
  private final Operand<TFloat32> wholeLoss;

  /**
   * Adds the part to a graph.
   *
   * @param weights of the network that is trained
   */
  LessonGraph(
      Ops tf, Tower.Design design, BatchObjective objective, List<Operand<TFloat32>> weights) {
    trained =
        design.network().equals(design.kept())
            ? Optional.empty()
            : Optional.of(design.inference(tf, design.network(), weights));
    embeddingSize = design.network().embedding().count();
    embeddings = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, embeddingSize)));
    classes = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    wholeLoss = Lesson.wholeLoss(tf, objective.loss(), embeddings, classes);
  }

  /**
   * The embeddings that the loss is taken of, where they are not those of the network that is kept.
   */
  Optional<float[][]> embed(Session session, int threads, LabeledImages images) {
    return trained.map(graph -> graph.embed(session, threads, images));
  }

  /**
   * The mean loss of an epoch's batches, over everything in them.
   *
   * @param rows the embeddings that their positions point into
   */
  double loss(Session session, float[][] rows, Batches batches) {
    double sum = 0;
    for (int i = 0; i < batches.batches(); i++) {
      int[] batch = batches.batch(i);
      int images = batch.length / 2;
      float[] values = new float[images * embeddingSize];
      int[] labels = new int[images];
      for (int image = 0; image < images; image++) {
        System.arraycopy(rows[batch[image]], 0, values, image * embeddingSize, embeddingSize);
        labels[image] = batch[images + image];
      }
      try (TFloat32 fed =
              TFloat32.tensorOf(Shape.of(images, embeddingSize), DataBuffers.of(values));
          TInt32 theirs = TInt32.vectorOf(labels);
          Result result =
              session.runner().feed(embeddings, fed).feed(classes, theirs).fetch(wholeLoss).run()) {
        sum += (double) WeightTransfer.floats(result.get(0), 1)[0] * images;
      }
    }
    return sum / batches.samples();
  }
}
