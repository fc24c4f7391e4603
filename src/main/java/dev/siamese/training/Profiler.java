package dev.siamese.training;

import dev.siamese.data.PairedImages;
import dev.siamese.data.ValueRange;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.SiameseNetwork;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.StepStats;

/**
 * Measures where the time of a training step goes, in steps of its own that change nothing else.
 */
public final class Profiler {
  /** Steps in which TensorFlow still plans its memory and its kernels. */
  private static final int WARM_UP_STEPS = 20;

  private static final int STEPS = 10;

  private Profiler() {}

  /** Takes some steps from the given state and says what they spent their time on. */
  public static StepProfile profile(
      SiameseNetwork network,
      ValueRange values,
      PairedImages train,
      TrainingSettings settings,
      SessionSettings system,
      RunState start) {
    Tower.Design design = Tower.Design.of(network, values, settings, system);
    Batches batches = Trainer.batches(settings, train, 1);
    List<StepStats> measured = new ArrayList<>();
    try (TrainingSession session =
        new TrainingSession(design, train.images(), settings, system, start)) {
      for (int step = 0; step < WARM_UP_STEPS; step++) {
        session.step(batches.batch(step % batches.batches()));
      }
      for (int step = 0; step < STEPS; step++) {
        measured.add(session.tracedStep(batches.batch(step % batches.batches())));
      }
    }
    return StepProfile.of(measured);
  }
}
