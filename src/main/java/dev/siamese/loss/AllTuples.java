package dev.siamese.loss;

/** Takes all pairs, or all triplets. */
public record AllTuples() implements Miner {
  @Override
  public String text() {
    return "all";
  }
}
