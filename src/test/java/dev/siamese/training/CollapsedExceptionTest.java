package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.evaluation.PairOutputs;
import dev.siamese.loss.BatchObjective;
import dev.siamese.loss.PairContrastive;
import dev.siamese.network.OutputKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollapsedExceptionTest {
  /** Distances of embeddings that high learning rates drew to one point, but for noise. */
  private static final PairOutputs DRAWN_TOGETHER = distances(0.0003f, 0.0115f, 0.0324f);

  /** Mean distance of digits before the first step. */
  private static final double BEFORE = 0.19;

  private static PairOutputs distances(float... values) {
    return new PairOutputs(OutputKind.DISTANCE, values, new byte[values.length]);
  }

  private static List<Supervision> ofUnitEmbeddings() {
    return BatchObjective.all().stream()
        .filter(objective -> objective.loss().takesUnitEmbeddings())
        .map(Supervision::of)
        .toList();
  }

  @Test
  void unitEmbeddingsNearOnePointHaveCollapsed() {
    for (Supervision supervision : ofUnitEmbeddings()) {
      CollapsedException thrown =
          assertThrows(
              CollapsedException.class,
              () -> CollapsedException.requireNone(DRAWN_TOGETHER, supervision, BEFORE));
      assertTrue(thrown.getMessage().contains("0.0003 to 0.0324"), thrown.getMessage());
      PairOutputs nearlyEqualImages = distances(0.001f, 0.028f, 0.045f);
      assertDoesNotThrow(
          () -> CollapsedException.requireNone(nearlyEqualImages, supervision, BEFORE));
    }
  }

  /** One pair that differs hides it from a look at the least and the greatest output. */
  @Test
  void whereAnImageWouldDifferFromItselfTheNetworkHasCollapsed() {
    PairOutputs nearlyAll = distances(0, 0, 0, 0, 3);
    assertThrows(
        CollapsedException.class, () -> CollapsedException.requireSameAsItself(nearlyAll, 0));
    assertDoesNotThrow(() -> CollapsedException.requireSameAsItself(nearlyAll, 1e-6));
    PairOutputs similarities =
        new PairOutputs(OutputKind.SIMILARITY, new float[] {-0.5f, 0.5f}, new byte[2]);
    assertDoesNotThrow(() -> CollapsedException.requireSameAsItself(similarities, -0.1));
  }

  /** Embeddings of some networks are near one point before they learn. */
  @Test
  void whatWasNearOnePointBeforeHasNotCollapsed() {
    for (Supervision supervision : ofUnitEmbeddings()) {
      assertFalse(CollapsedException.isSeen(DRAWN_TOGETHER, supervision, 0.02));
      assertTrue(CollapsedException.isSeen(DRAWN_TOGETHER, supervision, 0.08));
    }
  }

  @Test
  void otherDistancesHaveNoScale() {
    for (Supervision supervision :
        List.of(
            Supervision.GIVEN_PAIRS, Supervision.of(BatchObjective.of(PairContrastive.DEFAULT)))) {
      assertFalse(CollapsedException.isSeen(DRAWN_TOGETHER, supervision, BEFORE));
    }
  }

  @Test
  void exactlyEqualOutputsHaveCollapsedWhateverTheyLearnedFrom() {
    PairOutputs alike = distances(0.7f, 0.7f, 0.7f);
    assertTrue(CollapsedException.isSeen(alike, Supervision.GIVEN_PAIRS, BEFORE));
    ofUnitEmbeddings().forEach(each -> assertTrue(CollapsedException.isSeen(alike, each, BEFORE)));
    String told = CollapsedException.told(alike);
    assertEquals("a distance of 0.7000 for all", told.substring(0, 28), told);
  }
}
