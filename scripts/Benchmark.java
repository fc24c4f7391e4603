import com.google.gson.Gson;
import dev.siamese.data.Dataset;
import dev.siamese.data.DatasetListener;
import dev.siamese.data.DatasetSource;
import dev.siamese.data.Environment;
import dev.siamese.data.Fit;
import dev.siamese.data.ImageCollection;
import dev.siamese.data.ImageShape;
import dev.siamese.data.Ink;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Preparation;
import dev.siamese.data.RandomStream;
import dev.siamese.data.ReadSettings;
import dev.siamese.data.Split;
import dev.siamese.data.SplitSettings;
import dev.siamese.data.ValueRange;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.NetworkSource;
import dev.siamese.loss.BatchObjective;
import dev.siamese.model.Images;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.model.PairModel;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;
import java.awt.Color;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** The Java side of scripts/bench, for what the command line does not tell. */
final class Benchmark {
  private static final int PRODUCTS = 5;
  private static final int MATRIX = 2048;

  private Benchmark() {}

  /**
   * One of {@code pairs DIR LIMIT}, {@code images DIR NETWORK LIMIT}, {@code inference PRECISION
   * THREADS REPEATS}, {@code embed MODEL LIMIT THREADS REPEATS BATCH…}, {@code product THREADS},
   * {@code read FOLDER HEIGHT WIDTH CHANNELS REPEATS}, {@code growth PICTURE IMAGES:SECONDS…},
   * {@code objectives} and {@code versions}.
   */
  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "pairs" -> writePairs(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
      case "images" -> writeImages(
          Path.of(arguments[1]), arguments[2], Integer.parseInt(arguments[3]));
      case "read" -> read(
          Path.of(arguments[1]),
          new ImageShape(
              Integer.parseInt(arguments[2]),
              Integer.parseInt(arguments[3]),
              Integer.parseInt(arguments[4])),
          Integer.parseInt(arguments[5]));
      case "inference" -> inference(
          Precision.valueOf(arguments[1].toUpperCase(Locale.ROOT)),
          Integer.parseInt(arguments[2]),
          Integer.parseInt(arguments[3]));
      case "embed" -> embed(
          Path.of(arguments[1]),
          Integer.parseInt(arguments[2]),
          Integer.parseInt(arguments[3]),
          Integer.parseInt(arguments[4]),
          List.of(arguments).subList(5, arguments.length));
      case "product" -> multiply(Integer.parseInt(arguments[1]));
      case "growth" -> drawGrowth(
          Path.of(arguments[1]), List.of(arguments).subList(2, arguments.length));
      case "objectives" -> printObjectives();
      case "versions" -> System.out.printf(
          "{\"java\": \"%s\", \"tensorflow_in_java\": \"%s\"}%n",
          Runtime.version().feature(), TensorFlow.version());
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static Dataset load(String data) throws IOException {
    DatasetListener silent =
        new DatasetListener() {
          @Override
          public void notice(String message) {
            System.err.println(message);
          }

          @Override
          public void downloading(long bytes, long total) {}
        };
    return DatasetSource.of(data, null, Environment.system()).load(0, silent);
  }

  /** The parts of a run with this limit, 0 for none. */
  private static Split split(String data, int limit) throws IOException {
    OptionalInt most = limit == 0 ? OptionalInt.empty() : OptionalInt.of(limit);
    return Split.of(load(data), new SplitSettings(SplitSettings.VALIDATION_SHARE, most, 0));
  }

  /** Writes the pairs of MNIST that a run with seed 0 draws. */
  private static void writePairs(Path folder, int limit) throws IOException {
    writePairs(folder, split(DatasetSource.MNIST, limit));
  }

  /**
   * Writes the synthetic digits of a run with seed 0 as the network gets them, (n, height, width,
   * channels) in bytes, their labels, a byte each, and the pairs that are drawn of them.
   */
  private static void writeImages(Path folder, String network, int limit) throws IOException {
    SiameseNetwork siamese =
        NetworkSource.read(network, Optional.empty(), Optional.empty(), new ArrayList<>());
    ImageShape shape = Images.shape(siamese.image());
    Split split = split(DatasetSource.SYNTHETIC, limit).fitted(shape);
    writeImages(folder, "train", split.train());
    writeImages(folder, "validation", split.validation());
    writeImages(folder, "test", split.test());
    writePairs(folder, split);
  }

  private static void writeImages(Path folder, String part, LabeledImages images)
      throws IOException {
    byte[] pixels = new byte[images.size() * images.shape().pixels()];
    images.copyPixels(0, images.size(), pixels);
    Files.write(folder.resolve(part + ".images"), pixels);
    byte[] labels = new byte[images.size()];
    for (int image = 0; image < labels.length; image++) {
      labels[image] = (byte) images.label(image);
    }
    Files.write(folder.resolve(part + ".labels"), labels);
  }

  /** Writes pairs as rows of first, second and label. */
  private static void writePairs(Path folder, Split split) throws IOException {
    write(folder.resolve("train.bin"), split.train(), RandomStream.TRAIN_PAIRS);
    write(folder.resolve("validation.bin"), split.validation(), RandomStream.VALIDATION_PAIRS);
    write(folder.resolve("test.bin"), split.test(), RandomStream.TEST_PAIRS);
  }

  private static void write(Path file, LabeledImages images, RandomStream stream)
      throws IOException {
    PairedImages drawn = PairedImages.draw(images, stream, 0);
    ByteBuffer rows =
        ByteBuffer.allocate(drawn.pairs().size() * 3 * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int pair = 0; pair < drawn.pairs().size(); pair++) {
      rows.putInt(drawn.pairs().first()[pair])
          .putInt(drawn.pairs().second()[pair])
          .putInt(drawn.pairs().labels()[pair]);
    }
    Files.write(file, rows.array());
  }

  /** Prints embedded images a second, in calls of 256 and all at once, and distances a second. */
  private static void inference(Precision precision, int threads, int repeats)
      throws IOException {
    LabeledImages test = load(DatasetSource.MNIST).test();
    PairedImages pairs = PairedImages.draw(test, RandomStream.TEST_PAIRS, 0);
    SiameseNetwork reference = NamedNetwork.REFERENCE.network();
    Weights weights =
        Weights.initial(reference.network(), RandomStream.WEIGHTS.generator(0));
    TrainedNetwork untrained = new TrainedNetwork(reference, weights, ValueRange.ZERO_TO_ONE);
    try (PairModel model =
        new InferenceModel(untrained, new SessionSettings(threads, precision))) {
      double by256 = best(() -> embedInBatches(model, test, 256), repeats);
      double atOnce = best(() -> model.embed(test), repeats);
      double distances = best(() -> model.compare(test, pairs.pairs()), repeats);
      System.out.printf(
          Locale.ROOT,
          "{\"by_256\": %.1f, \"best\": %.1f, \"distances\": %.1f}%n",
          test.size() / by256,
          test.size() / Math.min(by256, atOnce),
          pairs.pairs().size() / distances);
    }
  }

  /** Prints the seconds that reading a folder of pictures takes. */
  private static void read(Path folder, ImageShape shape, int repeats) throws IOException {
    Preparation preparation =
        new Preparation(
            shape,
            Fit.PAD,
            shape.equals(ImageShape.MNIST) ? Ink.HANDWRITING : Ink.AS_IS,
            ValueRange.ZERO_TO_ONE);
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      ImageCollection.read(
          folder, ReadSettings.DEFAULT.withPreparation(preparation), System.err::println);
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
    }
    System.out.printf(Locale.ROOT, "{\"seconds\": %.4f}%n", best);
  }

  /**
   * Prints how many training images of a run a model embeds a second, by how many it is given at a
   * time.
   */
  private static void embed(Path file, int limit, int threads, int repeats, List<String> batches)
      throws IOException {
    TrainedNetwork trained = ModelStore.read(file, ModelHints.NONE).model();
    LabeledImages images =
        split(DatasetSource.SYNTHETIC, limit)
            .train()
            .fitted(Images.shape(trained.network().image()));
    try (PairModel model =
        new InferenceModel(trained, new SessionSettings(threads, Precision.FLOAT32))) {
      Map<String, Double> speeds = new LinkedHashMap<>();
      for (String batch : batches) {
        int size = Integer.parseInt(batch);
        speeds.put(batch, images.size() / best(() -> embedInBatches(model, images, size), repeats));
      }
      System.out.println(new Gson().toJson(Map.of("embed", speeds)));
    }
  }

  private static void embedInBatches(PairModel model, LabeledImages images, int batch) {
    for (int from = 0; from < images.size(); from += batch) {
      model.embed(images.range(from, Math.min(from + batch, images.size())));
    }
  }

  /** Prints the pairs of a loss and a miner that suit each other, as the command line names them. */
  private static void printObjectives() {
    List<Map<String, String>> objectives = new ArrayList<>();
    for (BatchObjective objective : BatchObjective.all()) {
      Map<String, String> names = new LinkedHashMap<>();
      names.put("loss", objective.lossName());
      names.put("mining", objective.minerName());
      objectives.add(names);
    }
    System.out.println(new Gson().toJson(Map.of("objectives", objectives)));
  }

  /** Prints what this machine reaches in a product of float32 matrices, in 10⁹ operations a second. */
  private static void multiply(int threads) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variable<TFloat32> matrix = tf.variable(Shape.of(MATRIX, MATRIX), TFloat32.class);
      Operand<TFloat32> ones =
          tf.fill(tf.constant(new int[] {MATRIX, MATRIX}), tf.constant(1f));
      Operand<TFloat32> product = tf.linalg.matMul(matrix, matrix);
      // Something must be fetched, or the product is optimized away.
      Operand<TFloat32> corner =
          tf.slice(product, tf.constant(new int[] {0, 0}), tf.constant(new int[] {1, 1}));
      ConfigProto config =
          ConfigProto.newBuilder().setIntraOpParallelismThreads(threads).build();
      try (Session session = new Session(graph, config)) {
        session.runner().addTarget(tf.assign(matrix, ones)).run().close();
        double seconds = best(() -> session.runner().fetch(corner).run().close(), PRODUCTS);
        System.out.printf(
            Locale.ROOT, "{\"gigaflops\": %.1f}%n", 2.0 * MATRIX * MATRIX * MATRIX / seconds / 1e9);
      }
    }
  }

  /** Draws the seconds of an epoch by its images, beside what is in proportion to the first. */
  private static void drawGrowth(Path picture, List<String> points) throws IOException {
    XYSeries measured = new XYSeries("measured");
    for (String point : points) {
      String[] values = point.split(":");
      measured.add(Double.parseDouble(values[0]), Double.parseDouble(values[1]));
    }
    XYSeries proportional = new XYSeries("in proportion to the first");
    double perImage = measured.getY(0).doubleValue() / measured.getX(0).doubleValue();
    proportional.add(0, 0);
    proportional.add(measured.getMaxX(), measured.getMaxX() * perImage);
    XYSeriesCollection both = new XYSeriesCollection(measured);
    both.addSeries(proportional);
    JFreeChart chart =
        ChartFactory.createXYLineChart(
            "An epoch with its validation, synthetic digits", "training images", "seconds", both);
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer();
    renderer.setSeriesLinesVisible(0, false);
    renderer.setSeriesShapesVisible(1, false);
    renderer.setSeriesPaint(0, Color.BLUE);
    renderer.setSeriesPaint(1, Color.GRAY);
    chart.getXYPlot().setRenderer(renderer);
    chart.getXYPlot().setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 8, 8, 24));
    ChartUtils.saveChartAsPNG(picture.toFile(), chart, 800, 500);
  }

  /** The shortest time of some runs after a first one, in seconds. */
  private static double best(Runnable work, int repeats) {
    work.run();
    double best = Double.POSITIVE_INFINITY;
    for (int repeat = 0; repeat < repeats; repeat++) {
      long started = System.nanoTime();
      work.run();
      best = Math.min(best, (System.nanoTime() - started) / 1e9);
    }
    return best;
  }
}
