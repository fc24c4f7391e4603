package dev.siamese.training;

import dev.siamese.model.SessionSettings;
import dev.siamese.network.Network;

/**
 * How a batch is parted into towers.
 *
 * @param aside how many run beside each other
 * @param waves how often so many follow one after the other, where all at once would need too much
 *     memory
 */
record Towers(int aside, int waves) {
  /** A tower of fewer pairs costs more than it gains. */
  private static final int LEAST_PAIRS = 8;

  /** What the layers of a wave may give, in bytes; their gradients take as much again. */
  private static final long MOST_BYTES = 192L << 20;

  /** The towers for a design, of which one that needs the whole batch has it in one piece. */
  static Towers of(Tower.Design design, int batchSize, SessionSettings system) {
    if (design.needsWholeBatch()) {
      return new Towers(1, 1);
    }
    int most = Math.max(1, batchSize / LEAST_PAIRS);
    int aside = Math.min(system.threads(), most);
    long bytes = 2 * batchSize * bytesOf(design.plan().network());
    long waves = Math.min((bytes + MOST_BYTES - 1) / MOST_BYTES, most / aside);
    return new Towers(aside, (int) Math.max(1, waves));
  }

  private static long bytesOf(Network network) {
    long values = 0;
    for (int node = 0; node < network.nodes().size(); node++) {
      values += network.shape(node).count();
    }
    return values * Float.BYTES;
  }

  /** How many there are. */
  int count() {
    return aside * waves;
  }
}
