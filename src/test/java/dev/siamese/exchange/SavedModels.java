package dev.siamese.exchange;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.model.RandomImages;
import dev.siamese.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/** SavedModel folders for tests, good ones and damaged ones. */
public final class SavedModels {
  public static final double THRESHOLD = 0.3;

  private SavedModels() {}

  /** Pairs of noise, the first of an image with itself. */
  static PairedImages samples() {
    LabeledImages images = RandomImages.of(20, 11);
    Pairs pairs = Pairs.draw(images, new SplittableRandom(12));
    pairs.second()[0] = pairs.first()[0];
    pairs.labels()[0] = Pairs.SAME;
    return new PairedImages(images, pairs);
  }

  public static Path write(Path folder, Weights weights) throws IOException {
    SavedModelWriter.write(folder, weights, THRESHOLD, samples());
    return folder;
  }

  /** Changes what saved_model.pb says. */
  public static void edit(Path folder, Consumer<MetaGraphDef.Builder> change) throws IOException {
    Path file = folder.resolve("saved_model.pb");
    SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    change.accept(model.getMetaGraphsBuilder(0));
    Files.write(file, model.build().toByteArray());
  }
}
