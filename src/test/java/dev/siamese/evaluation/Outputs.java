package dev.siamese.evaluation;

import dev.siamese.network.OutputKind;

/** Outputs that figures are tried with. */
final class Outputs {
  private Outputs() {}

  static PairOutputs distances(float[] values, byte[] labels) {
    return new PairOutputs(OutputKind.DISTANCE, values, labels);
  }

  static PairOutputs similarities(float[] values, byte[] labels) {
    return new PairOutputs(OutputKind.SIMILARITY, values, labels);
  }
}
