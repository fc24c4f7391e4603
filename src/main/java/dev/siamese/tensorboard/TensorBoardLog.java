package dev.siamese.tensorboard;

import com.google.protobuf.ByteString;
import dev.siamese.data.Pairs;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.network.Weights;
import dev.siamese.training.EpochResult;
import dev.siamese.training.RunState;
import dev.siamese.training.TrainingListener;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.Summary;

/**
 * Records a training for TensorBoard: loss and accuracy by step and by epoch, how the outputs of
 * validation pairs and the weights are spread after each epoch, and pictures.
 */
public final class TensorBoardLog implements TrainingListener, AutoCloseable {
  private static final int BINS = 30;
  private static final int RGB = 3;

  private final EventFile file;
  private long steps;

  /**
   * Begins a log.
   *
   * @param folder that TensorBoard will be shown
   * @param steps that the training has taken already
   * @throws IOException when it cannot be written
   */
  public TensorBoardLog(Path folder, long steps) throws IOException {
    file = new EventFile(folder);
    this.steps = steps;
  }

  @Override
  public void stepFinished(int pairs, double loss, double accuracy) {
    steps++;
    try {
      file.add(steps, scalar("step/loss", loss), scalar("step/accuracy", accuracy));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void validated(int epoch, PairOutputs outputs) throws IOException {
    file.add(
        epoch,
        histogram("validation/same", outputs.ofLabel(Pairs.SAME)),
        histogram("validation/different", outputs.ofLabel(Pairs.DIFFERENT)));
  }

  @Override
  public void epochFinished(RunState state) throws IOException {
    EpochResult result = state.history().last();
    file.add(
        result.epoch(),
        scalar("epoch/loss", result.loss()),
        scalar("epoch/accuracy", result.accuracy()),
        scalar("epoch/val_loss", result.validationLoss()),
        scalar("epoch/val_accuracy", result.validationAccuracy()),
        scalar("epoch/active", result.active()),
        scalar("epoch/hardness", result.hardness()),
        scalar("epoch/samples_per_second", result.samplesPerSecond()));
    Weights weights = state.weights();
    for (int i = 0; i < weights.parameters().size(); i++) {
      String name = "weights/" + weights.parameters().get(i).name();
      file.add(result.epoch(), histogram(name, weights.values(i)));
    }
    file.flush();
  }

  /**
   * Records a picture.
   *
   * @param epoch after which it was made
   */
  public void picture(String name, int epoch, BufferedImage picture) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    Summary.Image image =
        Summary.Image.newBuilder()
            .setWidth(picture.getWidth())
            .setHeight(picture.getHeight())
            .setColorspace(RGB)
            .setEncodedImageString(ByteString.copyFrom(png.toByteArray()))
            .build();
    file.add(epoch, Summary.Value.newBuilder().setTag(name).setImage(image).build());
    file.flush();
  }

  private static Summary.Value scalar(String name, double value) {
    return Summary.Value.newBuilder().setTag(name).setSimpleValue((float) value).build();
  }

  private static Summary.Value histogram(String name, float[] values) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
      sum += value;
      squares += (double) value * value;
    }
    HistogramProto.Builder histogram = HistogramProto.newBuilder();
    if (values.length > 0) {
      double width = most > least ? (most - least) / BINS : 1;
      long[] counts = new long[BINS];
      for (float value : values) {
        counts[Math.min(BINS - 1, (int) ((value - least) / width))]++;
      }
      for (int bin = 0; bin < BINS; bin++) {
        histogram.addBucketLimit(least + (bin + 1) * width).addBucket(counts[bin]);
      }
      histogram.setMin(least).setMax(most);
    }
    histogram.setNum(values.length).setSum(sum).setSumSquares(squares);
    return Summary.Value.newBuilder().setTag(name).setHisto(histogram).build();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
