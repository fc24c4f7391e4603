package dev.siamese.augmentation;

import dev.siamese.data.Ink;
import dev.siamese.data.NamedChoice;
import java.util.List;

/**
 * How images are changed at random.
 *
 * <p>Strokes are changed first, then all geometric changes, in the order of the list, move the
 * image in one resampling, then values are changed in the order of the list.
 *
 * @param name what the command line and files call it
 * @param changes the changes, of each kind at most one
 * @param outside what comes into the image where it is moved
 */
public record Augmentation(String name, List<Change> changes, Outside outside) {
  /** Images stay what they are. */
  public static final Augmentation NONE = new Augmentation("none", List.of(), Outside.GROUND);

  /**
   * For handwriting, bright on black: what another hand may do, and nothing that makes a 9 of a 6.
   */
  public static final Augmentation DIGITS =
      new Augmentation(
          "digits",
          List.of(
              new StrokeWidth(0.5 / 28, 0.7 / 28),
              new Shear(0.3),
              new Rotation(0.35),
              new Scale(0.8, 1.25),
              new Shift(3.0 / 28)),
          Outside.GROUND);

  /** For photographs: another view, light or camera, and a part that is hidden. */
  public static final Augmentation PHOTOS =
      new Augmentation(
          "photos",
          List.of(
              new Rotation(0.15),
              new Crop(0.4, 4.0 / 3),
              new Flip(0.5, 0),
              new Brightness(0.3),
              new Contrast(0.3),
              new Colour(0.4, 0.3, 0.1),
              new Blur(0.3, 0.015),
              new Erase(0.25, 0.02, 0.2)),
          Outside.BORDER);

  /**
   * Checks the changes.
   *
   * @throws IllegalArgumentException when two are of one kind
   */
  public Augmentation {
    changes = List.copyOf(changes);
    long kinds = changes.stream().map(Change::getClass).distinct().count();
    if (kinds < changes.size()) {
      throw new IllegalArgumentException(
          "expected at most one change of each kind, found " + changes);
    }
  }

  /**
   * The augmentation of this {@link #name}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Augmentation of(String name) {
    return new NamedChoice<>(new Augmentation[] {NONE, DIGITS, PHOTOS}, Augmentation::name)
        .require(name);
  }

  /** The preset for images of this ink. */
  public static Augmentation suitedTo(Ink ink) {
    return ink == Ink.HANDWRITING ? DIGITS : PHOTOS;
  }

  /** Whether images stay what they are. */
  public boolean isNone() {
    return changes.isEmpty();
  }

  /** The changes of a kind, in the order of the list. */
  <T extends Change> List<T> changes(Class<T> kind) {
    return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
