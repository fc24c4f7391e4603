package dev.siamese.cli;

import dev.siamese.data.ImageShape;
import dev.siamese.data.Preparation;
import dev.siamese.exchange.StoredModel;
import dev.siamese.model.Plan;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.Network;
import dev.siamese.network.OutputKind;
import dev.siamese.network.Parameter;
import dev.siamese.network.SiameseNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code summary} tells a program of a model. */
final class SummaryJson {
  private SummaryJson() {}

  /** What is known of any model. */
  static Map<String, Object> ends(Preparation preparation, OutputKind output) {
    Map<String, Object> json = new LinkedHashMap<>();
    ImageShape image = preparation.shape();
    json.put("image", List.of(image.height(), image.width(), image.channels()));
    json.put("values", preparation.values().text());
    json.put("fit", preparation.fit().text());
    json.put("ink", preparation.ink().text());
    json.put("output", output.text());
    return json;
  }

  /**
   * A network's layers.
   *
   * @param plan whether to tell how the twin is computed
   */
  static Map<String, Object> of(SiameseNetwork network, Preparation preparation, boolean plan) {
    Map<String, Object> json = ends(preparation, network.output());
    json.put("embedding", network.embedding().sizes());
    json.put("parameters", count(network.network()));
    List<Map<String, Object>> layers = new ArrayList<>();
    for (NamedLayer layer : network.network().inlined().layers()) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("name", layer.name());
      members.put("type", layer.layer().getClass().getSimpleName());
      members.put("trainable", layer.trainable());
      layers.add(members);
    }
    json.put("layers", layers);
    if (plan) {
      json.put("plan", Plan.of(network.twin()).describe());
    }
    return json;
  }

  private static long count(Network network) {
    return Parameter.valuesOf(network.parameters());
  }

  /** A network's layers with what is stored beside its weights. */
  static Map<String, Object> of(StoredModel stored, boolean plan) {
    Map<String, Object> json = of(stored.model().network(), stored.model().preparation(), plan);
    stored.threshold().ifPresent(threshold -> json.put("threshold", threshold));
    stored
        .checkpoint()
        .ifPresent(
            checkpoint -> {
              Map<String, Object> optimizer = new LinkedHashMap<>();
              optimizer.put("name", checkpoint.optimizer().className());
              optimizer.put("steps", checkpoint.state().step());
              optimizer.put(
                  "learning_rate",
                  checkpoint.optimizer().common().learningRate().at(checkpoint.state().step()));
              json.put("optimizer", optimizer);
            });
    return json;
  }
}
