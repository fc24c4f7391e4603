package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.augmentation.Augmentation;
import dev.siamese.data.Messages;
import dev.siamese.data.ValueRange;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.loss.BatchObjective;
import dev.siamese.loss.NTXent;
import dev.siamese.model.Networks;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.Adam;
import dev.siamese.network.LearningRate;
import dev.siamese.network.LearningRate.Constant;
import dev.siamese.network.LearningRate.CosineDecay;
import dev.siamese.network.Nadam;
import dev.siamese.network.Optimizer;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.Parameter;
import dev.siamese.network.SGD;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Slot;
import dev.siamese.network.Weights;
import dev.siamese.training.EpochResult;
import dev.siamese.training.EpochSums;
import dev.siamese.training.History;
import dev.siamese.training.Plateau;
import dev.siamese.training.RunState;
import dev.siamese.training.Supervision;
import dev.siamese.training.Supervision.Alike;
import dev.siamese.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints of runs, those among them that train a projection which is not kept. */
class RunCheckpointsTest {
  private static final SiameseNetwork SMALL = Networks.reference(4, 3, 2, 5);
  private static final BatchObjective OBJECTIVE = BatchObjective.of(NTXent.DEFAULT);
  private static final Supervision VIEWS =
      new Supervision(Optional.of(OBJECTIVE), Alike.VIEWS, Augmentation.DIGITS);

  @TempDir Path run;
  private RunFolder folder;

  @BeforeEach
  void begin() throws IOException {
    folder = new RunFolder(run);
    folder.writeConfig(Map.of("seed", 0));
  }

  private static Trainee trainee(Supervision supervision) {
    return Trainee.of(
        new TrainedNetwork(
            SMALL,
            Networks.weights(SMALL.network(), new SplittableRandom(1)),
            ValueRange.ZERO_TO_ONE),
        supervision);
  }

  private static TrainingSettings settings(Optimizer optimizer) {
    return new TrainingSettings(9, 64, optimizer, 1, 0).withSupervision(VIEWS);
  }

  private static Weights random(List<Parameter> parameters, SplittableRandom random) {
    float[][] values = new float[parameters.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = new float[parameters.get(i).size()];
      for (int j = 0; j < values[i].length; j++) {
        values[i][j] = (float) (random.nextDouble() - 0.5);
      }
    }
    return new Weights(parameters, values);
  }

  /** Within the third epoch; the second was no better than the first. */
  private static RunState state(Trainee trainee, Optimizer optimizer) {
    SplittableRandom random = new SplittableRandom(2);
    List<Parameter> trained = trainee.trained().network().trainableParameters();
    Map<Slot, Weights> slots = new EnumMap<>(Slot.class);
    for (Slot slot : optimizer.slots()) {
      slots.put(slot, random(slot.parameters(trained), random));
    }
    return new RunState(
        new History(
            List.of(
                new EpochResult(1, 0.3, 0.6, 0.25, 0.7, 0.9, -0.1, 2, 100),
                new EpochResult(2, 0.2, 0.7, 0.26, 0.7, 0.8, -0.2, 2, 100))),
        new EpochSums(64, 12.5, 40, 30, -3, 0.5),
        random(trainee.trained().network().parameters(), random),
        new OptimizerState(77, slots));
  }

  private RunCheckpoints checkpoints(Trainee trainee, TrainingSettings settings) {
    return new RunCheckpoints(folder, trainee, settings);
  }

  static Stream<Optimizer> optimizers() {
    return Stream.of(Adam.of(0.001), Nadam.of(0.001), SGD.of(0.01));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void whatIsKeptAndTheProjectionAreTheWholeAgain(Optimizer optimizer) {
    Trainee trainee = trainee(VIEWS);
    assertTrue(trainee.isProjected());
    RunState state = state(trainee, optimizer);
    Map<String, Weights> projection =
        ProjectionText.read(
            ProjectionText.of(trainee.projection(state)), trainee.projectionParameters());
    assertEquals(state, trainee.joined(trainee.kept(state), projection));
    assertEquals(
        trainee.kept().network().network().parameters(),
        trainee.kept(state).weights().parameters());
  }

  @Test
  void withoutAProjectionNothingIsParted() {
    for (Supervision supervision : List.of(Supervision.GIVEN_PAIRS, Supervision.of(OBJECTIVE))) {
      Trainee trainee = trainee(supervision);
      assertFalse(trainee.isProjected());
      RunState state = state(trainee, Adam.of(0.001));
      assertEquals(state, trainee.kept(state));
    }
  }

  @Test
  void anOptimizersMemoryOfTheNetworkIsKeptBesideAFreshProjection() {
    Trainee trainee = trainee(VIEWS);
    RunState earlier = trainee.kept(state(trainee, Adam.of(0.001)));
    RunState begun = trainee.start(earlier.optimizer(), 3);
    assertEquals(earlier.optimizer(), trainee.kept(begun).optimizer());
    assertEquals(trainee.kept().weights(), trainee.kept(begun).weights());
    Map<String, Weights> projection = trainee.projection(begun);
    assertEquals(
        Weights.zeros(trainee.projectionParameters()), projection.get(Slot.VELOCITY.text()));
    assertTrue(projection.get("weights").values(0)[0] != 0);
    assertEquals(begun, trainee.start(earlier.optimizer(), 3));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void areReadAsTheyWereWritten(Optimizer optimizer) throws IOException {
    Trainee trainee = trainee(VIEWS);
    RunState state = state(trainee, optimizer);
    RunCheckpoints checkpoints = checkpoints(trainee, settings(optimizer));
    checkpoints.write(state, true);
    List<String> notices = new ArrayList<>();
    assertEquals(state, checkpoints.newest(notices::add).orElseThrow().state());
    assertEquals(List.of(), notices);
    // Nobody but a run that goes on sees the projection.
    for (Path file : List.of(folder.lastCheckpoint(), folder.bestCheckpoint())) {
      StoredModel model = ModelStore.read(file, ModelHints.NONE);
      assertEquals(trainee.kept().network(), model.model().network());
      assertEquals(trainee.kept(state).weights(), model.model().weights());
      assertEquals(trainee.kept(state).optimizer(), model.checkpoint().orElseThrow().state());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{",
        "{\"weights\": null}",
        "{\"weights\": [null, null, null, null]}",
        "{\"weights\": [\"AAAA\"]}",
        "{\"weights\": [\"?\", \"\", \"\", \"\"]}",
        "{\"weights\": 3}",
        "of another state",
        "none"
      })
  void passOverADamagedProjectionByTheFilesName(String text) throws IOException {
    Trainee trainee = trainee(VIEWS);
    Optimizer optimizer = Adam.of(0.001);
    RunState state = state(trainee, optimizer);
    RunCheckpoints checkpoints = checkpoints(trainee, settings(optimizer));
    checkpoints.write(state, true);
    StoredModel model = ModelStore.read(folder.lastCheckpoint(), ModelHints.NONE);
    Map<String, String> attachments = new HashMap<>(model.attachments());
    attachments.remove(ProjectionText.NAME);
    if (text.startsWith("of")) {
      RunState start = trainee.start(trainee.kept(state).optimizer(), 3);
      attachments.put(ProjectionText.NAME, ProjectionText.of(trainee.projection(start)));
    } else if (!text.equals("none")) {
      attachments.put(ProjectionText.NAME, text);
    }
    ModelStore.write(folder.lastCheckpoint(), model.withAttachments(attachments));

    List<String> notices = new ArrayList<>();
    RunCheckpoints.Found found = checkpoints.newest(notices::add).orElseThrow();
    assertEquals(folder.bestCheckpoint(), found.file());
    assertEquals(state, found.state());
    assertEquals(1, notices.size());
    String notice = notices.get(0);
    assertTrue(notice.startsWith("Passed over a checkpoint: expected "), notice);
    assertTrue(notice.endsWith(" in " + folder.lastCheckpoint()), notice);
    Files.delete(folder.bestCheckpoint());
    Messages.assertFails(() -> checkpoints.newest(line -> {}), "expected a whole checkpoint", run);
  }

  private LearningRate rateOf(RunState state, TrainingSettings settings) throws IOException {
    checkpoints(trainee(VIEWS), settings).write(state, false);
    return ModelStore.read(folder.lastCheckpoint(), ModelHints.NONE)
        .checkpoint()
        .orElseThrow()
        .optimizer()
        .common()
        .learningRate();
  }

  @Test
  void haveTheRateThatTheRunGoesOnWith() throws IOException {
    Optimizer adam = Adam.of(0.5);
    RunState state = state(trainee(VIEWS), adam);
    assertEquals(new Constant(0.5), rateOf(state, settings(adam)));
    assertEquals(
        new Constant(0.125), rateOf(state, settings(adam).withPlateau(new Plateau(0.25, 1))));
    LearningRate cosine = new CosineDecay(0, 90, 0.25, OptionalDouble.of(0.5), 10);
    Optimizer falling = adam.with(adam.common().withLearningRate(cosine));
    assertEquals(cosine, rateOf(state, settings(falling)));
    assertEquals(
        cosine.times(0.25), rateOf(state, settings(falling).withPlateau(new Plateau(0.25, 1))));
  }
}
