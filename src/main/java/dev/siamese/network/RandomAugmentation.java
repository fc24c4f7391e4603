package dev.siamese.network;

/**
 * One of Keras's layers that change images at random while training and do nothing otherwise, such
 * as RandomFlip. This program leaves it out of training, but keeps it in the network.
 *
 * @param className which one
 * @param settings of it, as its file has them
 */
public record RandomAugmentation(String className, String settings) implements SingleInputLayer {
  @Override
  public WhileTraining whileTraining() {
    return WhileTraining.AUGMENTS;
  }
}
