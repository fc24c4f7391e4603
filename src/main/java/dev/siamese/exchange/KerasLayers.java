package dev.siamese.exchange;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.message.DataLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.ndarray.Shape;

/**
 * The layers that one Keras model keeps weights for, in an HDF5 file.
 *
 * @param path the group that holds them
 * @param layers in the order in which the model has them
 */
record KerasLayers(String path, List<Layer> layers) {
  /** More than any model of ours has; a hostile file's links may go in circles. */
  private static final int MOST_GROUPS = 2000;

  private static final int DEEPEST = 8;

  private static final Pattern NUMBERED = Pattern.compile("(.*)_(\\d{1,6})");

  /**
   * A layer and its group of arrays, which are named 0, 1 ….
   *
   * @param path of the layer's group
   */
  record Layer(String name, String path, Group variables) {
    /** The shape of the first array. */
    Shape kernelShape() {
      return variables.getChild("0") instanceof Dataset kernel
          ? Shape.of(kernel.getDimensionsAsLong())
          : Shape.scalar();
    }

    private String baseName() {
      Matcher numbered = NUMBERED.matcher(name);
      return numbered.matches() ? numbered.group(1) : name;
    }

    /** Keras numbers layers of one class in their order: conv2d, conv2d_1 … conv2d_10. */
    private int number() {
      Matcher numbered = NUMBERED.matcher(name);
      return numbered.matches() ? Integer.parseInt(numbered.group(2)) : 0;
    }

    @Override
    public String toString() {
      return name + " " + NetworkLayers.text(kernelShape());
    }
  }

  /**
   * Finds every model in the file that has layers with weights of its own.
   *
   * @throws IOException when there are more groups than a model can have
   */
  static List<KerasLayers> find(Group root, String source) throws IOException {
    List<KerasLayers> found = new ArrayList<>();
    visit(root, 0, new int[1], found, source);
    return found;
  }

  private static void visit(
      Group group, int depth, int[] visited, List<KerasLayers> found, String source)
      throws IOException {
    if (++visited[0] > MOST_GROUPS || depth > DEEPEST) {
      throw new IOException(
          "expected at most %d groups, %d deep, found more in %s"
              .formatted(MOST_GROUPS, DEEPEST, source));
    }
    List<Layer> layers = new ArrayList<>();
    for (Node child : group.getChildren().values()) {
      // Links to elsewhere, even to other files, are not groups and not followed.
      if (child instanceof Group subgroup
          && !child.getName().equals("vars")
          && !(depth == 0 && child.getName().equals("optimizer"))) {
        if (group.getName().equals("layers")
            && subgroup.getChild("vars") instanceof Group variables
            && !variables.getChildren().isEmpty()) {
          layers.add(new Layer(child.getName(), child.getPath(), variables));
        } else {
          visit(subgroup, depth + 1, visited, found, source);
        }
      }
    }
    if (!layers.isEmpty()) {
      layers.sort(Comparator.comparing(Layer::baseName).thenComparingInt(Layer::number));
      found.add(new KerasLayers(group.getPath(), layers));
    }
  }

  /** Whether the values stand in the file as they are: nothing to unpack, no size to trust. */
  static boolean isPlain(Dataset dataset) {
    return dataset.getDataLayout() == DataLayout.CONTIGUOUS
        || dataset.getDataLayout() == DataLayout.COMPACT;
  }

  /** The number that a node holds, if it holds a single one. */
  static Optional<Number> scalar(Node node) {
    return node instanceof Dataset dataset
            && isPlain(dataset)
            && dataset.isScalar()
            && dataset.getData() instanceof Number number
        ? Optional.of(number)
        : Optional.empty();
  }
}
