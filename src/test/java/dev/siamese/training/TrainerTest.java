package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.RandomStream;
import dev.siamese.data.ValueRange;
import dev.siamese.model.Networks;
import dev.siamese.model.PlainNetwork;
import dev.siamese.model.RandomImages;
import dev.siamese.network.Adam;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Slot;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  private static final SiameseNetwork SMALL = Networks.reference(4, 3, 2, 5);

  private final LabeledImages images = RandomImages.of(21, 3);
  private final PairedImages train =
      PairedImages.draw(images.range(0, 15), RandomStream.TRAIN_PAIRS, 0);
  private final PairedImages validation =
      PairedImages.draw(images.range(15, 21), RandomStream.VALIDATION_PAIRS, 0);
  private final RunState start =
      RunState.startingFrom(
          SMALL.network(),
          Weights.initial(SMALL.network(), new SplittableRandom(4)),
          Adam.of(0.001));

  private static TrainingSettings settings(int epochs, double learningRate, long seed) {
    return settings(epochs, 4, learningRate, seed);
  }

  private static TrainingSettings settings(
      int epochs, int batchSize, double learningRate, long seed) {
    return new TrainingSettings(epochs, batchSize, Adam.of(learningRate), 1, seed);
  }

  private RunState train(TrainingSettings settings, RunState from) throws IOException {
    return trainer(SMALL, settings).train(train, validation, from);
  }

  private static Trainer trainer(
      SiameseNetwork network, TrainingSettings settings, TrainingListener... listeners) {
    return new Trainer(
        network, ValueRange.ZERO_TO_ONE, settings, Sessions.threads(2), List.of(listeners));
  }

  /** In one tower and in several: a batch of 16 is enough for two. */
  @ParameterizedTest
  @ValueSource(ints = {4, 16})
  void theSameSeedGivesTheSameBits(int batchSize) throws IOException {
    RunState first = train(settings(2, batchSize, 0.001, 5), start);
    RunState second = train(settings(2, batchSize, 0.001, 5), start);
    assertEquals(first.weights(), second.weights());
    assertEquals(first.history().last().loss(), second.history().last().loss());
    assertNotEquals(first.weights(), train(settings(2, batchSize, 0.001, 6), start).weights());
  }

  @Test
  void refusesImagesOfAnotherSizeBeforeTheFirstEpoch() {
    PairedImages other =
        PairedImages.draw(
            new LabeledImages(new byte[2 * 30 * 30], new int[] {0, 1}, 30, 30),
            RandomStream.TRAIN_PAIRS,
            0);
    TrainingListener never =
        new TrainingListener() {
          @Override
          public void epochStarted(int epoch, int pairs) {
            throw new AssertionError("began");
          }
        };
    Trainer trainer = trainer(SMALL, settings(1, 0.001, 5), never);
    for (List<PairedImages> parts : List.of(List.of(other, validation), List.of(train, other))) {
      assertEquals(
          "expected images of 28×28, found 30×30",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> trainer.train(parts.get(0), parts.get(1), start))
              .getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 16})
  void goesOnFromAnEpochAsIfItHadNotStopped(int batchSize) throws IOException {
    TrainingSettings settings = settings(3, batchSize, 0.001, 5);
    RunState throughout = train(settings, start);
    RunState resumed = train(settings, train(settings(1, batchSize, 0.001, 5), start));
    assertEquals(throughout.weights(), resumed.weights());
    assertEquals(
        throughout.optimizer().slot(Slot.VELOCITY), resumed.optimizer().slot(Slot.VELOCITY));
    assertEquals(3, resumed.history().epochs().size());
    assertEquals(throughout.history().last().loss(), resumed.history().last().loss());
  }

  /** From every step of two epochs, the last one of each too, with all sums as they were. */
  @ParameterizedTest
  @ValueSource(ints = {4, 16})
  void goesOnFromAStepAsIfItHadNotStopped(int batchSize) throws IOException {
    TrainingSettings settings = settings(2, batchSize, 0.001, 5);
    List<RunState> reached = new ArrayList<>();
    TrainingListener recorder =
        new TrainingListener() {
          @Override
          public void stateReached(Supplier<RunState> state) {
            reached.add(state.get());
          }
        };
    RunState throughout = trainer(SMALL, settings, recorder).train(train, validation, start);
    assertEquals(2 * ((30 + batchSize - 1) / batchSize), reached.size());
    for (RunState from : reached) {
      RunState resumed = train(settings, from);
      assertEquals(throughout.weights(), resumed.weights());
      assertEquals(throughout.optimizer(), resumed.optimizer());
      assertEquals(withoutTimes(throughout.history()), withoutTimes(resumed.history()));
    }
  }

  static List<EpochResult> withoutTimes(History history) {
    return history.epochs().stream()
        .map(
            epoch ->
                new EpochResult(
                    epoch.epoch(),
                    epoch.loss(),
                    epoch.accuracy(),
                    epoch.validationLoss(),
                    epoch.validationAccuracy(),
                    epoch.active(),
                    epoch.hardness(),
                    0,
                    0))
        .toList();
  }

  @Test
  void endsWhenPatienceDoes() throws IOException {
    // So small a rate changes nothing: every epoch is as good as the first.
    RunState reached =
        train(
            new TrainingSettings(9, 4, Adam.of(1e-30), 1, 5).withPatience(OptionalInt.of(3)),
            start);
    assertEquals(4, reached.history().epochs().size());
    assertEquals(1, reached.history().best().orElseThrow().epoch());
  }

  @Test
  void takesAStepABatchAndKeepsTheLastPartialOne() throws IOException {
    assertEquals(30, train.pairs().size());
    assertEquals(2 * 8, train(settings(2, 0.001, 5), start).optimizer().step());
  }

  @Test
  void validatesWithoutDropout() throws IOException {
    RunState reached = train(settings(1, 0.001, 5), start);
    PlainNetwork plain = new PlainNetwork(reached.weights());
    Pairs pairs = validation.pairs();
    double[][][] first = RandomImages.scaled(validation.images(), pairs.first());
    double[][][] second = RandomImages.scaled(validation.images(), pairs.second());
    assertEquals(
        plain.loss(first, second, labels(pairs), 1),
        reached.history().last().validationLoss(),
        1e-6);
  }

  private static int[] labels(Pairs pairs) {
    return IntStream.range(0, pairs.size()).map(pair -> pairs.labels()[pair]).toArray();
  }

  @Test
  void learns() throws IOException {
    TrainingSettings settings = new TrainingSettings(60, 4, Adam.of(0.01), 1, 1);
    Trainer trainer = trainer(SMALL.withDropout(0), settings);
    History history = trainer.train(train, validation, start).history();
    assertTrue(history.last().loss() < history.epochs().get(0).loss() / 2, history::toString);
  }

  @Test
  void staysFiniteOnIdenticalImages() throws IOException {
    int[] same = {0, 1, 2, 3};
    PairedImages identical =
        new PairedImages(images, new Pairs(same, same, new byte[] {1, 0, 1, 0}));
    RunState reached = trainer(SMALL, settings(3, 0.001, 0)).train(identical, validation, start);
    assertTrue(reached.weights().isFinite());
  }

  @Test
  void givesUpWhenTheLossIsNoNumberAnyMore() {
    List<RunState> recorded = new ArrayList<>();
    Trainer trainer = trainer(SMALL, settings(9, 1e20, 0), recorder(recorded));
    DivergedException e =
        assertThrows(DivergedException.class, () -> trainer.train(train, validation, start));
    assertTrue(e.getMessage().contains("epoch 1, step 2"), e.getMessage());
    assertEquals(List.of(), recorded);
  }

  @Test
  void givesUpWhenOnlyTheValidationIsNoNumber() {
    // One step an epoch: its loss comes before the update, which leaves weights that are finite
    // and distances that are not.
    TrainingSettings settings = new TrainingSettings(9, 30, Adam.of(1e12), 1, 0);
    Trainer trainer = trainer(SMALL.withDropout(0), settings);
    DivergedException e =
        assertThrows(DivergedException.class, () -> trainer.train(train, validation, start));
    assertTrue(e.getMessage().contains("epoch 1, after its last step"), e.getMessage());
  }

  @Test
  void stopsAfterTheStepWhenAsked() throws IOException {
    List<RunState> recorded = new ArrayList<>();
    Trainer[] trainer = new Trainer[1];
    TrainingListener stopper =
        new TrainingListener() {
          private int epoch;

          @Override
          public void epochStarted(int epoch, int pairs) {
            this.epoch = epoch;
          }

          @Override
          public void stepFinished(int pairs, double loss, double accuracy) {
            assertTrue(epoch == 1 || pairs <= 8, "went on after being stopped");
            if (epoch == 2 && pairs == 8) {
              trainer[0].stop();
            }
          }
        };
    trainer[0] = trainer(SMALL, settings(5, 0.001, 0), stopper, recorder(recorded));
    RunState reached = trainer[0].train(train, validation, start);
    assertEquals(1, reached.history().epochs().size());
    assertEquals(List.of(reached), recorded);
  }

  private static TrainingListener recorder(List<RunState> recorded) {
    return new TrainingListener() {
      @Override
      public void epochFinished(RunState state) {
        recorded.add(state);
      }
    };
  }
}
