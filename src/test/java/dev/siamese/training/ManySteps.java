package dev.siamese.training;

import dev.siamese.ResidentMemory;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.model.Networks;
import dev.siamese.model.RandomImages;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * Prints this process's resident memory in kB after 200 and after 5 000 training steps, of batches
 * of 400 and of 112 pairs in turn.
 */
final class ManySteps {
  private static final int BATCH_SIZE = 400;

  private ManySteps() {}

  public static void main(String[] arguments) throws IOException {
    LabeledImages images = RandomImages.of(256, 1);
    Pairs pairs = Pairs.draw(images, new SplittableRandom(1));
    SiameseNetwork network = Networks.reference(1, 1, 1, 2);
    Weights weights = Weights.initial(network.network(), new SplittableRandom(2));
    ShuffledPairs batches = new ShuffledPairs(pairs, BATCH_SIZE, new SplittableRandom(3));
    try (TrainingSession session =
        Sessions.open(
            network,
            weights,
            images,
            Sessions.settings(BATCH_SIZE, 1, 0),
            SessionSettings.defaults())) {
      for (int step = 1; step <= 5000; step++) {
        session.step(batches.batch(step % 2));
        if (step == 200 || step == 5000) {
          ResidentMemory.print();
        }
      }
    }
  }
}
