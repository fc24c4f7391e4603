package dev.siamese.savedmodel;

import java.io.IOException;

/** That a whole SavedModel does not tell how it is to be used; options may. */
public final class UnclearModelException extends IOException {
  private static final long serialVersionUID = 1;

  UnclearModelException(String message) {
    super(message);
  }
}
