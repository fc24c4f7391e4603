package dev.siamese.evaluation;

/**
 * How many same pairs can be accepted while hardly any different one is: TAR at FAR.
 *
 * @param falseAcceptRate the share of different pairs that may at most be accepted
 * @param trueAcceptRate the largest share of same pairs that some threshold then accepts
 * @param enough whether there are different pairs enough to tell: {@link #FEWEST_ERRORS} may be
 *     accepted
 */
public record AcceptRate(double falseAcceptRate, double trueAcceptRate, boolean enough) {
  /** The rates that are looked at: 1 %, 0.1 % and 0.01 %. */
  static final double[] FALSE_ACCEPT_RATES = {0.01, 0.001, 0.0001};

  /** A rate that rests on fewer errors is mostly chance. */
  public static final int FEWEST_ERRORS = 10;

  static AcceptRate of(double falseAcceptRate, double trueAcceptRate, int differentPairs) {
    // 10 000 · 0.001 must not fall just below 10.
    boolean enough = Math.round(falseAcceptRate * differentPairs * 1e6) >= FEWEST_ERRORS * 1e6;
    return new AcceptRate(falseAcceptRate, trueAcceptRate, enough);
  }

  /** The different pairs that would be needed to tell. */
  public long neededPairs() {
    return Math.round(FEWEST_ERRORS / falseAcceptRate);
  }
}
