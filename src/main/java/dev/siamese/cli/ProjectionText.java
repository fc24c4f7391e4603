package dev.siamese.cli;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import dev.siamese.network.Parameter;
import dev.siamese.network.Weights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A projection's weights, and what the optimizer remembers of them, as a text beside a checkpoint
 * of the network that is kept: by name, the values of each parameter as base64 of float32, highest
 * byte first.
 */
final class ProjectionText {
  /** What a checkpoint calls the text. */
  static final String NAME = "projection.json";

  private static final String OTHER = "expected the values of a projection, found another " + NAME;

  private ProjectionText() {}

  static String of(Map<String, Weights> parts) {
    Map<String, List<String>> texts = new TreeMap<>();
    parts.forEach(
        (name, weights) -> {
          List<String> arrays = new ArrayList<>();
          for (int i = 0; i < weights.parameters().size(); i++) {
            float[] values = weights.values(i);
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
            bytes.asFloatBuffer().put(values);
            arrays.add(Base64.getEncoder().encodeToString(bytes.array()));
          }
          texts.put(name, arrays);
        });
    return new Gson().toJson(texts);
  }

  /**
   * Reads a text.
   *
   * @param parameters of the projection
   * @throws IllegalArgumentException when it is of other parameters, or no such text
   */
  static Map<String, Weights> read(String text, List<Parameter> parameters) {
    Map<String, List<String>> texts;
    try {
      texts = new Gson().fromJson(text, new TypeToken<Map<String, List<String>>>() {});
    } catch (JsonParseException e) {
      throw new IllegalArgumentException(OTHER, e);
    }
    if (texts == null
        || texts.values().stream()
            .anyMatch(arrays -> arrays == null || arrays.stream().anyMatch(Objects::isNull))) {
      throw new IllegalArgumentException(OTHER);
    }
    Map<String, Weights> parts = new TreeMap<>();
    texts.forEach(
        (name, arrays) ->
            parts.put(
                name,
                new Weights(
                    parameters,
                    arrays.stream().map(ProjectionText::values).toArray(float[][]::new))));
    return parts;
  }

  private static float[] values(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(OTHER, e);
    }
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }
}
