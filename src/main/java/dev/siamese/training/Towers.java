package dev.siamese.training;

import dev.siamese.model.SessionSettings;
import dev.siamese.network.Network;
import dev.siamese.network.Parameter;

/**
 * How a batch is parted into towers.
 *
 * @param aside how many run beside each other
 * @param waves how often so many follow one after the other, where all at once would need too much
 *     memory
 * @param threadsWithin that share the work of one operation
 */
record Towers(int aside, int waves, int threadsWithin) {
  /** A tower of fewer pairs costs more than it gains. */
  private static final int LEAST_PAIRS = 8;

  /** What the layers of a wave may give, in bytes; their gradients take as much again. */
  private static final long MOST_BYTES = 192L << 20;

  /** Parameters that take less than this cost little to read, in bytes. */
  private static final long HEAVY_BYTES = 32L << 20;

  /** The towers for a design, of which one that needs the whole batch has it in one piece. */
  static Towers of(Tower.Design design, int batchSize, SessionSettings system) {
    if (design.needsWholeBatch()) {
      return new Towers(1, 1, 1);
    }
    int most = Math.max(1, batchSize / LEAST_PAIRS);
    long results = (design.rows() - 1L) * batchSize * bytesOf(design.plan().network());
    long parameters =
        Float.BYTES
            * design.network().network().parameters().stream().mapToLong(Parameter::size).sum();
    // Every tower reads all parameters and writes a gradient of each: where that is as much as
    // what its layers give, fewer towers cost less, and threads share operations instead.
    boolean heavy = parameters > Math.max(HEAVY_BYTES, results / (2L * system.threads()));
    int aside = heavy ? 1 : Math.min(system.threads(), most);
    long bytes = heavy ? Math.max(MOST_BYTES, 2 * parameters) : MOST_BYTES;
    // One loss of a whole batch couples all its images.
    long waves =
        design.objective().isPresent() ? 1 : Math.min((results + bytes - 1) / bytes, most / aside);
    return new Towers(aside, (int) Math.max(1, waves), heavy ? system.threads() : 1);
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
