package dev.siamese.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Python;
import dev.siamese.data.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures, held against scikit-learn and, for retrieval, against its nearest neighbours and
 * PyTorch Metric Learning.
 */
class EvaluationIT {
  private static final double TOLERANCE = 1e-6;

  @TempDir private Path folder;

  @Test
  void verificationIsScikitLearns() throws IOException {
    SplittableRandom random = new SplittableRandom(21);
    Pairs pairs = new Pairs(new int[4000], new int[4000], new byte[4000]);
    float[] values = new float[4000];
    double[] weights = new double[4000];
    for (int pair = 0; pair < values.length; pair++) {
      pairs.first()[pair] = random.nextInt(500);
      pairs.second()[pair] = random.nextInt(500);
      pairs.labels()[pair] = (byte) random.nextInt(2);
      // Hundredths, so that there are ties; same pairs are nearer.
      values[pair] = random.nextInt(pairs.labels()[pair] == 1 ? 70 : 101) / 100f;
      weights[pair] = random.nextInt(4);
    }
    PairOutputs outputs = Outputs.distances(values, pairs.labels());
    Verification found = Verification.of(outputs, pairs, Optional.empty(), 1, 0.35);
    JsonObject expected =
        ask(
            Map.of("values", values, "labels", pairs.labels(), "weights", weights),
            """
            from sklearn.calibration import calibration_curve
            from sklearn.metrics import accuracy_score, confusion_matrix, roc_auc_score, roc_curve
            values, labels = np.float32(given["values"]), np.array(given["labels"])
            weights = np.array(given["weights"])
            false_accepts, true_accepts, _ = roc_curve(labels, -values, drop_intermediate=False)
            below = np.float64(values) < 0.35
            share, score = calibration_curve(labels, 1 - np.float64(values), n_bins=10)
            excess = false_accepts - (1 - true_accepts)
            answer = {
                "auc": roc_auc_score(labels, -values),
                "weighted_auc": roc_auc_score(labels, -values, sample_weight=weights),
                "eer": np.interp(0, excess, false_accepts),
                "accuracy": accuracy_score(labels, values < 0.5),
                "accuracy_at_threshold": accuracy_score(labels, below),
                "confusion": confusion_matrix(labels, below).ravel().tolist(),
                "tar": [true_accepts[false_accepts <= f].max() for f in (0.01, 0.001, 0.0001)],
                "share": share.tolist(), "score": score.tolist(),
            }
            """);
    assertClose(expected, "auc", found.metrics().rocAuc());
    WeightedPairs.Figures weighted =
        new WeightedPairs(outputs, 1).measure(weights, 0.35, new double[0]);
    assertClose(expected, "weighted_auc", weighted.rocAuc());
    assertClose(expected, "eer", found.metrics().equalErrorRate());
    assertClose(expected, "accuracy", found.metrics().accuracy());
    assertClose(expected, "accuracy_at_threshold", found.metrics().accuracyAtThreshold());
    JsonArray counts = expected.getAsJsonArray("confusion");
    assertEquals(
        new Confusion(
            0.35,
            counts.get(3).getAsInt(),
            counts.get(2).getAsInt(),
            counts.get(1).getAsInt(),
            counts.get(0).getAsInt()),
        found.confusion());
    for (int rate = 0; rate < 3; rate++) {
      assertEquals(
          expected.getAsJsonArray("tar").get(rate).getAsDouble(),
          found.acceptRates().get(rate).trueAcceptRate(),
          TOLERANCE);
    }
    assertEquals(found.reliability().bins().size(), expected.getAsJsonArray("share").size());
    for (int bin = 0; bin < found.reliability().bins().size(); bin++) {
      Reliability.Bin one = found.reliability().bins().get(bin);
      assertEquals(
          expected.getAsJsonArray("share").get(bin).getAsDouble(), one.shareSame(), TOLERANCE);
      assertEquals(
          expected.getAsJsonArray("score").get(bin).getAsDouble(), one.meanScore(), TOLERANCE);
    }
  }

  @Test
  void lossOfSimilaritiesIsScikitLearns() throws IOException {
    SplittableRandom random = new SplittableRandom(22);
    float[] values = new float[500];
    byte[] labels = new byte[500];
    for (int pair = 0; pair < values.length; pair++) {
      labels[pair] = (byte) (pair & 1);
      values[pair] = (float) (0.01 + 0.98 * random.nextDouble());
    }
    JsonObject expected =
        ask(
            Map.of("values", values, "labels", labels),
            """
            from sklearn.metrics import log_loss
            values = np.float64(np.float32(given["values"]))
            answer = {"loss": log_loss(given["labels"], values)}
            """);
    assertClose(
        expected, "loss", PairMetrics.loss(Outputs.similarities(values, labels), 1).orElseThrow());
  }

  @Test
  void retrievalIsTheReferencesInPython() throws IOException {
    float[][] embeddings = new float[1500][16];
    int[] labels = labelled(embeddings);
    JsonObject expected =
        ask(
            Map.of("embeddings", embeddings, "labels", labels),
            """
            from sklearn.neighbors import NearestNeighbors
            embeddings, labels = np.float32(given["embeddings"]), np.array(given["labels"])
            nearest = NearestNeighbors(n_neighbors=len(labels), algorithm="brute").fit(embeddings)
            _, order = nearest.kneighbors(np.float64(embeddings))
            order = np.array([row[row != query] for query, row in enumerate(order)])
            first, r_precision, mean_average = [], [], []
            for query, row in enumerate(order):
                r = (labels == labels[query]).sum() - 1
                if r:
                    right = labels[row[:r]] == labels[query]
                    precision = np.cumsum(right) / np.arange(1, r + 1)
                    first.append(right[0])
                    r_precision.append(right.mean())
                    mean_average.append((precision * right).sum() / r)
            answer = {"queries": len(first), "precision_at_1": np.mean(first),
                      "r_precision": np.mean(r_precision), "map_at_r": np.mean(mean_average)}
            """);
    RetrievalMetrics found = RetrievalMetrics.of(embeddings, labels);
    assertEquals(expected.get("queries").getAsInt(), found.queries());
    assertEquals(1, found.alone());
    assertClose(expected, "precision_at_1", found.precisionAt1());
    assertClose(expected, "r_precision", found.rPrecision());
    assertClose(expected, "map_at_r", found.meanAveragePrecisionAtR());
  }

  @Test
  void retrievalIsPyTorchMetricLearnings() throws IOException {
    float[][] embeddings = new float[1500][16];
    int[] labels = labelled(embeddings);
    JsonObject expected =
        ask(
            Python.METRIC_LEARNING,
            Map.of("embeddings", embeddings, "labels", labels),
            """
            import torch
            from pytorch_metric_learning.distances import LpDistance
            from pytorch_metric_learning.utils.accuracy_calculator import AccuracyCalculator
            from pytorch_metric_learning.utils.inference import CustomKNN
            names = ("precision_at_1", "r_precision", "mean_average_precision_at_r")
            embeddings = torch.tensor(given["embeddings"], dtype=torch.float64)
            theirs = AccuracyCalculator(
                include=names, k="max_bin_count", device=torch.device("cpu"),
                knn_func=CustomKNN(LpDistance(normalize_embeddings=False))).get_accuracy(
                    embeddings, torch.tensor(given["labels"]))
            answer = {name: float(theirs[name]) for name in names}
            """);
    RetrievalMetrics found = RetrievalMetrics.of(embeddings, labels);
    assertClose(expected, "precision_at_1", found.precisionAt1());
    assertClose(expected, "r_precision", found.rPrecision());
    assertClose(expected, "mean_average_precision_at_r", found.meanAveragePrecisionAtR());
  }

  /**
   * Draws embeddings, nearer together within a class, and returns the classes: one has one image.
   */
  private static int[] labelled(float[][] embeddings) {
    SplittableRandom random = new SplittableRandom(23);
    int[] labels = new int[embeddings.length];
    for (int image = 0; image < labels.length; image++) {
      labels[image] = image == 0 ? 99 : random.nextInt(12);
      for (int value = 0; value < embeddings[image].length; value++) {
        embeddings[image][value] =
            (float) (random.nextDouble() + (value == labels[image] ? 0.8 : 0));
      }
    }
    return labels;
  }

  @Test
  void theMapIsScikitLearnsPrincipalComponents() throws IOException {
    SplittableRandom random = new SplittableRandom(24);
    float[][] embeddings = new float[300][20];
    for (float[] embedding : embeddings) {
      for (int value = 0; value < embedding.length; value++) {
        embedding[value] = (float) (random.nextDouble() * (value < 2 ? 6 - value : 2) + 3);
      }
    }
    JsonObject expected =
        ask(
            Map.of("embeddings", embeddings),
            """
            from sklearn.decomposition import PCA
            pca = PCA(2, svd_solver="full")
            points = pca.fit_transform(np.float64(np.float32(given["embeddings"])))
            points *= np.sign(points[np.abs(points).argmax(axis=0), [0, 1]])
            answer = {"points": points.tolist(),
                      "explained": pca.explained_variance_ratio_.tolist()}
            """);
    PrincipalComponents found = PrincipalComponents.of(embeddings);
    for (int direction = 0; direction < 2; direction++) {
      assertEquals(
          expected.getAsJsonArray("explained").get(direction).getAsDouble(),
          found.explained()[direction],
          TOLERANCE);
      for (int image = 0; image < embeddings.length; image++) {
        JsonArray point = expected.getAsJsonArray("points").get(image).getAsJsonArray();
        assertEquals(point.get(direction).getAsDouble(), found.points()[image][direction], 1e-5);
      }
    }
  }

  @Test
  void theLinearProbeIsScikitLearnsLogisticRegression() throws IOException {
    float[][] embeddings = new float[1500][16];
    int[] labels = labelled(embeddings);
    labels[0] = 3;
    int[] classes = Arrays.copyOf(labels, 1000);
    float[][] train = Arrays.copyOf(embeddings, 1000);
    float[][] test = Arrays.copyOfRange(embeddings, 1000, 1500);
    JsonObject expected =
        ask(
            Map.of("embeddings", embeddings, "labels", labels),
            """
            from sklearn.linear_model import LogisticRegression
            from sklearn.pipeline import make_pipeline
            from sklearn.preprocessing import StandardScaler
            embeddings = np.float64(np.float32(given["embeddings"]))
            labels = np.array(given["labels"])
            model = make_pipeline(StandardScaler(), LogisticRegression(tol=1e-8, max_iter=10000))
            model.fit(embeddings[:1000], labels[:1000])
            answer = {"accuracy": model.score(embeddings[1000:], labels[1000:]),
                      "weights": model[1].coef_.tolist(),
                      "told": model.predict(embeddings[1000:]).tolist()}
            """);
    LinearProbe found =
        LinearProbe.of(train, classes, test, Arrays.copyOfRange(labels, 1000, 1500));
    assertClose(expected, "accuracy", found.accuracy());
    int[] told = SoftmaxRegression.fit(train, classes, 12).predict(test);
    assertEquals(expected.getAsJsonArray("told"), new Gson().toJsonTree(told));
    double[] weights =
        QuasiNewton.minimize(new SoftmaxLoss(Standardization.of(train), train, classes, 12));
    for (int each = 0; each < 12; each++) {
      JsonArray row = expected.getAsJsonArray("weights").get(each).getAsJsonArray();
      for (int value = 0; value < 16; value++) {
        assertEquals(row.get(value).getAsDouble(), weights[17 * each + value], 5e-3);
      }
    }
  }

  private static void assertClose(JsonObject expected, String name, double found) {
    assertEquals(expected.get(name).getAsDouble(), found, TOLERANCE, name);
  }

  /** Runs code that finds {@code given} and leaves {@code answer}. */
  private JsonObject ask(Map<String, Object> given, String code) throws IOException {
    return ask(Python.KERAS, given, code);
  }

  private JsonObject ask(Python python, Map<String, Object> given, String code) throws IOException {
    Path file = folder.resolve("given.json");
    Files.writeString(file, new Gson().toJson(given));
    String program =
        "import json, sys\nimport numpy as np\ngiven = json.load(open(sys.argv[1]))\n"
            + code
            + "print(json.dumps(answer))\n";
    return JsonParser.parseString(python.ask("-c", program, file.toString())).getAsJsonObject();
  }
}
