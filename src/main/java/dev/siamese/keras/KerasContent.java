package dev.siamese.keras;

import dev.siamese.network.Weights;
import io.jhdf.api.Group;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what is beside a configuration: the weights, and what the optimizer remembers. */
final class KerasContent {
  private KerasContent() {}

  /**
   * The model of a configuration.
   *
   * @param root of the HDF5 file with the weights
   * @param read what the configuration says of the layers
   * @param compiled what it says of training
   * @param notices what was left out so far
   * @throws IOException when the file lacks the weights
   */
  static KerasModel read(
      Group root,
      ArrayReader arrays,
      ReadNetwork read,
      CompileConfig.Compiled compiled,
      Map<String, String> attachments,
      List<String> notices)
      throws IOException {
    List<String> all = new ArrayList<>(notices);
    Weights values = new WeightsReader(root, arrays, read.network()).read();
    TrainingRemarks remarks = compiled.remarks().withPolicy(read.policy());
    Optional<OptimizerReader.Memory> memory = Optional.empty();
    if (compiled.optimizer().isPresent()) {
      try {
        memory =
            Optional.of(
                OptimizerReader.read(root, arrays, read.network(), compiled.optimizer().get()));
      } catch (IOException | IllegalArgumentException e) {
        String reason = scaled(read.policy()).orElse(e.getMessage());
        all.add("left out: what the optimizer remembers; " + reason);
        remarks = remarks.withUnknownOptimizer(reason);
      }
    }
    all.addAll(arrays.notices());
    return new KerasModel(
        read.network(),
        values,
        memory.map(OptimizerReader.Memory::optimizer),
        memory.map(OptimizerReader.Memory::state),
        remarks,
        attachments,
        all);
  }

  /** Keras scales the loss of what computes in float16, and keeps how; it says so nowhere else. */
  private static Optional<String> scaled(Optional<String> policy) {
    return policy
        .filter("mixed_float16"::equals)
        .map(name -> "expected no scaled loss, found one, as %s scales the loss".formatted(name));
  }
}
