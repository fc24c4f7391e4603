package dev.siamese.augmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.Ink;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AugmentationTest {
  @Test
  void presetsAreFoundByTheirNames() {
    assertSame(Augmentation.DIGITS, Augmentation.of("digits"));
    assertSame(Augmentation.PHOTOS, Augmentation.of("photos"));
    assertTrue(Augmentation.of("none").isNone());
    assertEquals(
        "expected none, digits, photos, found faces",
        assertThrows(IllegalArgumentException.class, () -> Augmentation.of("faces")).getMessage());
  }

  @Test
  void handwritingIsChangedAsDigits() {
    assertSame(Augmentation.DIGITS, Augmentation.suitedTo(Ink.HANDWRITING));
    assertSame(Augmentation.PHOTOS, Augmentation.suitedTo(Ink.AS_IS));
  }

  @Test
  void thereIsOneChangeOfAKind() {
    List<Change> twice = List.of(new Shift(0.1), new Rotation(0.1), new Shift(0.2));
    assertThrows(
        IllegalArgumentException.class, () -> new Augmentation("mine", twice, Outside.GROUND));
  }

  static Stream<Executable> refused() {
    return Stream.of(
        () -> new Shift(-0.1),
        () -> new Shift(Double.NaN),
        () -> new Rotation(4),
        () -> new Scale(0.5, 0.9),
        () -> new Scale(1.1, 2),
        () -> new Scale(0, 2),
        () -> new Shear(3),
        () -> new Crop(0, 1),
        () -> new Crop(0.5, 0.5),
        () -> new Flip(2, 0),
        () -> new Flip(0, -1),
        () -> new Elastic(1, 0.1),
        () -> new Elastic(0.1, 0),
        () -> new StrokeWidth(0.3, 0),
        () -> new StrokeWidth(0, 0.3),
        () -> new Brightness(2),
        () -> new Contrast(-1),
        () -> new Colour(2, 0, 0),
        () -> new Colour(0, 4, 0),
        () -> new Colour(0, 0, 2),
        () -> new Blur(2, 0.1),
        () -> new Blur(1, 1),
        () -> new Erase(2, 0, 0),
        () -> new Erase(1, 0.5, 0.4));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesSettingsOutsideTheirRange(Executable setting) {
    String message = assertThrows(IllegalArgumentException.class, setting).getMessage();
    assertTrue(message.matches("expected .* to .*, found .*"), message);
  }
}
