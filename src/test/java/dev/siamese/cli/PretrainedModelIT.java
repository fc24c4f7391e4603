package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.siamese.Python;
import dev.siamese.data.Dataset;
import dev.siamese.data.DatasetSource;
import dev.siamese.data.Environment;
import dev.siamese.data.IdxFixture;
import dev.siamese.data.PairedImages;
import dev.siamese.data.RandomStream;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.evaluation.VerificationMetrics;
import dev.siamese.exchange.LoadedModel;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.model.SessionSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model that comes with the project. */
class PretrainedModelIT {
  private static final Path MODEL = Path.of("savedmodel");

  @Test
  void verifiesMnistAsTheReadmeSays() throws IOException {
    assumeTrue(System.getenv(Environment.DATA_DIR) != null, "no MNIST: set SIAMESE_DATA_DIR");
    Dataset mnist;
    try (DownloadProgress progress = new DownloadProgress()) {
      mnist = DatasetSource.of(DatasetSource.MNIST, null, Environment.system()).load(0, progress);
    }
    PairedImages test = PairedImages.draw(mnist.test(), RandomStream.TEST_PAIRS, 0);
    try (LoadedModel model = ModelStore.load(MODEL, ModelHints.NONE, SessionSettings.defaults())) {
      PairOutputs outputs = TestReport.outputs(model.model(), test);
      VerificationMetrics metrics =
          VerificationMetrics.of(outputs, 1, model.threshold().orElseThrow());
      // Other processors round differently, which may tip a pair or two.
      assertEquals(0.9139, metrics.accuracy(), 2e-4);
      assertEquals(0.9220, metrics.accuracyAtThreshold(), 2e-4);
      assertEquals(0.428, metrics.threshold(), 5e-4);
      assertEquals(0.9759, metrics.rocAuc(), 1e-4);
      assertEquals(0.0787, metrics.equalErrorRate(), 2e-4);
    }
  }

  @Test
  void evaluateSaysHowManyPairsItCompares(@TempDir Path data) throws IOException {
    Dataset digits = SyntheticDigits.dataset(1, 20, 1000);
    IdxFixture.writeFolder(data, digits.train(), digits.test(), "");
    assertEquals(
        "Comparing 2,000 test pairs.\n",
        Console.succeed("evaluate", MODEL, "--data", data).errors());
  }

  @Test
  void worksForEveryKindOfPythonReader() {
    String table = Python.run("scripts/verify_savedmodel.py", MODEL.toString());
    assertTrue(table.contains("golden pairs"), table);
  }
}
