package dev.siamese.data;

import java.nio.file.Path;
import java.util.List;

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
   * @param loose those whose class is not
   * @param faults files that cannot be used
   */
  record Files(PictureList classed, List<Path> loose, Faults faults) implements FoundImages {}
}
