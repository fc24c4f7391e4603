package dev.siamese.chart;

import java.io.IOException;

/** Tells that Java cannot draw on this machine, and what to do about it. */
public final class PictureException extends IOException {
  private static final long serialVersionUID = 1L;

  PictureException(String message, Throwable cause) {
    super(message, cause);
  }
}
