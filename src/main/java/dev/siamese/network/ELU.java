package dev.siamese.network;

/**
 * Turns what is negative into alpha · (exp(x) − 1).
 *
 * @param alpha any factor
 * @see <a href="https://arxiv.org/abs/1511.07289">Clevert et al. 2015</a>
 */
public record ELU(double alpha) implements ActivationLayer {
  @Override
  public boolean keepsOrder() {
    return alpha >= 0;
  }

  @Override
  public boolean keepsFactors() {
    return false;
  }
}
