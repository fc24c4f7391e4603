package dev.siamese.cli;

import dev.siamese.Outcome;
import dev.siamese.SiameseModel;
import dev.siamese.data.DataForms;
import dev.siamese.data.Dataset;
import dev.siamese.data.ImageShape;
import dev.siamese.data.InputPicture;
import dev.siamese.data.Preparation;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.data.ValueRange;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModels;
import dev.siamese.search.Entry;
import dev.siamese.search.IndexDescription;
import dev.siamese.search.LuceneIndex;
import dev.siamese.search.LuceneReader;
import dev.siamese.search.Metric;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;

/** A form that is read: how a good sample of it is made, and how the program reads it. */
enum HostileForm {
  IDX(
      folder -> DataForms.Form.IDX.write(folder.resolve("sample"), digits()),
      HostileForm::readData),
  NPZ(
      folder ->
          Files.move(
              DataForms.Form.NPZ.write(folder.resolve("npz"), digits()),
              folder.resolve("sample.npz")),
      HostileForm::readData),
  CSV(
      folder -> DataForms.Form.PIXEL_TABLES.write(folder.resolve("sample"), digits()),
      HostileForm::readData),
  PNG(folder -> picture(folder, "png"), HostileForm::readPicture),
  JPEG(folder -> picture(folder, "jpg"), HostileForm::readPicture),
  TIFF(folder -> picture(folder, "tif"), HostileForm::readPicture),
  PNM(
      folder -> DataForms.picture(folder.resolve("sample"), 0, digits().train(), "pgm"),
      HostileForm::readPicture),
  WEBP(
      folder ->
          webp(
              folder,
              "UklGRkQAAABXRUJQVlA4IDgAAADQAQCdASoKAAwAAoBCJbACdACvoVhyAAD8maFp7PMPTjf/kVEDkBvI+t/z/G2d"
                  + "TGUF2RpXR6XAAA=="),
      HostileForm::readPicture),
  WEBP_LOSSLESS(
      folder ->
          webp(
              folder,
              "UklGRjwAAABXRUJQVlA4TC8AAAAvCcACALkKRPQ/dlGIcvc/oKSNJMi/3v3goj10Avo/AUEwSVNtxxTgfOR+Hj2+"
                  + "BAA="),
      HostileForm::readPicture),
  KERAS(folder -> model(folder, "sample.keras"), HostileForm::readModel),
  HDF5(folder -> model(folder, "sample.h5"), HostileForm::readModel),
  WEIGHTS(
      folder -> model(folder, "sample.weights.h5"),
      sample ->
          ModelStore.read(
              sample,
              new ModelHints(
                  Optional.of(StoredModels.SMALL.network()),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()))),
  CONFIG(
      folder ->
          Files.writeString(
              folder.resolve("sample.json"),
              "{\"margin\": 1.0, \"batch_size\": 64, \"network\": {\"layers\": [1, 2]}}"),
      sample -> EarlierRun.of(Optional.of(text(sample)), sample.toString())),
  HISTORY(
      folder ->
          Files.writeString(
              folder.resolve("sample.csv"),
              RunFolder.HISTORY_COLUMNS
                  + "\n1,0.2,0.8,0.1,0.9,0.4,0.1,1.5,100.0\n2,0.1,0.9,0.1,0.9,0.3,0.1,1.5,90.0\n"),
      HistoryFile::read),
  INDEX(HostileForm::writeIndex, HostileForm::readIndex),
  SAVED_MODEL(folder -> model(folder, "sample"), sample -> SiameseModel.load(sample).close());

  private interface Writer {
    Path write(Path folder) throws IOException;
  }

  private interface Reader {
    void read(Path sample) throws IOException;
  }

  private final Writer writer;
  private final Reader reader;

  HostileForm(Writer writer, Reader reader) {
    this.writer = writer;
    this.reader = reader;
  }

  /** Writes a good sample, a file or a folder, into a folder. */
  Path write(Path folder) throws IOException {
    return writer.write(folder);
  }

  /** Reads what may be a sample, as the program does. */
  void read(Path sample) throws IOException {
    reader.read(sample);
  }

  private static Dataset digits() {
    return SyntheticDigits.dataset(1, 10, 10);
  }

  private static Path webp(Path folder, String base64) throws IOException {
    return Files.write(folder.resolve("sample.webp"), Base64.getDecoder().decode(base64));
  }

  private static Path writeIndex(Path folder) throws IOException {
    Path index = folder.resolve("sample");
    IndexDescription description = new IndexDescription("model", 4, Metric.EUCLIDEAN);
    try (LuceneIndex written = LuceneIndex.open(index, description)) {
      for (int i = 0; i < 20; i++) {
        written.add(Entry.of("name" + i, new float[] {i, 1, 2, 3}));
      }
      written.commit();
    }
    return index;
  }

  private static void readIndex(Path sample) throws IOException {
    try (LuceneReader reader = LuceneReader.open(sample)) {
      reader.nearest(new float[] {1, 1, 2, 3}, 5);
    }
  }

  private static void readModel(Path sample) throws IOException {
    ModelStore.read(sample, ModelHints.NONE);
  }

  private static void readPicture(Path sample) throws IOException {
    InputPicture.images(
        List.of(InputPicture.of(sample)),
        Preparation.of(new ImageShape(28, 28, 1), ValueRange.ZERO_TO_ONE));
  }

  private static Path model(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    ModelStore.write(file, StoredModels.SMALL.full(1));
    return file;
  }

  private static Path picture(Path folder, String form) throws IOException {
    Path file = folder.resolve("sample." + form);
    BufferedImage picture = new BufferedImage(13, 11, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int i = 0; i < 13 * 11; i++) {
      picture.setRGB(i % 13, i / 13, random.nextInt());
    }
    ImageIO.write(picture, form, file.toFile());
    return file;
  }

  /** Reads a data set by the command line, and tells the failure that it would show. */
  private static void readData(Path sample) throws IOException {
    Outcome outcome = Console.run("data", sample, "--verbose");
    if (outcome.exitCode() == 0) {
      return;
    }
    String failure =
        outcome
            .errors()
            .lines()
            .filter(line -> line.matches("[\\w.$]+(Exception|Error)\\b.*"))
            .findFirst()
            .orElse(outcome.errors());
    if (!failure.matches(
        "java\\.(io\\.IO|nio\\.file\\.\\w+|lang\\.IllegalArgument)Exception: .*")) {
      throw new AssertionError(outcome.errors());
    }
    throw new IOException(failure);
  }

  /** A run's settings travel in archives: those alone are read from files that are none. */
  private static String text(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("expected a file, found none: " + file);
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
