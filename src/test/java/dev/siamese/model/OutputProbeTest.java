package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.ValueRange;
import dev.siamese.model.OutputProbe.Outputs;
import dev.siamese.network.OutputKind;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputProbeTest {
  private static final ImageShape SHAPE = new ImageShape(32, 28, 3);

  /** A model that tells a function of how far the pixels of two images are from each other. */
  private static Function<ValueRange, Outputs> model(DoubleUnaryOperator output) {
    return values ->
        (images, pairs) -> {
          float[] outputs = new float[pairs.size()];
          for (int pair = 0; pair < outputs.length; pair++) {
            double distance =
                values.scale() * difference(images, pairs.first()[pair], pairs.second()[pair]);
            outputs[pair] = (float) output.applyAsDouble(distance);
          }
          return outputs;
        };
  }

  /** The mean difference of the pixels. */
  private static double difference(LabeledImages images, int first, int second) {
    byte[] one = new byte[SHAPE.pixels()];
    byte[] other = new byte[SHAPE.pixels()];
    images.copyPixels(first, first + 1, one);
    images.copyPixels(second, second + 1, other);
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs((one[i] & 0xFF) - (other[i] & 0xFF));
    }
    return sum / one.length;
  }

  private static Optional<OutputKind> kind(DoubleUnaryOperator output) {
    return new OutputProbe(SHAPE, model(output)).ask(ValueRange.ZERO_TO_ONE).kind();
  }

  @Test
  void whatIsSmallerForEqualImagesIsADistance() {
    assertEquals(Optional.of(OutputKind.DISTANCE), kind(distance -> distance));
    assertEquals(Optional.of(OutputKind.DISTANCE), kind(distance -> 1000 * distance * distance));
    assertEquals(Optional.of(OutputKind.DISTANCE), kind(distance -> 0.2 + Math.tanh(distance)));
    assertEquals(Optional.of(OutputKind.DISTANCE), kind(distance -> 1e-3 * distance));
  }

  @Test
  void whatIsGreaterForEqualImagesIsASimilarity() {
    assertEquals(Optional.of(OutputKind.SIMILARITY), kind(distance -> 1 - distance));
    assertEquals(Optional.of(OutputKind.SIMILARITY), kind(distance -> -distance));
    assertEquals(
        Optional.of(OutputKind.SIMILARITY), kind(distance -> 1 / (1 + Math.exp(distance - 3))));
  }

  @Test
  void whatIsNeitherIsNotGuessed() {
    SplittableRandom random = new SplittableRandom(1);
    assertEquals(Optional.empty(), kind(distance -> random.nextDouble()));
    assertEquals(Optional.empty(), kind(distance -> Math.sin(20 * distance)));
    assertEquals(Optional.empty(), kind(distance -> 0.7));
    // No more than rounding.
    assertEquals(Optional.empty(), kind(distance -> 1 + 1e-7 * distance));
    assertEquals(Optional.empty(), kind(distance -> distance > 0.4 ? Double.NaN : distance));
  }

  @Test
  void drawsImagesThatAreFarFromEachOtherAtEverySize() {
    for (ImageShape shape : List.of(new ImageShape(8, 8, 1), SHAPE, new ImageShape(105, 60, 1))) {
      LabeledImages images = new ProbeImages(shape).draw();
      assertEquals(shape, images.shape());
      byte[][] pixels = new byte[images.size()][shape.pixels()];
      for (int image = 0; image < images.size(); image++) {
        images.copyPixels(image, image + 1, pixels[image]);
        for (int other = 0; other < image; other++) {
          double sum = 0;
          for (int i = 0; i < shape.pixels(); i++) {
            sum += Math.abs((pixels[image][i] & 0xFF) - (pixels[other][i] & 0xFF));
          }
          assertTrue(sum / shape.pixels() > 8, image + " and " + other + " of " + shape);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.00392, 0..255, its distances hardly differ at 0..1; --values 0..255 may be right",
    "0,       0..255, 'its distances hardly differ at 0..1, nor at other values'",
  })
  void tellsWhereDistancesHardlyDiffer(double factor, String better, String expected) {
    OutputProbe probe = new OutputProbe(SHAPE, model(distance -> factor * distance));
    ProbeFinding found = probe.ask(ValueRange.ZERO_TO_ONE);
    assertTrue(found.hardlyDiffers());
    assertEquals(
        List.of(expected), probe.remarks(ValueRange.ZERO_TO_ONE, found, OutputKind.DISTANCE));
    assertEquals(
        factor == 0 ? Optional.empty() : Optional.of(ValueRange.of(better)),
        probe.betterThan(ValueRange.ZERO_TO_ONE, found));
  }

  @Test
  void saysNothingOfGoodOutputs() {
    OutputProbe distances = new OutputProbe(SHAPE, model(distance -> distance));
    ProbeFinding found = distances.ask(ValueRange.ZERO_TO_ONE);
    assertFalse(found.hardlyDiffers());
    assertEquals(List.of(), distances.remarks(ValueRange.ZERO_TO_ONE, found, OutputKind.DISTANCE));
    assertEquals(Optional.empty(), distances.betterThan(ValueRange.ZERO_TO_ONE, found));
    OutputProbe similarities = new OutputProbe(SHAPE, model(distance -> 1 - distance));
    assertEquals(List.of(), remarks(similarities, OutputKind.SIMILARITY));
  }

  @Test
  void tellsOfSimilaritiesThatAreNoShares() {
    OutputProbe probe = new OutputProbe(SHAPE, model(distance -> 0.5 - 2 * distance));
    List<String> remarks = remarks(probe, OutputKind.SIMILARITY);
    assertEquals(1, remarks.size());
    assertTrue(
        remarks
            .get(0)
            .matches("its similarities are not within 0 to 1, found -1\\.\\d+ to 0\\.500"),
        remarks.get(0));
  }

  @Test
  void tellsOfAThresholdOfAnotherScale() {
    assertRemark(distance -> distance / 9, OutputKind.DISTANCE, 0.5, "distances of about 0.050");
    assertRemark(distance -> 2 - distance, OutputKind.SIMILARITY, 0.5, "similarities of about 1.");
    assertRemark(distance -> 9 * distance, OutputKind.DISTANCE, 50, "distances of about ");
    assertRemark(distance -> distance / 9, OutputKind.DISTANCE, 0.03, "");
    assertRemark(distance -> 1 - 2 * distance, OutputKind.SIMILARITY, 0.5, "");
    // That these hardly differ is told already.
    assertRemark(distance -> distance / 999, OutputKind.DISTANCE, 0.5, "");
  }

  private static void assertRemark(
      DoubleUnaryOperator output, OutputKind kind, double threshold, String words) {
    String remark =
        new OutputProbe(SHAPE, model(output))
            .ask(ValueRange.ZERO_TO_ONE)
            .remark(kind, threshold)
            .orElse("");
    assertEquals(words.isEmpty(), remark.isEmpty(), remark);
    String start = threshold + " is not this model's scale: different pictures have ";
    assertTrue(words.isEmpty() || remark.startsWith(start + words), remark);
  }

  @Test
  void tellsOfOutputsThatChange() {
    SplittableRandom random = new SplittableRandom(1);
    OutputProbe probe =
        new OutputProbe(SHAPE, model(distance -> distance + 0.01 * random.nextDouble()));
    assertEquals(
        List.of("its distances change from call to call, as of random layers"),
        remarks(probe, OutputKind.DISTANCE));
  }

  private static List<String> remarks(OutputProbe probe, OutputKind kind) {
    return probe.remarks(ValueRange.ZERO_TO_ONE, probe.ask(ValueRange.ZERO_TO_ONE), kind);
  }
}
