package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.augmentation.Augmentation;
import dev.siamese.augmentation.Views;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.RandomStream;
import dev.siamese.data.ValueRange;
import dev.siamese.loss.BatchObjective;
import dev.siamese.model.Networks;
import dev.siamese.model.RandomImages;
import dev.siamese.network.Adam;
import dev.siamese.network.LearningRate.CosineDecay;
import dev.siamese.network.Optimizer;
import dev.siamese.network.OptimizerSettings;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;
import dev.siamese.training.Supervision.Alike;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a run learns from, it can be repeated, and goes on from any step as if it had not been
 * stopped, bit by bit.
 */
class ExactRunsTest {
  private static final SiameseNetwork SMALL = Networks.reference(4, 3, 2, 5);
  private static final int BATCH = 16;

  private final LabeledImages images = RandomImages.of(56, 3);
  private final PairedImages train =
      PairedImages.draw(images.range(0, 40), RandomStream.TRAIN_PAIRS, 0);
  private final PairedImages validation =
      PairedImages.draw(images.range(40, 56), RandomStream.VALIDATION_PAIRS, 0);

  /** Ways to learn. */
  enum Way {
    PAIRS_OF_CHANGED_IMAGES(new Supervision(Optional.empty(), Alike.CLASSES, Augmentation.PHOTOS)),
    CONTRASTIVE_ALL("contrastive", "all"),
    TRIPLET_SEMI_HARD("triplet", "semi-hard"),
    TRIPLET_DISTANCE_WEIGHTED("triplet", "distance-weighted"),
    MULTI_SIMILARITY("multi-similarity", "hard"),
    SUPERVISED_CONTRASTIVE("supcon", "all", Augmentation.DIGITS) {
      @Override
      Optimizer optimizer() {
        Optimizer adam = super.optimizer();
        return adam.with(
            adam.common().withLearningRate(new CosineDecay(0, 4, 0, OptionalDouble.of(0.01), 2)));
      }
    },
    VIEWS(
        new Supervision(
            Optional.of(BatchObjective.of("nt-xent", Optional.empty())),
            Alike.VIEWS,
            Augmentation.DIGITS));

    private final Supervision supervision;

    Way(Supervision supervision) {
      this.supervision = supervision;
    }

    Way(String loss, String miner) {
      this(loss, miner, Augmentation.NONE);
    }

    Way(String loss, String miner, Augmentation augmentation) {
      this(
          Supervision.of(BatchObjective.of(loss, Optional.of(miner)))
              .withAugmentation(augmentation));
    }

    Optimizer optimizer() {
      return Adam.of(0.01);
    }

    TrainingSettings settings(long seed, int epochs) {
      return new TrainingSettings(epochs, BATCH, optimizer(), 1, seed).withSupervision(supervision);
    }

    /** What is kept of it. */
    SiameseNetwork kept() {
      boolean unit =
          supervision.objective().filter(found -> found.loss().takesUnitEmbeddings()).isPresent();
      return unit ? SMALL.withUnitEmbeddings() : SMALL;
    }

    SiameseNetwork network() {
      return supervision.alike() == Alike.VIEWS ? kept().withProjection(4, 3) : kept();
    }
  }

  private RunState train(
      Way way, TrainingSettings settings, RunState from, TrainingListener... listeners)
      throws IOException {
    LabeledImages compared =
        way.supervision.alike() == Alike.VIEWS
            ? Views.of(validation.images(), way.supervision.augmentation(), 2, settings.seed())
            : validation.images();
    return new Trainer(
            way.network(),
            way.kept(),
            ValueRange.ZERO_TO_ONE,
            settings,
            Sessions.threads(2),
            List.of(listeners))
        .train(train, validation, compared, from);
  }

  private static RunState start(Way way) {
    return RunState.startingFrom(
        way.network().network(),
        Weights.initial(way.network().network(), new SplittableRandom(4)),
        way.optimizer());
  }

  @ParameterizedTest
  @EnumSource
  void areRepeatedAndGoOn(Way way) throws IOException {
    List<RunState> reached = new ArrayList<>();
    List<RunState> finished = new ArrayList<>();
    TrainingListener recorder =
        new TrainingListener() {
          @Override
          public void stateReached(Supplier<RunState> state) {
            reached.add(state.get());
          }

          @Override
          public void epochFinished(RunState state) {
            finished.add(state);
          }
        };
    TrainingSettings settings = way.settings(5, 2);
    RunState throughout = train(way, settings, start(way), recorder);
    assertTrue(throughout.weights().isFinite());
    // Within the first epoch, at its end, and within the last.
    for (RunState from :
        List.of(reached.get(0), finished.get(0), reached.get(reached.size() - 2))) {
      assertSame(throughout, train(way, settings, from));
    }
  }

  /** With the rate of a plateau, which nothing after the first epoch is better than. */
  @Test
  void goOnWithTheRateThatTheyHad() throws IOException {
    EpochResult best = new EpochResult(1, 0, 0, 0, 1, 0, 0, 0, 0);
    RunState start = start(Way.CONTRASTIVE_ALL);
    RunState begun =
        new RunState(
            new History(List.of(best)), EpochSums.NONE, start.weights(), start.optimizer());
    TrainingSettings constant = Way.CONTRASTIVE_ALL.settings(5, 3);
    TrainingSettings falling = constant.withPlateau(new Plateau(0.1, 1));
    RunState before = train(Way.CONTRASTIVE_ALL, Way.CONTRASTIVE_ALL.settings(5, 2), begun);
    RunState throughout = train(Way.CONTRASTIVE_ALL, falling, begun);
    assertSame(throughout, train(Way.CONTRASTIVE_ALL, falling, before));
    Optimizer smaller = constant.optimizer().with(OptimizerSettings.of(0.01 * 0.1));
    assertEquals(
        throughout.weights(),
        train(Way.CONTRASTIVE_ALL, constant.withOptimizer(smaller), before).weights());
  }

  private static void assertSame(RunState expected, RunState found) {
    assertEquals(expected.weights(), found.weights());
    assertEquals(expected.optimizer(), found.optimizer());
    assertEquals(
        TrainerTest.withoutTimes(expected.history()), TrainerTest.withoutTimes(found.history()));
  }
}
