package dev.siamese.network;

/** What a window does at the border of a map. */
public enum Padding {
  /** It stays inside. */
  VALID {
    @Override
    int outputs(int inputs, int window, int stride) {
      return inputs < window ? 0 : (inputs - window) / stride + 1;
    }
  },
  /** It reaches outside, evenly to all sides, so that a stride of 1 keeps the size. */
  SAME {
    @Override
    int outputs(int inputs, int window, int stride) {
      return (inputs + stride - 1) / stride;
    }
  };

  /**
   * How many positions a window has.
   *
   * @param window from its first to its last value, with what a dilation leaves out
   */
  abstract int outputs(int inputs, int window, int stride);
}
