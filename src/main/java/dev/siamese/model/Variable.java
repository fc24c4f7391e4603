package dev.siamese.model;

import dev.siamese.network.Parameter;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * A resource variable of a graph.
 *
 * @param handle the variable itself
 * @param value its value when read
 * @param newValue what {@code assign} gives it
 * @param assign replaces its value
 */
public record Variable<T extends TType>(
    VarHandleOp handle, Operand<T> value, Placeholder<T> newValue, Op assign) {

  /**
   * Adds a variable to a graph.
   *
   * @param name must be unique in the graph: variables of one name share one value
   */
  public static <T extends TType> Variable<T> create(
      Ops tf, String name, Class<T> type, Shape shape) {
    VarHandleOp handle = tf.varHandleOp(type, shape, VarHandleOp.sharedName(name));
    Placeholder<T> newValue = tf.placeholder(type, Placeholder.shape(shape));
    Op assign = tf.assignVariableOp(handle, newValue);
    return new Variable<>(handle, tf.readVariableOp(handle, type), newValue, assign);
  }

  /**
   * Adds a variable for a parameter to a graph.
   *
   * @param purpose tells apart the variables of one parameter
   */
  public static Variable<TFloat32> create(Ops tf, Parameter parameter, String purpose) {
    return create(
        tf, parameter.name() + "/" + purpose, TFloat32.class, Shapes.of(parameter.shape()));
  }

  /** Gives it a value in a session. */
  public void assign(Session session, T tensor) {
    session.runner().feed(newValue, tensor).addTarget(assign).run().close();
  }
}
