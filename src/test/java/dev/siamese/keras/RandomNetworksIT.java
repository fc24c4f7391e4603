package dev.siamese.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Python;
import dev.siamese.network.Network;
import dev.siamese.network.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random twins over all layers have the shapes and weights that Keras says, and survive. */
class RandomNetworksIT {
  private static final int NETWORKS = 200;
  private static final int SEED = 1;

  @TempDir Path folder;

  @Test
  void haveKerasShapesAndSurviveTheirConfiguration() throws IOException {
    Path file = folder.resolve("networks.jsonl");
    Python.run("src/test/python/random_networks.py", file.toString(), "" + SEED, "" + NETWORKS);
    List<String> lines = Files.readAllLines(file);
    assertEquals(NETWORKS, lines.size());
    for (int i = 0; i < lines.size(); i++) {
      JsonObject expected = JsonParser.parseString(lines.get(i)).getAsJsonObject();
      String source = "network " + i;
      Network network =
          KerasConfig.read(expected.get("config").toString(), source, Assumptions.NONE).network();
      assertShapes(expected.getAsJsonArray("layers"), network, source);
      assertWeights(expected.getAsJsonArray("weights"), network, source);
      Network again =
          KerasConfig.read(KerasConfig.write(network), source, Assumptions.NONE).network();
      assertEquals(network, again, source);
    }
  }

  private static void assertShapes(JsonArray layers, Network network, String source) {
    Map<String, List<String>> found = new HashMap<>();
    for (int node = 0; node < network.nodes().size(); node++) {
      found
          .computeIfAbsent(network.layer(node).name(), name -> new ArrayList<>())
          .add(network.shape(node).toString());
    }
    for (JsonElement layer : layers) {
      String name = layer.getAsJsonArray().get(0).getAsString();
      String shape = shape(layer.getAsJsonArray().get(1).getAsJsonArray());
      assertTrue(
          found.getOrDefault(name, List.of()).contains(shape),
          () -> "%s: expected %s of %s, found %s".formatted(source, shape, name, found.get(name)));
    }
  }

  private static void assertWeights(JsonArray weights, Network network, String source) {
    List<String> expected = new ArrayList<>();
    for (JsonElement weight : weights) {
      JsonArray row = weight.getAsJsonArray();
      String path = row.get(0).getAsString();
      expected.add(
          "%s %s %s"
              .formatted(
                  path.substring(path.lastIndexOf('/') + 1),
                  shape(row.get(1).getAsJsonArray()),
                  row.get(2).getAsBoolean()));
    }
    List<String> found = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      String name = parameter.name();
      found.add(
          "%s %s %s"
              .formatted(
                  name.substring(name.lastIndexOf('/') + 1),
                  parameter.shape(),
                  parameter.trainable()));
    }
    assertEquals(expected, found, source);
  }

  private static String shape(JsonArray sizes) {
    List<String> texts = new ArrayList<>();
    sizes.forEach(size -> texts.add(size.getAsString()));
    return "(" + String.join(", ", texts) + ")";
  }
}
