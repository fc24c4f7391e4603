package dev.siamese.savedmodel;

import dev.siamese.network.SiameseNetwork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

/**
 * A {@link ModelFunction} as TensorFlow 2 keeps it: a function of the images and, after them, of
 * the variables that it uses, which the caller hands over with each call.
 */
final class FunctionBody {
  private FunctionBody() {}

  /** The body, under a name of TensorFlow's choice. */
  static FunctionDef of(ModelFunction function, SiameseNetwork network, double threshold) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Signature.Builder signature = Signature.builder(function.methods(network).get(0));
      List<Operand<TFloat32>> images = new ArrayList<>();
      for (TensorSpec input : function.inputs(network)) {
        Operand<TFloat32> placeholder =
            tf.withName(input.name()).placeholder(TFloat32.class, Placeholder.shape(input.shape()));
        images.add(placeholder);
        signature.input(input.name(), placeholder);
      }
      List<String> names = VariableNames.of(network.network().parameters());
      Map<Integer, Operand<TFloat32>> values = new HashMap<>();
      for (int position : function.parameters(network)) {
        Output<?> variable =
            graph
                .opBuilder("Placeholder", names.get(position), tf.scope())
                .setAttr("dtype", DataType.DT_RESOURCE)
                .build()
                .output(0);
        signature.input(names.get(position), variable);
        values.put(position, tf.readVariableOp(variable, TFloat32.class));
      }
      ServedGraph formulas = new ServedGraph(network, values);
      List<Operand<?>> results = function.build(tf, formulas, images, threshold);
      List<TensorSpec> outputs = function.outputs(network);
      Map<String, Operand<?>> sorted = new TreeMap<>();
      for (int i = 0; i < outputs.size(); i++) {
        sorted.put(outputs.get(i).name(), results.get(i));
      }
      // Python takes them in the order of a dictionary's sorted keys.
      sorted.forEach(signature::output);
      try (ConcreteFunction concrete = ConcreteFunction.create(signature.build(), graph)) {
        return sorted(concrete.getFunctionDef());
      }
    }
  }

  /** The same with its operations, which come in an order of chance, by their names. */
  private static FunctionDef sorted(FunctionDef body) {
    List<NodeDef> nodes = new ArrayList<>(body.getNodeDefList());
    nodes.sort(Comparator.comparing(NodeDef::getName));
    return body.toBuilder().clearNodeDef().addAllNodeDef(nodes).build();
  }
}
