package dev.siamese.exchange;

import dev.siamese.exchange.FunctionalConfig.Tensor;
import dev.siamese.model.AdamSettings;
import dev.siamese.model.Architecture;
import java.util.List;
import java.util.Optional;

/**
 * The config.json of a {@code .keras} file: the siamese network as Keras builds it, without any
 * code, so that {@code keras.models.load_model} takes it in its safe mode.
 */
final class KerasConfig {
  private static final List<Integer> SCALAR = List.of(1);

  private KerasConfig() {}

  /**
   * The network, compiled with Adam if there is one. The loss stays open: Keras would ask for the
   * contrastive loss's code while it loads the file.
   */
  static String json(Architecture architecture, double dropout, Optional<AdamSettings> adam) {
    return """
    {"module": "keras.src.models.functional", "class_name": "Functional", \
    "registered_name": "Functional", "config": {%s}, "compile_config": %s}
    """
        .formatted(siamese(architecture, dropout), adam.map(KerasConfig::compiled).orElse("null"));
  }

  private static String siamese(Architecture architecture, double dropout) {
    FunctionalConfig twin = new FunctionalConfig();
    Tensor embedding = embed(twin, architecture, dropout);
    FunctionalConfig siamese = new FunctionalConfig();
    List<Integer> image = List.of(Architecture.IMAGE_SIZE, Architecture.IMAGE_SIZE, 1);
    Tensor image1 = siamese.input("image1", image);
    Tensor image2 = siamese.input("image2", image);
    List<Tensor> embeddings =
        siamese.model("functional", twin, embedding, embedding.shape(), image1, image2);
    return siamese.members("siamese", distance(siamese, embeddings));
  }

  private static Tensor embed(FunctionalConfig twin, Architecture architecture, double dropout) {
    int size = Architecture.IMAGE_SIZE;
    Tensor maps = twin.input("images", List.of(size, size, 1));
    int[] filters = {architecture.filters1(), architecture.filters2(), architecture.filters3()};
    for (int i = 0; i < filters.length; i++) {
      String index = i == 0 ? "" : "_" + i;
      size -= 1;
      maps =
          twin.layer(
              "Conv2D",
              "conv2d" + index,
              """
              , "filters": %d, "kernel_size": [2, 2], "strides": [1, 1], "padding": "valid", \
              "data_format": "channels_last", "activation": "relu", "use_bias": true"""
                  .formatted(filters[i]),
              List.of(size, size, filters[i]),
              maps);
      size /= 2;
      maps =
          twin.layer(
              "MaxPooling2D",
              "max_pooling2d" + index,
              """
              , "pool_size": [2, 2], "strides": [2, 2], "padding": "valid", \
              "data_format": "channels_last\"""",
              List.of(size, size, filters[i]),
              maps);
      String rate = ", \"rate\": " + dropout;
      maps = twin.layer("Dropout", "dropout" + index, rate, maps.shape(), maps);
    }
    Tensor means =
        twin.layer(
            "GlobalAveragePooling2D",
            "global_average_pooling2d",
            ", \"data_format\": \"channels_last\", \"keepdims\": false",
            List.of(architecture.filters3()),
            maps);
    return twin.layer(
        "Dense",
        "dense",
        ", \"units\": %d, \"activation\": \"linear\", \"use_bias\": true"
            .formatted(architecture.embeddingSize()),
        List.of(architecture.embeddingSize()),
        means);
  }

  /**
   * √max(s, 10⁻³⁰) · sign(s) of the sum of squares s: exactly 0, with gradient 0, for equal
   * embeddings. Keras's own operation Norm has no finite gradient there.
   */
  private static Tensor distance(FunctionalConfig siamese, List<Tensor> embeddings) {
    List<Integer> shape = embeddings.get(0).shape();
    Tensor difference = siamese.layer("Subtract", "subtract", "", shape, embeddings);
    Tensor squares = siamese.operation("Square", "", shape, difference);
    Tensor sum = siamese.operation("Sum", "\"axis\": -1, \"keepdims\": true", SCALAR, squares);
    Tensor positive = siamese.operation("Maximum", "", SCALAR, sum, 1e-30);
    Tensor root = siamese.operation("Sqrt", "", SCALAR, positive);
    Tensor sign = siamese.operation("Sign", "", SCALAR, sum);
    return siamese.operation("Multiply", "", SCALAR, root, sign);
  }

  private static String compiled(AdamSettings adam) {
    return """
    {"optimizer": {"module": "keras.optimizers", "class_name": "Adam", "registered_name": null, \
    "config": {"learning_rate": %s, "beta_1": %s, "beta_2": %s, "epsilon": %s}}, \
    "loss": null, "metrics": null}"""
        .formatted(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
  }
}
