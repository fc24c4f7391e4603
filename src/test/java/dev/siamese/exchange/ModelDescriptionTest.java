package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.Fit;
import dev.siamese.data.Ink;
import dev.siamese.data.Messages;
import dev.siamese.data.ValueRange;
import dev.siamese.network.OutputKind;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDescriptionTest {
  private static final String SOURCE = "model.keras";
  private static final Optional<ModelDescription.Pictures> PICTURES =
      Optional.of(new ModelDescription.Pictures("32x24", 3, Fit.CROP, Ink.AS_IS));

  @ParameterizedTest
  @EnumSource
  void tellsOfEveryKindOfModel(StoredModels kind) throws IOException {
    StoredModel model = kind.full(1);
    ModelDescription description = ModelDescription.of(model);
    assertEquals(kind.network().output(), description.output());
    assertEquals(model.model().values(), description.values());
    assertEquals(model.threshold(), description.threshold());
    assertEquals(description, ModelDescription.parse(description.json(), SOURCE));
  }

  @Test
  void isJsonThatOthersRead() {
    ModelDescription description =
        new ModelDescription(
            OutputKind.SIMILARITY, ValueRange.MINUS_ONE_TO_ONE, OptionalDouble.of(0.25), PICTURES);
    assertEquals(
        "{\"output\":\"similarity\",\"values\":\"-1..1\",\"threshold\":0.25,\"size\":\"32x24\","
            + "\"channels\":3,\"fit\":\"crop\",\"ink\":\"as-is\"}\n",
        description.json());
  }

  @Test
  void aThresholdMayBeMissing() throws IOException {
    ModelDescription description =
        new ModelDescription(
            OutputKind.DISTANCE, ValueRange.ZERO_TO_255, OptionalDouble.empty(), Optional.empty());
    assertEquals("{\"output\":\"distance\",\"values\":\"0..255\"}\n", description.json());
    assertEquals(description, ModelDescription.parse(description.json(), SOURCE));
  }

  /** The bits of a double are kept. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, -3.25, Double.MIN_VALUE, 1e300, 0})
  void keepsEveryBitOfAThreshold(double threshold) throws IOException {
    ModelDescription description =
        new ModelDescription(
            OutputKind.SIMILARITY,
            ValueRange.ZERO_TO_ONE,
            OptionalDouble.of(threshold),
            Optional.empty());
    assertEquals(description, ModelDescription.parse(description.json(), SOURCE));
  }

  @Test
  void newerMembersArePassedOver() throws IOException {
    assertEquals(
        new ModelDescription(
            OutputKind.DISTANCE, ValueRange.ZERO_TO_ONE, OptionalDouble.empty(), Optional.empty()),
        ModelDescription.parse(
            "{\"output\": \"distance\", \"values\": \"0..1\", \"polarity\": {\"a\": 1}}", SOURCE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{}",
        "{\"output\": \"distance\"}",
        "{\"values\": \"0..1\"}",
        "{\"output\": \"closeness\", \"values\": \"0..1\"}",
        "{\"output\": \"distance\", \"values\": \"0..7\"}",
        "{\"output\": [], \"values\": \"0..1\"}",
        "{\"output\": \"distance\", \"values\": \"0..1\", \"threshold\": \"low\"}",
        "{\"output\": \"distance\", \"values\": \"0..1\", \"threshold\": NaN}",
        "{\"output\": \"distance\", \"values\": \"0..1\", \"threshold\": 1e999}",
        "{\"output\": \"distance\", \"values\": \"0..1\""
      })
  void refusesOtherText(String json) {
    Messages.assertFails(
        () -> ModelDescription.parse(json, SOURCE),
        "expected output and values of a model",
        "model.json in " + SOURCE);
  }
}
