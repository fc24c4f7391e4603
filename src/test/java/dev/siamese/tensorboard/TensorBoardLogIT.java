package dev.siamese.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Python;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.Network;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.OutputKind;
import dev.siamese.network.Weights;
import dev.siamese.training.EpochResult;
import dev.siamese.training.History;
import dev.siamese.training.RunState;
import dev.siamese.training.TrainingSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event files, read by TensorBoard's own reader. */
class TensorBoardLogIT {
  private static final String READER =
      """
      import json, sys
      from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
      log = EventAccumulator(sys.argv[1], {"scalars": 0, "histograms": 0, "images": 0})
      log.Reload()
      tags = log.Tags()
      print(json.dumps({
          "scalars": {t: [[e.step, e.value] for e in log.Scalars(t)] for t in tags["scalars"]},
          "histograms": {t: [[e.step, e.histogram_value.num, e.histogram_value.min,
                              e.histogram_value.max, e.histogram_value.sum,
                              sum(e.histogram_value.bucket)]
                             for e in log.Histograms(t)] for t in tags["histograms"]},
          "images": {t: [[e.step, e.width, e.height, e.encoded_image_string[1:4].decode()]
                         for e in log.Images(t)] for t in tags["images"]},
      }))
      """;

  @TempDir private Path folder;

  @Test
  void tensorBoardReadsEverything() throws IOException {
    Network network = NamedNetwork.REFERENCE.network().network();
    Weights weights = Weights.initial(network, new SplittableRandom(0));
    try (TensorBoardLog log = new TensorBoardLog(folder.resolve("log"), 0)) {
      log.stepFinished(64, 0.5, 0.25);
      log.stepFinished(128, 0.375, 0.5);
      log.validated(
          1,
          new PairOutputs(
              OutputKind.DISTANCE, new float[] {0.25f, 0.5f, 1.5f}, new byte[] {1, 1, 0}));
      History history =
          new History(List.of(new EpochResult(1, 0.375, 0.5, 0.25, 0.75, 0, 0, 2, 64)));
      log.epochFinished(
          new RunState(
              history,
              weights,
              OptimizerState.start(TrainingSettings.reference(0).optimizer(), network)));
      log.picture("pictures/roc", 1, new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB));
    }
    JsonObject read =
        JsonParser.parseString(Python.run("-c", READER, folder.resolve("log").toString()))
            .getAsJsonObject();
    JsonObject scalars = read.getAsJsonObject("scalars");
    assertEquals("[[1,0.5],[2,0.375]]", scalars.get("step/loss").toString());
    assertEquals("[[1,0.25],[2,0.5]]", scalars.get("step/accuracy").toString());
    assertEquals("[[1,0.25]]", scalars.get("epoch/val_loss").toString());
    assertEquals("[[1,0.75]]", scalars.get("epoch/val_accuracy").toString());
    JsonObject histograms = read.getAsJsonObject("histograms");
    assertEquals("[[1,2.0,0.25,0.5,0.75,2.0]]", histograms.get("validation/same").toString());
    assertEquals("[[1,1.0,1.5,1.5,1.5,1.0]]", histograms.get("validation/different").toString());
    assertEquals(2 + weights.parameters().size(), histograms.size());
    double sum = 0;
    for (float value : weights.values(0)) {
      sum += value;
    }
    JsonArray first =
        histograms
            .getAsJsonArray("weights/" + weights.parameters().get(0).name())
            .get(0)
            .getAsJsonArray();
    assertEquals(weights.values(0).length, first.get(1).getAsDouble());
    assertEquals(sum, first.get(4).getAsDouble(), 1e-9);
    assertEquals(
        "[[1,30,20,\"PNG\"]]", read.getAsJsonObject("images").get("pictures/roc").toString());
    assertTrue(scalars.has("epoch/samples_per_second"));
  }
}
