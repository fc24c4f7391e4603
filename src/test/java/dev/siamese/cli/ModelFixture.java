package dev.siamese.cli;

import dev.siamese.data.LabeledImages;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.keras.KerasConfig;
import dev.siamese.model.TrainedNetwork;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/** Files that commands are tried with. */
final class ModelFixture {
  private ModelFixture() {}

  /** The names of the forms that a MODEL can have. */
  static List<String> formNames() {
    return List.of("run folder", "model.keras", "model.h5", "model.weights.h5", "savedmodel");
  }

  /**
   * Writes one model in every form that is a MODEL, and tells how each is named on the command
   * line.
   */
  static Map<String, List<Object>> everyForm(Path folder, StoredModel model) throws IOException {
    Map<String, List<Object>> forms = new LinkedHashMap<>();
    for (String name : formNames()) {
      Path path = folder.resolve(name);
      forms.put(name, List.of(path));
      if (name.equals("run folder")) {
        // The part of it that makes it a MODEL.
        path = Files.createDirectories(path.resolve("checkpoints")).resolve("last.keras");
      }
      ModelStore.write(path, model);
    }
    TrainedNetwork trained = model.model();
    Path layers = folder.resolve("network.json");
    Files.writeString(layers, KerasConfig.write(trained.network().network()));
    forms.put(
        "model.weights.h5",
        List.of(
            folder.resolve("model.weights.h5"),
            "--network=" + layers,
            "--values=" + trained.values().text(),
            "--output=" + trained.network().output().text()));
    return forms;
  }

  /** Changes what the saved_model.pb of a folder says. */
  static void edit(Path folder, Consumer<MetaGraphDef.Builder> change) throws IOException {
    Path file = folder.resolve("saved_model.pb");
    SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    change.accept(model.getMetaGraphsBuilder(0));
    Files.write(file, model.build().toByteArray());
  }

  /** Writes one of the images as a picture file. */
  static Path picture(Path file, LabeledImages images, int image) throws IOException {
    BufferedImage picture =
        new BufferedImage(images.width(), images.height(), BufferedImage.TYPE_BYTE_GRAY);
    for (int row = 0; row < images.height(); row++) {
      for (int column = 0; column < images.width(); column++) {
        picture.getRaster().setSample(column, row, 0, images.pixel(image, row, column));
      }
    }
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }

  /** Every file below a folder, hidden ones too, with what is in it. */
  static Map<Path, String> content(Path folder) throws IOException {
    Map<Path, String> content = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted().toList()) {
        content.put(
            file,
            Files.isDirectory(file)
                ? "a folder"
                : HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return content;
  }
}
