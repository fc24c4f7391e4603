package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.Outcome;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.exchange.StoredModels;
import dev.siamese.model.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code siamese convert}: models of every kind, from every form into every form. */
class ConvertIT {
  @TempDir static Path fixed;
  private static final Map<StoredModels, Map<String, List<Object>>> FORMS =
      new EnumMap<>(StoredModels.class);

  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    for (StoredModels kind : StoredModels.values()) {
      Path place = Files.createDirectory(fixed.resolve(kind.name()));
      FORMS.put(kind, ModelFixture.everyForm(place, kind.full(1)));
    }
  }

  static List<Arguments> kindsAndForms() {
    List<Arguments> all = new ArrayList<>();
    for (StoredModels kind : StoredModels.values()) {
      ModelFixture.formNames().forEach(form -> all.add(Arguments.of(kind, form)));
    }
    return all;
  }

  /** Converts, and reads what was written, with what the user says of a file of weights. */
  private StoredModel converted(StoredModels kind, List<Object> from, Path target)
      throws IOException {
    List<Object> command = new ArrayList<>(List.of("convert"));
    command.addAll(from);
    command.add(target);
    Outcome outcome = Console.run(command.toArray());
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertEquals("Written to " + target + "\n", outcome.output());
    return ModelStore.read(target, hints(kind, target));
  }

  private static ModelHints hints(StoredModels kind, Path target) {
    TrainedNetwork model = kind.trained(1);
    return target.toString().endsWith(".weights.h5")
        ? new ModelHints(
            Optional.of(model.network()),
            Optional.empty(),
            Optional.of(model.values()),
            Optional.empty())
        : ModelHints.NONE;
  }

  @ParameterizedTest
  @MethodSource("kindsAndForms")
  void keepsAllThatTheFormsHaveRoomFor(StoredModels kind, String form) throws IOException {
    StoredModel model = kind.full(1);
    List<Object> from = FORMS.get(kind).get(form);
    boolean fromWeights = form.equals("model.weights.h5");
    boolean fromSavedModel = form.equals("savedmodel");
    boolean fromHdf5 = form.equals("model.h5");
    for (String name : List.of("c.keras", "c.h5", "c.weights.h5", "c")) {
      StoredModel read = converted(kind, from, folder.resolve(name));
      boolean weights = name.endsWith(".weights.h5");
      boolean hdf5 = name.equals("c.h5");
      boolean savedModel = name.equals("c");
      if (hdf5 || fromHdf5) {
        // The operations between the twin and the distance are layers there, with other names.
        assertSameNumbers(model.model(), read.model(), name);
      } else {
        // The network with its names and dropout, every weight bit, output kind and values.
        assertEquals(model.model(), read.model(), name);
      }
      assertEquals(
          fromWeights || weights ? OptionalDouble.empty() : model.threshold(),
          read.threshold(),
          name);
      boolean remembers = !fromSavedModel && !fromHdf5 && !savedModel && !hdf5;
      assertEquals(remembers, read.checkpoint().isPresent(), name);
      read.checkpoint()
          .ifPresent(
              checkpoint ->
                  assertEquals(model.checkpoint().orElseThrow().state(), checkpoint.state(), name));
      boolean kept = !fromSavedModel && !fromWeights && (hdf5 || name.endsWith(".keras"));
      assertEquals(kept ? model.attachments() : Map.of(), read.attachments(), name);
      if (kept && remembers) {
        assertEquals(model.checkpoint(), read.checkpoint());
      }
    }
  }

  private static void assertSameNumbers(TrainedNetwork one, TrainedNetwork other, String name) {
    assertEquals(one.values(), other.values(), name);
    assertEquals(one.network().output(), other.network().output(), name);
    int count = one.weights().parameters().size();
    assertEquals(count, other.weights().parameters().size(), name);
    for (int i = 0; i < count; i++) {
      assertArrayEquals(one.weights().values(i), other.weights().values(i), 0f, name);
    }
  }

  @ParameterizedTest
  @EnumSource
  void comesBackFromALongWayUnchanged(StoredModels kind) throws IOException {
    List<Object> from = FORMS.get(kind).get("model.keras");
    for (String name : List.of("1", "2.keras", "3", "4.keras")) {
      converted(kind, from, folder.resolve(name));
      from = List.of(folder.resolve(name));
    }
    StoredModel model = kind.full(1);
    assertEquals(
        StoredModel.of(model.model()).withThreshold(StoredModels.THRESHOLD),
        ModelStore.read(folder.resolve("4.keras"), ModelHints.NONE));
  }

  @Test
  void aModelWithoutAThresholdHasNoneAfterwardsEither() throws IOException {
    Path alone = folder.resolve("alone.keras");
    ModelStore.write(alone, StoredModel.of(StoredModels.SIMILARITY.trained(2)));
    Path savedModel = folder.resolve("savedmodel");
    StoredModel read = converted(StoredModels.SIMILARITY, List.of(alone), savedModel);
    assertEquals(OptionalDouble.empty(), read.threshold());
  }
}
