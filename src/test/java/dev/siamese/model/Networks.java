package dev.siamese.model;

import dev.siamese.network.Activation;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.Dropout;
import dev.siamese.network.GlobalAveragePooling2D;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.Parameter;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import dev.siamese.network.Window;
import java.util.SplittableRandom;

/** Small networks for tests, and weights of any. */
public final class Networks {
  private Networks() {}

  /** Layers as the reference network's, with these numbers of channels and sizes of embeddings. */
  public static SiameseNetwork reference(int first, int second, int third, int embedding) {
    Network twin =
        NetworkBuilder.chain(
            "twin",
            TensorShape.of(28, 28, 1),
            Conv2D.of(first, Window.valid(2), Activation.RELU),
            MaxPooling2D.of(2),
            new Dropout(0.4),
            Conv2D.of(second, Window.valid(2), Activation.RELU),
            MaxPooling2D.of(2),
            new Dropout(0.4),
            Conv2D.of(third, Window.valid(2), Activation.RELU),
            MaxPooling2D.of(2),
            new Dropout(0.4),
            new GlobalAveragePooling2D(false),
            Dense.of(embedding, Activation.LINEAR));
    return SiameseNetwork.of(twin, Distance.EUCLIDEAN);
  }

  /** Weights in which nothing is 0 or 1, so that a forgotten bias or factor shows. */
  public static Weights weights(Network network, SplittableRandom random) {
    Weights weights = Weights.initial(network, random);
    for (int i = 0; i < weights.parameters().size(); i++) {
      Parameter parameter = weights.parameters().get(i);
      float[] values = weights.values(i);
      if (parameter.shape().rank() == 1 || parameter.name().endsWith("alpha")) {
        for (int j = 0; j < values.length; j++) {
          values[j] += (float) (random.nextDouble() - 0.5) / 5;
        }
      }
    }
    return weights;
  }
}
