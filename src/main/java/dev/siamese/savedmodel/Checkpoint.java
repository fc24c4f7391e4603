package dev.siamese.savedmodel;

import dev.siamese.model.SessionSettings;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.Restore;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/** Reads a checkpoint of TensorFlow value by value, so that no more than one is in memory twice. */
final class Checkpoint implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TString> key;
  private final Operand<?> floats;
  private final Operand<?> bytes;

  /** Opens none of its files yet. */
  Checkpoint(Path folder) {
    try {
      Ops tf = Ops.create(graph);
      key = tf.placeholder(TString.class, Placeholder.shape(Shape.of(1)));
      Operand<TString> prefix = tf.constant(SavedModelFiles.checkpoint(folder).toString());
      floats = restore(tf, prefix, TFloat32.class);
      bytes = restore(tf, prefix, TString.class);
      session = new Session(graph, SessionSettings.defaults().config());
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  private Operand<?> restore(Ops tf, Operand<TString> prefix, Class<? extends TType> type) {
    Restore restore = tf.train.restore(prefix, key, tf.array(""), List.of(type));
    return restore.tensors().get(0);
  }

  /**
   * The value of a variable, in row-major order.
   *
   * @throws org.tensorflow.exceptions.TensorFlowException when it is not there, is no float array,
   *     or is damaged
   */
  float[] floats(String name) {
    try (Result result = fetch(name, floats)) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[Math.toIntExact(tensor.size())];
      tensor.asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  /** A single string. */
  byte[] bytes(String name) {
    try (Result result = fetch(name, bytes)) {
      return ((TString) result.get(0)).asBytes().getObject();
    }
  }

  private Result fetch(String name, Operand<?> operand) {
    try (TString fed = TString.tensorOf(NdArrays.vectorOfObjects(name))) {
      return session.runner().feed(key, fed).fetch(operand).run();
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
