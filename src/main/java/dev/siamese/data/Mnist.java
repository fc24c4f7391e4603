package dev.siamese.data;

/** Recognizes MNIST, wherever it was read from. */
final class Mnist {
  static final String NAME = "MNIST";

  /** {@link Dataset#checksum()} of MNIST. */
  private static final String CHECKSUM =
      "b2d8f5bf39174ee5ffeefa97e42d673c35432b411bb5d1f74fbbeddae7f1690a";

  private static final int TRAIN_SIZE = 60_000;

  private Mnist() {}

  /** The data set, called MNIST if it is that and nothing else. */
  static Dataset recognized(Dataset dataset) {
    boolean mnist = dataset.train().size() == TRAIN_SIZE && dataset.checksum().equals(CHECKSUM);
    if (!mnist && !dataset.isMnist()) {
      return dataset;
    }
    return new Dataset(
        mnist ? NAME : "another " + NAME,
        dataset.origin(),
        dataset.train(),
        dataset.validationPart(),
        dataset.testPart(),
        dataset.pictures());
  }
}
