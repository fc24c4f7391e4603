package dev.siamese.exchange;

import dev.siamese.model.Architecture;
import dev.siamese.model.EmbeddingNetwork;
import dev.siamese.model.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.types.TFloat32;

/**
 * A {@link ModelFunction} as TensorFlow 2 keeps it: a function of the images and, after them, of
 * the variables, which the caller hands over with each call.
 */
final class FunctionBody {
  private FunctionBody() {}

  /** The body, under a name of TensorFlow's choice. */
  static FunctionDef of(ModelFunction function, Architecture architecture, float threshold) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Signature.Builder signature = Signature.builder(function.method());
      List<Operand<TFloat32>> images = new ArrayList<>();
      for (TensorSpec input : function.inputs()) {
        images.add(
            tf.withName(input.name())
                .placeholder(TFloat32.class, Placeholder.shape(input.shape())));
        signature.input(input.name(), images.get(images.size() - 1));
      }
      List<Operand<TFloat32>> values = new ArrayList<>();
      for (Parameter parameter : architecture.parameters()) {
        Output<?> variable =
            graph
                .opBuilder("Placeholder", parameter.name(), tf.scope())
                .setAttr("dtype", DataType.DT_RESOURCE)
                .build()
                .output(0);
        signature.input(parameter.name(), variable);
        values.add(tf.readVariableOp(variable, TFloat32.class));
      }
      EmbeddingNetwork network = new EmbeddingNetwork(tf, values);
      List<Operand<?>> results = function.build(tf, network, images, threshold);
      List<TensorSpec> outputs = function.outputs(architecture);
      for (int i = 0; i < outputs.size(); i++) {
        signature.output(outputs.get(i).name(), results.get(i));
      }
      try (ConcreteFunction concrete = ConcreteFunction.create(signature.build(), graph)) {
        return concrete.getFunctionDef();
      }
    }
  }
}
