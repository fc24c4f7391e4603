package dev.siamese.savedmodel;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.model.NetworkGraph;
import dev.siamese.network.Network;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a network computes as a whole, with its weights as constants: what a folder must tell. */
final class PlainAnswers {
  private PlainAnswers() {}

  /** The outputs of all pairs: (n). */
  static float[] outputs(ServedNetwork model, PairedImages samples) {
    return run(
        model.trained().network().network(),
        model.trained().weights(),
        inputs(model, samples.images(), samples.pairs().first()),
        inputs(model, samples.images(), samples.pairs().second()));
  }

  /** The embeddings of the images at these positions, one after the other. */
  static float[] embeddings(ServedNetwork model, LabeledImages images, int... positions) {
    return run(
        model.trained().network().twin(),
        model.trained().weights().select(model.trained().network().twinParameters()),
        inputs(model, images, positions));
  }

  /** What a network takes. */
  static float[] inputs(ServedNetwork model, LabeledImages images, int... positions) {
    int pixels = images.shape().pixels();
    byte[] image = new byte[pixels];
    float[] inputs = new float[positions.length * pixels];
    for (int i = 0; i < inputs.length; i++) {
      images.copyPixels(positions[i / pixels], positions[i / pixels] + 1, image);
      int pixel = image[i % pixels] & 0xFF;
      inputs[i] =
          switch (model.trained().values()) {
            case ZERO_TO_ONE -> pixel / 255f;
            case ZERO_TO_255 -> pixel;
            case MINUS_ONE_TO_ONE -> pixel / 127.5f - 1;
          };
    }
    return inputs;
  }

  private static float[] run(Network network, Weights weights, float[]... inputs) {
    TensorShape image = network.inputShapes().get(0);
    Shape shape =
        Shape.of(inputs[0].length / image.count(), image.size(0), image.size(1), image.size(2));
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat32>> parameters = new ArrayList<>();
      for (int i = 0; i < weights.parameters().size(); i++) {
        try (Tensor value =
            TFloat32.tensorOf(
                TensorSpec.shape(weights.parameters().get(i).shape()),
                DataBuffers.of(weights.values(i)))) {
          parameters.add(tf.constantOf((TFloat32) value));
        }
      }
      List<Operand<TFloat32>> fed = new ArrayList<>();
      for (float[] input : inputs) {
        fed.add(tf.constant(shape, DataBuffers.of(input)));
      }
      Operand<TFloat32> output = new NetworkGraph(tf, network, parameters).outputs(fed).get(0);
      try (Result result = session.runner().fetch(output).run()) {
        float[] values = new float[(int) result.get(0).shape().size()];
        ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
        return values;
      }
    }
  }
}
