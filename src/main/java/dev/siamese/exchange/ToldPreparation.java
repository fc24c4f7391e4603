package dev.siamese.exchange;

import dev.siamese.data.Fit;
import dev.siamese.data.ImageShape;
import dev.siamese.data.Ink;
import dev.siamese.data.Preparation;
import dev.siamese.data.ValueRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How pictures are prepared for a model, as its files or the user tell it.
 *
 * @param preparation what is done
 * @param assumed whether nobody tells what is done to the ink
 */
record ToldPreparation(Preparation preparation, boolean assumed) {

  /**
   * What the user says, else what the model's description says, else what was done before
   * descriptions told it.
   *
   * @param source the model's file or folder, for messages
   * @throws IOException when it does not go with images of this shape
   */
  static ToldPreparation of(
      ImageShape shape,
      ValueRange values,
      ModelHints hints,
      Optional<ModelDescription> description,
      Path source)
      throws IOException {
    Optional<ModelDescription.Pictures> pictures = description.flatMap(ModelDescription::pictures);
    Preparation unknown = Preparation.of(shape, values);
    Optional<Fit> fit = hints.fit().or(() -> pictures.map(ModelDescription.Pictures::fit));
    Optional<Ink> ink = hints.ink().or(() -> pictures.map(ModelDescription.Pictures::ink));
    try {
      return new ToldPreparation(
          new Preparation(shape, fit.orElse(unknown.fit()), ink.orElse(unknown.ink()), values),
          ink.isEmpty());
    } catch (IllegalArgumentException e) {
      throw new IOException("%s in %s".formatted(e.getMessage(), source), e);
    }
  }
}
