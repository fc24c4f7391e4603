package dev.siamese.cli;

import dev.siamese.network.Adam;
import dev.siamese.network.AdamW;
import dev.siamese.network.Clipping;
import dev.siamese.network.LearningRate;
import dev.siamese.network.Nadam;
import dev.siamese.network.Optimizer;
import dev.siamese.network.OptimizerSettings;
import dev.siamese.network.RMSprop;
import dev.siamese.network.SGD;
import dev.siamese.training.TrainingSettings;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How weights follow from gradients. */
final class OptimizerOptions {
  /** The optimizers, with Keras's defaults. */
  enum Name {
    ADAM(Adam.of(TrainingSettings.LEARNING_RATE)),
    ADAMW(AdamW.of(TrainingSettings.LEARNING_RATE)),
    SGD(dev.siamese.network.SGD.of(0.01)),
    RMSPROP(RMSprop.of(TrainingSettings.LEARNING_RATE)),
    NADAM(Nadam.of(TrainingSettings.LEARNING_RATE));

    private final Optimizer optimizer;

    Name(Optimizer optimizer) {
      this.optimizer = optimizer;
    }
  }

  @Option(
      names = "--optimizer",
      paramLabel = "adam|adamw|sgd|rmsprop|nadam",
      description =
          "Begin with a new optimizer, with Keras's defaults. Default: that of --from with what it"
              + " remembers, else adam.")
  private Name name;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description =
          "The optimizer's learning rate. Default: that of --from, else 0.001 (0.01 with sgd).")
  private Double learningRate;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description = "Share of the weights that a step takes off, times the learning rate.")
  private Double weightDecay;

  @Option(
      names = "--momentum",
      paramLabel = "X",
      description = "Share of the last step in the next one, with --optimizer sgd or rmsprop.")
  private Double momentum;

  @Option(
      names = "--clipnorm",
      paramLabel = "X",
      description = "Bounds the norm of the gradient of each parameter.")
  private Double clipnorm;

  /** Whether a new optimizer is asked for. */
  boolean isNew() {
    return name != null;
  }

  /**
   * The optimizer to train with.
   *
   * @param before that of the model to go on from
   * @throws IllegalArgumentException when an option is out of its range, or the optimizer has no
   *     momentum
   */
  Optimizer optimizer(Optional<Optimizer> before) {
    Optimizer optimizer = name == null ? before.orElse(Name.ADAM.optimizer) : name.optimizer;
    OptimizerSettings common = optimizer.common();
    if (learningRate != null) {
      common = common.withLearningRate(new LearningRate.Constant(learningRate));
    }
    if (weightDecay != null) {
      common = common.withWeightDecay(weightDecay);
    }
    if (clipnorm != null) {
      common = common.withClipping(new Clipping(Clipping.Kind.NORM, clipnorm));
    }
    return momentum == null ? optimizer.with(common) : withMomentum(optimizer.with(common));
  }

  private Optimizer withMomentum(Optimizer optimizer) {
    if (name != null && optimizer instanceof SGD sgd) {
      return sgd.withMomentum(momentum);
    }
    if (name != null && optimizer instanceof RMSprop rmsprop) {
      return rmsprop.withMomentum(momentum);
    }
    throw new IllegalArgumentException(
        "expected --optimizer sgd or rmsprop beside --momentum, found "
            + (name == null ? "none" : "another"));
  }

  /** Whether a schedule of the model to go on from gives way to a learning rate. */
  boolean replacesSchedule(Optimizer before) {
    return learningRate != null
        && name == null
        && !(before.common().learningRate() instanceof LearningRate.Constant);
  }
}
