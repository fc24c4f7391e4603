package dev.siamese.cli;

import dev.siamese.exchange.Checkpoint;
import dev.siamese.exchange.Notice;
import dev.siamese.exchange.StoredModel;
import dev.siamese.keras.TrainingRemarks;
import dev.siamese.loss.BatchObjective;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.network.Optimizer;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.OutputKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How training goes on from a model.
 *
 * @param checkpoint its optimizer and what that remembers, unless a new one begins
 * @param precision that the user says, else that in which it was trained, where this program has it
 * @param notices a sentence each for what is not kept
 */
record Resumption(Optional<Checkpoint> checkpoint, Precision precision, List<String> notices) {
  /** Keras's policy in which layers compute in bfloat16 over weights of float32. */
  private static final String BFLOAT16 = "mixed_bfloat16";

  /**
   * Finds it out.
   *
   * @param file of the model
   * @param objective the loss of whole batches that training goes on with, if it is one
   * @param given the precision that the user says
   * @param schedule of the learning rate, which may begin with a new optimizer's first step
   * @throws IOException when its optimizer is unknown, and no new one is to begin
   */
  static Resumption of(
      Path file,
      StoredModel model,
      Optional<BatchObjective> objective,
      OptimizerOptions options,
      ScheduleOptions schedule,
      Optional<Precision> given)
      throws IOException {
    TrainingRemarks remarks = model.remarks();
    if (remarks.unknownOptimizer().isPresent() && !options.isNew()) {
      throw new IOException(
          "expected an optimizer that this program knows, or --optimizer to begin with a new one,"
              + " found another: %s, in %s".formatted(remarks.unknownOptimizer().get(), file));
    }
    List<String> lines = new ArrayList<>(remarks.leftOut());
    Optional<Checkpoint> checkpoint = model.checkpoint();
    if (checkpoint.isPresent() && options.isNew() && checkpoint.get().state().step() > 0) {
      lines.add("left out: what the optimizer remembers, as --optimizer begins with a new one");
    }
    if (checkpoint.isPresent()
        && checkpoint.get().state().step() > 0
        && schedule.isOfSteps()
        && !options.isNew()) {
      lines.add(
          "left out: what the optimizer remembers, as --lr-schedule cosine and --warmup begin with"
              + " its first step");
      Optimizer optimizer = checkpoint.get().optimizer();
      checkpoint =
          Optional.of(
              new Checkpoint(
                  optimizer, OptimizerState.start(optimizer, model.model().network().network())));
    }
    if (checkpoint.isPresent() && options.replacesSchedule(checkpoint.get().optimizer())) {
      lines.add("left out: the schedule of the learning rate, as --learning-rate is given");
    }
    String loss =
        objective
            .map(found -> "loss " + found.lossName())
            .orElse(
                model.model().network().output() == OutputKind.SIMILARITY
                    ? TrainingRemarks.CROSS_ENTROPY
                    : "contrastive loss");
    if (remarks.loss().isPresent() && !remarks.loss().get().equals(loss)) {
      lines.add(
          "the loss \"%s\" is not read: training goes on with the %s"
              .formatted(remarks.loss().get(), loss));
    }
    boolean bfloat16 = remarks.policy().equals(Optional.of(BFLOAT16));
    if (bfloat16 && given.isEmpty()) {
      lines.add(
          ("the convolutions are trained in bfloat16, as the policy %s says (--precision says"
                  + " otherwise); what is written computes in float32")
              .formatted(BFLOAT16));
    }
    return new Resumption(
        options.isNew() ? Optional.empty() : checkpoint,
        given.orElse(bfloat16 ? Precision.BFLOAT16 : Precision.FLOAT32),
        Notice.about(file, lines));
  }
}
