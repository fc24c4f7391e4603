package dev.siamese.cli;

import dev.siamese.chart.Picture;
import dev.siamese.chart.PictureException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a run's pictures, or says once why it cannot: no run fails for want of a font. */
final class Pictures {
  /** What the help says of the option. */
  static final String SVG_HELP = "Write the pictures as SVG too.";

  private final boolean svg;
  private final List<Path> written = new ArrayList<>();
  private boolean skipped;

  /**
   * Writes pictures.
   *
   * @param svg whether to write each as SVG too
   */
  Pictures(boolean svg) {
    this.svg = svg;
  }

  /**
   * Writes a picture, unless this machine cannot draw.
   *
   * @throws IOException when the file cannot be written
   */
  void write(Path file, Picture picture) throws IOException {
    if (skipped) {
      return;
    }
    try {
      picture.writePng(file);
      written.add(file);
      if (svg) {
        String name = file.getFileName().toString().replaceFirst("png$", "svg");
        picture.writeSvg(file.resolveSibling(name));
      }
    } catch (PictureException e) {
      skipped = true;
      System.err.println("The pictures are skipped: " + e.getMessage());
    }
  }

  /** The files, in the order of their writing. */
  List<Path> written() {
    return written;
  }
}
