package dev.siamese.data;

/** What was found where a user says that there are images. */
sealed interface FoundImages {

  /**
   * Images that are in memory already.
   *
   * @param labeled whether their labels mean something
   */
  record Arrays(Dataset dataset, boolean labeled) implements FoundImages {}

  /**
   * Picture files, not one of them read.
   *
   * @param classed those whose class is known
   * @param loose those whose class is not, whose label is none
   * @param faults files that cannot be used
   */
  record Files(PictureList classed, PictureList loose, Faults faults) implements FoundImages {}
}
