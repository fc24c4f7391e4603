package dev.siamese.cli;

import dev.siamese.data.LabeledImages;
import dev.siamese.exchange.KerasFile;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Files that commands are tried with. */
final class ModelFixture {
  private ModelFixture() {}

  /** Writes one model in every form that is a MODEL. */
  static Map<String, Path> everyForm(Path folder, StoredModel model) throws IOException {
    Map<String, Path> forms = new LinkedHashMap<>();
    forms.put("run folder", run(folder.resolve("run"), model));
    for (String name : new String[] {"model.keras", "model.weights.h5", "savedmodel"}) {
      forms.put(name, folder.resolve(name));
      ModelStore.write(folder.resolve(name), model);
    }
    return forms;
  }

  /** The part of a run folder that makes it a MODEL. */
  private static Path run(Path folder, StoredModel model) throws IOException {
    Path checkpoints = Files.createDirectories(folder.resolve("checkpoints"));
    KerasFile.write(checkpoints.resolve("last.keras"), model);
    return folder;
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
