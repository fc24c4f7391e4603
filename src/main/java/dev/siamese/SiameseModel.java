package dev.siamese;

import dev.siamese.data.ImageShape;
import dev.siamese.data.InputPicture;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.evaluation.PairMetrics;
import dev.siamese.exchange.LoadedModel;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.model.PairModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.OutputKind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A trained model in a program of your own.
 *
 * <pre>{@code
 * try (SiameseModel model = SiameseModel.load(Path.of("savedmodel"))) {
 *   Comparison comparison = model.compare(Path.of("a.png"), Path.of("b.png"));
 *   System.out.println(comparison.same() + " " + comparison.value());
 *   float[] embedding = model.embed(Path.of("a.png"));
 * }
 * }</pre>
 *
 * <p>Any number of threads may ask at once. Each call frees what it takes of native memory.
 */
public final class SiameseModel implements AutoCloseable {
  private final LoadedModel loaded;

  private SiameseModel(LoadedModel loaded) {
    this.loaded = loaded;
  }

  /**
   * Loads a SavedModel folder, a {@code .keras} or {@code .weights.h5} file, or a run folder.
   *
   * @throws IOException when there is none, or it cannot be read
   */
  public static SiameseModel load(Path source) throws IOException {
    return load(source, ModelHints.NONE);
  }

  /**
   * The same, with what its files do not tell.
   *
   * @throws IOException when there is none, or it cannot be read
   */
  public static SiameseModel load(Path source, ModelHints hints) throws IOException {
    return new SiameseModel(ModelStore.load(source, hints, SessionSettings.defaults()));
  }

  /**
   * Compares two picture files.
   *
   * @throws IOException when one cannot be used
   * @throws IllegalStateException when this model is closed
   */
  public Comparison compare(Path first, Path second) throws IOException {
    return compare(InputPicture.of(first), InputPicture.of(second));
  }

  /**
   * Compares two pictures in memory.
   *
   * @throws IOException when one cannot be used
   * @throws IllegalStateException when this model is closed
   */
  public Comparison compare(BufferedImage first, BufferedImage second) throws IOException {
    return compare(InputPicture.of(first), InputPicture.of(second));
  }

  /**
   * Compares two pictures from anywhere.
   *
   * @throws IOException when one cannot be used
   * @throws IllegalStateException when this model is closed
   */
  public Comparison compare(InputPicture first, InputPicture second) throws IOException {
    LabeledImages images = InputPicture.images(List.of(first, second), loaded.preparation());
    Pairs pair = new Pairs(new int[] {0}, new int[] {1}, new byte[] {Pairs.DIFFERENT});
    return new Comparison(output(), loaded.model().compare(images, pair)[0], threshold());
  }

  /**
   * The embedding of a picture file.
   *
   * @return (embedding size)
   * @throws IOException when it cannot be used
   * @throws IllegalStateException when this model is closed
   * @throws UnsupportedOperationException when this model only compares
   */
  public float[] embed(Path picture) throws IOException {
    return embed(List.of(InputPicture.of(picture)))[0];
  }

  /**
   * The embeddings of pictures, of many faster than one by one.
   *
   * @return (n, embedding size)
   * @throws IOException when one cannot be used
   * @throws IllegalStateException when this model is closed
   * @throws UnsupportedOperationException when this model only compares
   */
  public float[][] embed(List<InputPicture> pictures) throws IOException {
    return loaded.model().embed(InputPicture.images(pictures, loaded.preparation()));
  }

  /** Size and channels of the images that pictures are brought to. */
  public ImageShape shape() {
    return loaded.preparation().shape();
  }

  /** What the model says of pairs. */
  public OutputKind output() {
    return loaded.model().output();
  }

  /** Where pictures begin to count as the same class: the model's own, or 0.5 if it has none. */
  public double threshold() {
    return loaded.threshold().orElse(PairMetrics.DEFAULT_THRESHOLD);
  }

  /** What to know before trusting it, a line each; empty for models of this program. */
  public List<String> notices() {
    return Stream.concat(
            loaded.notices().stream(),
            loaded.assumption().stream().map(line -> line + " (ModelHints say otherwise)."))
        .toList();
  }

  /** The same model for the other packages, which ask it about images of data sets. */
  public PairModel model() {
    return loaded.model();
  }

  /**
   * Frees the native memory, once the threads that ask something have their answers; whoever asks
   * afterwards is told. A model can be closed twice.
   */
  @Override
  public void close() {
    loaded.close();
  }
}
