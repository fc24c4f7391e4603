package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.Fit;
import dev.siamese.data.ImageShape;
import dev.siamese.data.Ink;
import dev.siamese.data.Messages;
import dev.siamese.data.Preparation;
import dev.siamese.data.ValueRange;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.savedmodel.SavedModelChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToldPreparationTest {
  private static final ModelHints STRETCHED =
      new ModelHints(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          SavedModelChoice.DEFAULT,
          Optional.of(Fit.STRETCH),
          Optional.of(Ink.BRIGHT));

  @TempDir private Path folder;

  private static StoredModel prepared() {
    TrainedNetwork plain = StoredModels.SMALL.trained(1);
    Preparation preparation =
        new Preparation(ImageShape.MNIST, Fit.CROP, Ink.HANDWRITING, ValueRange.ZERO_TO_ONE);
    return StoredModel.of(new TrainedNetwork(plain.network(), plain.weights(), preparation));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.keras", "savedmodel"})
  void travelsWithTheModel(String name) throws IOException {
    Path file = folder.resolve(name);
    ModelStore.write(file, prepared());
    StoredModel read = ModelStore.read(file, ModelHints.NONE);
    assertEquals(prepared().model().preparation(), read.model().preparation());
    assertFalse(read.assumed());
    try (LoadedModel loaded = ModelStore.load(file, ModelHints.NONE, SessionSettings.defaults())) {
      assertEquals(prepared().model().preparation(), loaded.preparation());
      assertFalse(loaded.assumed());
    }
    try (LoadedModel loaded = ModelStore.load(file, STRETCHED, SessionSettings.defaults())) {
      assertEquals(Fit.STRETCH, loaded.preparation().fit());
      assertEquals(Ink.BRIGHT, loaded.preparation().ink());
    }
  }

  /** As pictures were prepared before it was told. */
  @Test
  void isAssumedWhereNobodyTellsIt() throws IOException {
    ModelDescription old =
        new ModelDescription(
            prepared().model().network().output(),
            ValueRange.ZERO_TO_ONE,
            OptionalDouble.empty(),
            Optional.empty());
    for (int channels : new int[] {1, 3}) {
      ImageShape shape = new ImageShape(28, 28, channels);
      ToldPreparation told =
          ToldPreparation.of(
              shape, ValueRange.ZERO_TO_255, ModelHints.NONE, Optional.of(old), folder);
      assertTrue(told.assumed());
      assertEquals(
          new Preparation(
              shape, Fit.PAD, channels == 1 ? Ink.BRIGHT : Ink.AS_IS, ValueRange.ZERO_TO_255),
          told.preparation());
    }
  }

  @Test
  void whatIsAssumedIsNotWritten() throws IOException {
    Path weights = folder.resolve("model.weights.h5");
    ModelStore.write(weights, prepared());
    ModelHints network =
        new ModelHints(
            Optional.of(prepared().model().network()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    StoredModel read = ModelStore.read(weights, network);
    assertTrue(read.assumed());
    ModelStore.write(folder.resolve("model.keras"), read);
    assertTrue(ModelStore.read(folder.resolve("model.keras"), ModelHints.NONE).assumed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.keras", "model.h5", "model.weights.h5", "savedmodel"})
  void handwritingIsOfOneSize(String name) throws IOException {
    StoredModel colours = StoredModels.SIMILARITY.full(1);
    Path file = folder.resolve(name);
    ModelStore.write(file, colours);
    ModelHints ink =
        new ModelHints(
            name.endsWith("weights.h5") ? Optional.of(colours.model().network()) : Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            SavedModelChoice.DEFAULT,
            Optional.empty(),
            Optional.of(Ink.HANDWRITING));
    Object[] words = {
      "expected images of 28×28 for the ink of handwriting, found 32×32", " in " + file
    };
    Messages.assertFails(() -> ModelStore.read(file, ink), words);
    Messages.assertFails(() -> ModelStore.load(file, ink, SessionSettings.defaults()), words);
  }
}
