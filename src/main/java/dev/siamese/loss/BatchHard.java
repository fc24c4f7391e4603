package dev.siamese.loss;

/**
 * Takes one triplet an anchor: the farthest image of its class and the nearest of another, and of
 * equal ones the first. Anchors that lack one of them are left out.
 *
 * @see <a href="https://arxiv.org/abs/1703.07737">Hermans, Beyer and Leibe 2017</a>
 */
public record BatchHard() implements Miner {
  @Override
  public String text() {
    return "hard";
  }
}
