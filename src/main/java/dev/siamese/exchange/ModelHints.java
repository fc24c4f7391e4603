package dev.siamese.exchange;

import dev.siamese.data.Fit;
import dev.siamese.data.Ink;
import dev.siamese.data.ValueRange;
import dev.siamese.network.Distance;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.savedmodel.SavedModelChoice;
import java.util.Optional;

/**
 * What a user says of a model, for what its files do not tell.
 *
 * @param network its layers
 * @param distance of a twin alone, or what a Lambda layer computes
 * @param values what it expects for pixels
 * @param output what it says of pairs
 * @param served what of a SavedModel is used
 * @param fit how its pictures were brought to their size
 * @param ink what was done to their ink
 */
public record ModelHints(
    Optional<SiameseNetwork> network,
    Optional<Distance> distance,
    Optional<ValueRange> values,
    Optional<OutputKind> output,
    SavedModelChoice served,
    Optional<Fit> fit,
    Optional<Ink> ink) {
  /** Nothing. */
  public static final ModelHints NONE =
      new ModelHints(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Hints that leave open what of a SavedModel is used, and how pictures are prepared. */
  public ModelHints(
      Optional<SiameseNetwork> network,
      Optional<Distance> distance,
      Optional<ValueRange> values,
      Optional<OutputKind> output) {
    this(
        network,
        distance,
        values,
        output,
        SavedModelChoice.DEFAULT,
        Optional.empty(),
        Optional.empty());
  }
}
