package dev.siamese.training;

import dev.siamese.augmentation.Augmentation;
import dev.siamese.loss.BatchObjective;
import java.util.Locale;
import java.util.Optional;

/**
 * What training steps learn from.
 *
 * @param objective the loss of a whole batch of images, and which of its pairs or triplets it is
 *     taken of; empty where pairs are given
 * @param alike which images of a batch are to have embeddings alike
 * @param augmentation how images are changed, each time anew
 */
public record Supervision(
    Optional<BatchObjective> objective, Alike alike, Augmentation augmentation) {
  /** The reference program's: pairs that are drawn once, of images as they are. */
  public static final Supervision GIVEN_PAIRS =
      new Supervision(Optional.empty(), Alike.CLASSES, Augmentation.NONE);

  /** Which images of a batch are to have embeddings alike. */
  public enum Alike {
    /** Those of one class. */
    CLASSES("those of a class"),
    /** Two views of one picture; no labels are looked at. */
    VIEWS("two views of a picture");

    private final String words;

    Alike(String words) {
      this.words = words;
    }

    /** Which they are, in words. */
    public String words() {
      return words;
    }

    /** Its name in files. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks that they go together.
   *
   * @throws IllegalArgumentException when views are wanted, but images would not be changed or
   *     pairs are given
   */
  public Supervision {
    if (alike == Alike.VIEWS && (objective.isEmpty() || augmentation.isNone())) {
      throw new IllegalArgumentException(
          "expected a loss of whole batches and an augmentation where two views of a picture are to"
              + " be alike, found "
              + (objective.isEmpty() ? "given pairs" : "none"));
    }
  }

  /** A whole batch of images as they are, those of one class alike. */
  public static Supervision of(BatchObjective objective) {
    return new Supervision(Optional.of(objective), Alike.CLASSES, Augmentation.NONE);
  }

  /** Whether the loss takes embeddings of length 1. */
  public boolean isOfUnitEmbeddings() {
    return objective.isPresent() && objective.get().loss().takesUnitEmbeddings();
  }

  /** What its samples are, in the plural. */
  public String samples() {
    return objective.isEmpty() ? "pairs" : alike == Alike.VIEWS ? "views" : "images";
  }

  /** The same with images changed in this way. */
  public Supervision withAugmentation(Augmentation other) {
    return new Supervision(objective, alike, other);
  }
}
