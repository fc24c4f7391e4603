package dev.siamese.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchObjectiveTest {

  @ParameterizedTest
  @CsvSource({
    "contrastive, all",
    "triplet, semi-hard",
    "multi-similarity, hard",
    "supcon, all",
    "nt-xent, all",
  })
  void aLossHasAMinerWithoutBeingTold(String loss, String miner) {
    BatchObjective objective = BatchObjective.of(loss, Optional.empty());
    assertEquals(loss, objective.lossName());
    assertEquals(miner, objective.minerName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"contrastive", "triplet"})
  void pairsAndTripletsTakeEveryMiner(String loss) {
    assertEquals(new AllTuples(), mining(loss, "all"));
    assertEquals(new SemiHard(0.2), mining(loss, "semi-hard"));
    assertEquals(new BatchHard(), mining(loss, "hard"));
    assertEquals(new DistanceWeighted(0.5, 1.4), mining(loss, "distance-weighted"));
  }

  @Test
  void hardMiningOfTheMultiSimilarityLossIsItsOwn() {
    assertEquals(new MultiSimilarityMiner(0.1), mining("multi-similarity", "hard"));
    assertEquals(new AllTuples(), mining("multi-similarity", "all"));
  }

  @Test
  void everyObjectiveIsFoundByItsNames() {
    for (BatchObjective objective : BatchObjective.all()) {
      assertEquals(
          objective, BatchObjective.of(objective.lossName(), Optional.of(objective.minerName())));
    }
  }

  @Test
  void aLossIsWhatItsSettingsSay() {
    for (BatchLoss loss :
        List.of(
            new PairContrastive(2),
            new Triplet(OptionalDouble.of(0.3)),
            Triplet.SOFT,
            new MultiSimilarity(3, 40, 0.4),
            new SupervisedContrastive(0.3),
            new NTXent(0.4))) {
      BatchLoss other = BatchObjective.of(loss.text(), Optional.empty()).loss();
      assertEquals(loss, other.with(loss.settings()));
    }
  }

  @Test
  void changesSomeSettingsOfTheLossAndKeepsTheMiner() {
    assertEquals(
        new BatchObjective(new MultiSimilarity(2, 40, 0.5), new AllTuples()),
        BatchObjective.of("multi-similarity", Optional.of("all")).with(Map.of("beta", 40.0)));
    BatchObjective triplets = BatchObjective.of("triplet", Optional.of("hard"));
    assertEquals(
        new BatchObjective(Triplet.SOFT, new BatchHard()), triplets.with(Map.of("margin", 0.0)));
    assertRefused(
        "expected a loss with a temperature, supcon or nt-xent; found triplet",
        () -> triplets.with(Map.of("temperature", 0.1)));
    assertRefused(
        "expected numbers for [margin] of the loss triplet, found {magic=1.0}",
        () -> triplets.with(Map.of("magic", 1.0)));
    assertRefused(
        "expected numbers for [margin] of the loss triplet, found {margin=null}",
        () -> triplets.with(Collections.singletonMap("margin", null)));
    assertRefused(
        "expected a margin above 0, found -1.0", () -> triplets.with(Map.of("margin", -1.0)));
  }

  @Test
  void semiHardTripletsAreWithinTheMarginOfTheirLoss() {
    BatchObjective triplets = BatchObjective.of("triplet", Optional.empty());
    assertEquals(new SemiHard(0.5), triplets.with(Map.of("margin", 0.5)).miner());
    assertEquals(new SemiHard(0.2), triplets.with(Map.of("margin", 0.0)).miner());
    BatchObjective pairs = BatchObjective.of("contrastive", Optional.of("semi-hard"));
    assertEquals(new SemiHard(0.2), pairs.with(Map.of("margin", 2.0)).miner());
  }

  @Test
  void contrastiveLossAloneTakesEmbeddingsOfAnyLength() {
    for (BatchLoss loss : BatchLoss.all()) {
      assertEquals(!loss.text().equals("contrastive"), loss.takesUnitEmbeddings(), loss.text());
    }
  }

  @Test
  void refusesMinersThatDoNotSuitTheLoss() {
    assertRefused(
        "expected for the loss multi-similarity a mining of hard, all, found semi-hard",
        () -> BatchObjective.of("multi-similarity", Optional.of("semi-hard")));
    assertRefused(
        "expected for the loss supcon a mining of all, found hard",
        () -> new BatchObjective(SupervisedContrastive.DEFAULT, new BatchHard()));
    // The same name, but another loss's.
    assertRefused(
        "expected for the loss triplet a mining of semi-hard, all, hard, distance-weighted,"
            + " found hard",
        () -> new BatchObjective(Triplet.DEFAULT, MultiSimilarityMiner.DEFAULT));
  }

  @Test
  void refusesUnknownLosses() {
    assertRefused(
        "expected a loss of contrastive, triplet, multi-similarity, supcon, nt-xent, found magic",
        () -> BatchObjective.of("magic", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesSettingsThatAreNotAboveZero(double value) {
    String found = " above 0, found " + value;
    assertRefused("expected a margin" + found, () -> new PairContrastive(value));
    assertRefused("expected a margin" + found, () -> new Triplet(OptionalDouble.of(value)));
    assertRefused("expected a margin" + found, () -> new SemiHard(value));
    assertRefused("expected an alpha" + found, () -> new MultiSimilarity(value, 50, 0.5));
    assertRefused("expected a beta" + found, () -> new MultiSimilarity(2, value, 0.5));
    assertRefused("expected a temperature" + found, () -> new SupervisedContrastive(value));
    assertRefused("expected a temperature" + found, () -> new NTXent(value));
  }

  @Test
  void refusesSettingsOutOfTheirRange() {
    assertRefused("expected a base from -1 to 1, found 1.5", () -> new MultiSimilarity(2, 50, 1.5));
    assertRefused(
        "expected an epsilon of 0 or greater, found -0.1", () -> new MultiSimilarityMiner(-0.1));
    assertRefused(
        "expected 0 < cutoff < cutoff of nonzero losses <= 2, found 0.5 and 2.5",
        () -> new DistanceWeighted(0.5, 2.5));
    assertRefused(
        "expected 0 < cutoff < cutoff of nonzero losses <= 2, found 1.4 and 1.4",
        () -> new DistanceWeighted(1.4, 1.4));
    assertRefused(
        "expected 0 < cutoff < cutoff of nonzero losses <= 2, found 0.0 and 1.4",
        () -> new DistanceWeighted(0, 1.4));
  }

  private static Miner mining(String loss, String miner) {
    return BatchObjective.of(loss, Optional.of(miner)).miner();
  }

  private static void assertRefused(String message, Executable work) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, work).getMessage());
  }
}
