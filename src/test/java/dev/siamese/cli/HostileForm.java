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
  IDX {
    @Override
    Path write(Path folder) throws IOException {
      return DataForms.Form.IDX.write(folder.resolve("sample"), digits());
    }

    @Override
    void read(Path sample) throws IOException {
      data(sample);
    }
  },
  NPZ {
    @Override
    Path write(Path folder) throws IOException {
      Path written = DataForms.Form.NPZ.write(folder.resolve("npz"), digits());
      return Files.move(written, folder.resolve("sample.npz"));
    }

    @Override
    void read(Path sample) throws IOException {
      data(sample);
    }
  },
  CSV {
    @Override
    Path write(Path folder) throws IOException {
      return DataForms.Form.PIXEL_TABLES.write(folder.resolve("sample"), digits());
    }

    @Override
    void read(Path sample) throws IOException {
      data(sample);
    }
  },
  PNG {
    @Override
    Path write(Path folder) throws IOException {
      return picture(folder, "png");
    }
  },
  JPEG {
    @Override
    Path write(Path folder) throws IOException {
      return picture(folder, "jpg");
    }
  },
  TIFF {
    @Override
    Path write(Path folder) throws IOException {
      return picture(folder, "tif");
    }
  },
  PNM {
    @Override
    Path write(Path folder) throws IOException {
      return DataForms.picture(folder.resolve("sample"), 0, digits().train(), "pgm");
    }
  },
  WEBP {
    @Override
    Path write(Path folder) throws IOException {
      String picture =
          "UklGRkQAAABXRUJQVlA4IDgAAADQAQCdASoKAAwAAoBCJbACdACvoVhyAAD8maFp7PMPTjf/kVEDkBvI+t/z/G2d"
              + "TGUF2RpXR6XAAA==";
      return Files.write(folder.resolve("sample.webp"), Base64.getDecoder().decode(picture));
    }
  },
  WEBP_LOSSLESS {
    @Override
    Path write(Path folder) throws IOException {
      String picture =
          "UklGRjwAAABXRUJQVlA4TC8AAAAvCcACALkKRPQ/dlGIcvc/oKSNJMi/3v3goj10Avo/AUEwSVNtxxTgfOR+Hj2+"
              + "BAA=";
      return Files.write(folder.resolve("sample.webp"), Base64.getDecoder().decode(picture));
    }
  },
  KERAS {
    @Override
    Path write(Path folder) throws IOException {
      return model(folder, "sample.keras");
    }

    @Override
    void read(Path sample) throws IOException {
      ModelStore.read(sample, ModelHints.NONE);
    }
  },
  HDF5 {
    @Override
    Path write(Path folder) throws IOException {
      return model(folder, "sample.h5");
    }

    @Override
    void read(Path sample) throws IOException {
      ModelStore.read(sample, ModelHints.NONE);
    }
  },
  WEIGHTS {
    private final ModelHints hints =
        new ModelHints(
            Optional.of(StoredModels.SMALL.network()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @Override
    Path write(Path folder) throws IOException {
      return model(folder, "sample.weights.h5");
    }

    @Override
    void read(Path sample) throws IOException {
      ModelStore.read(sample, hints);
    }
  },
  CONFIG {
    @Override
    Path write(Path folder) throws IOException {
      String config = "{\"margin\": 1.0, \"batch_size\": 64, \"network\": {\"layers\": [1, 2]}}";
      return Files.writeString(folder.resolve("sample.json"), config);
    }

    @Override
    void read(Path sample) throws IOException {
      EarlierRun.of(Optional.of(text(sample)), sample.toString());
    }
  },
  HISTORY {
    @Override
    Path write(Path folder) throws IOException {
      String epochs = "1,0.2,0.8,0.1,0.9,1.5,100.0\n2,0.1,0.9,0.1,0.9,1.5,90.0\n";
      return Files.writeString(
          folder.resolve("sample.csv"), RunFolder.HISTORY_COLUMNS + "\n" + epochs);
    }

    @Override
    void read(Path sample) throws IOException {
      HistoryFile.read(sample);
    }
  },
  INDEX {
    private final IndexDescription description = new IndexDescription("model", 4, Metric.EUCLIDEAN);

    @Override
    Path write(Path folder) throws IOException {
      Path index = folder.resolve("sample");
      try (LuceneIndex written = LuceneIndex.open(index, description)) {
        for (int i = 0; i < 20; i++) {
          written.add(Entry.of("name" + i, new float[] {i, 1, 2, 3}));
        }
        written.commit();
      }
      return index;
    }

    @Override
    void read(Path sample) throws IOException {
      try (LuceneReader reader = LuceneReader.open(sample)) {
        reader.nearest(new float[] {1, 1, 2, 3}, 5);
      }
    }
  },
  SAVED_MODEL {
    @Override
    Path write(Path folder) throws IOException {
      return model(folder, "sample");
    }

    @Override
    void read(Path sample) throws IOException {
      SiameseModel.load(sample).close();
    }
  };

  /** Writes a good sample, a file or a folder, into a folder. */
  abstract Path write(Path folder) throws IOException;

  /** Reads what may be a sample, as the program does; without a body of its own, a picture. */
  void read(Path sample) throws IOException {
    InputPicture.images(
        List.of(InputPicture.of(sample)),
        Preparation.of(new ImageShape(28, 28, 1), ValueRange.ZERO_TO_ONE));
  }

  private static Dataset digits() {
    return SyntheticDigits.dataset(1, 10, 10);
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
  private static void data(Path sample) throws IOException {
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
