package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.siamese.Outcome;
import dev.siamese.data.IdxFixture;
import dev.siamese.data.LabeledImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code siamese train} refuses, before it makes anything. */
class TrainCommandTest {
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte.gz";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte.gz";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte.gz";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte.gz";

  @TempDir Path folder;
  private Path data;
  private Path out;

  @BeforeEach
  void writeData() throws IOException {
    data = folder.resolve("data");
    out = folder.resolve("runs").resolve("out");
    IdxFixture.writeFolder(data, IdxFixture.images(40, 1), IdxFixture.images(20, 2), ".gz");
  }

  /** Trains into {@link #out}, which must fail with nothing but one line, and make no folder. */
  private void assertRefused(int exitCode, List<Object> words, Object... options) {
    List<Object> command = new ArrayList<>(List.of("train", "--out", out));
    command.addAll(Arrays.asList(options));
    assertFails(exitCode, words, command.toArray());
    assertFalse(Files.exists(out.getParent()));
  }

  private static byte[] labels(int count, int classes) {
    int[] labels = new int[count];
    Arrays.setAll(labels, image -> image % classes);
    return IdxFixture.labelBytes(new LabeledImages(new byte[count], labels, 1, 1));
  }

  private static byte[] emptyImages() {
    return ByteBuffer.allocate(16).putInt(0x803).putInt(0).putInt(28).putInt(28).array();
  }

  private static void assertFails(int exitCode, List<Object> words, Object... command) {
    Outcome outcome = Console.run(command);
    outcome.assertFailed(exitCode, words.toArray());
    assertEquals(1, outcome.errors().lines().count(), outcome.errors());
    assertEquals("", outcome.output());
  }

  static Stream<Arguments> damagedFiles() {
    byte[] images = IdxFixture.gzip(IdxFixture.imageBytes(IdxFixture.images(40, 1)));
    return Stream.of(
        arguments("cut gzip", TRAIN_IMAGES, Arrays.copyOf(images, images.length / 2), "truncated"),
        arguments("empty file", TEST_LABELS, new byte[0], "found 0"),
        arguments("wrong magic number", TRAIN_LABELS, images, "0x00000801 0x00000803"),
        arguments("too few labels", TEST_LABELS, labels(19, 3), "expected 20 found 19"),
        arguments("no images", TEST_IMAGES, emptyImages(), "0×28×28"));
  }

  @ParameterizedTest(name = "{0} in {1}")
  @MethodSource("damagedFiles")
  void refusesADamagedFile(String damage, String file, byte[] content, String words)
      throws IOException {
    Files.write(data.resolve(file), content);
    List<Object> told = new ArrayList<>(List.of(words.split(" ")));
    told.add(data.resolve(file));
    assertRefused(1, told, "--data", data);
  }

  static Stream<Arguments> badLabels() {
    return Stream.of(
        arguments(TRAIN_LABELS, labels(40, 1), "training images of at least two classes"),
        arguments(TEST_LABELS, labels(20, 1), "test images of at least two classes"),
        arguments(TEST_LABELS, labels(20, 20), "two test images of one class"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("badLabels")
  void refusesLabelsThatMakeNoPairs(String file, byte[] content, String words) throws IOException {
    Files.write(data.resolve(file), content);
    assertRefused(1, List.of(words, data), "--data", data);
  }

  @Test
  void refusesASplitThatLeavesOneClassToValidateOn() {
    assertRefused(
        1,
        List.of(
            "validation images of at least two classes",
            "found 0 images",
            "larger --validation-split than 0.03"),
        "--data",
        data,
        "--validation-split",
        "0.03");
  }

  @Test
  void refusesToHoldOutClassesThatAreNotThere() {
    assertRefused(
        1, List.of("classes to hold out, such as 0, 1", data), "--data", data, "--held-out", "cat");
  }

  @Test
  void refusesDataThatIsNotThere() throws IOException {
    Path missing = folder.resolve("missing");
    assertRefused(1, List.of("found no such file", missing), "--data", missing);
    assertRefused(1, List.of("expected a folder", missing), "--data-dir", missing);
    Files.delete(data.resolve(TEST_IMAGES));
    assertRefused(1, List.of("expected test images", TEST_LABELS, data), "--data", data);
  }

  @Test
  void refusesOtherDataInPlaceOfMnist() {
    assertRefused(1, List.of("expected MNIST", data), "--data", "mnist", "--data-dir", data);
  }

  @Test
  void refusesDataThatItMayNotRead() throws IOException {
    Path file = data.resolve(TRAIN_LABELS);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-wx------"));
    assumeFalse(Files.isReadable(file), "root may read every file");
    assertRefused(1, List.of("permission denied", file), "--data", data);
  }

  @ParameterizedTest
  @CsvSource({
    "--epochs,            0,       at least 1 epoch",
    "--epochs,           -1,       at least 1 epoch",
    "--epochs,            many,    --epochs",
    "--batch-size,        0,       batch size of at least 1",
    "--batch-size,       -64,      batch size of at least 1",
    "--patience,          0,       patience of at least 1",
    "--checkpoint-minutes, 0,      --checkpoint-minutes above 0",
    "--validation-split,  0,       validation split between 0 and 1",
    "--validation-split,  1,       validation split between 0 and 1",
    "--validation-split, -0.1,     validation split between 0 and 1",
    "--validation-split,  2,       validation split between 0 and 1",
    "--validation-split,  NaN,     validation split between 0 and 1",
    "--learning-rate,     0,       learning rate above 0",
    "--learning-rate,     NaN,     learning rate above 0",
    "--margin,            0,       margin above 0",
    "--dropout,           1,       dropout of at least 0 and below 1",
    "--limit,             19,      limit of at least 20",
    "--labels-per-class,  1,       at least 2 labels per class",
    "--image-size,        64,      64x48, height by width",
    "--channels,          2,       1 or 3 channels",
    "--threads,           0,       at least 1 thread",
    "--threads,           20000,   at most 1024 threads",
    "--precision,         float16, --precision",
    "--loss,              hinge,   a loss of contrastive",
    "--mining,            medium,  'for the loss contrastive a mining of all, semi-hard'",
    "--augment,           faces,   'none, digits, photos'",
    "--lr-schedule,       linear,  --lr-schedule",
    "--warmup,           -1,       --warmup of 0 to 5 epochs",
    "--warmup,            6,       --warmup of 0 to 5 epochs",
    "--warmup,            NaN,     --warmup of 0 to 5 epochs",
    "--colour,            red,     --colour",
  })
  void refusesASetting(String option, String value, String words) {
    String told = option.equals("--colour") ? "Unknown option" : value;
    assertRefused(2, List.of(words, told, "train --help"), "--data", data, option, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--loss supcon --mining hard        | for the loss supcon a mining of all, found hard",
        "--loss triplet --mining none       | --mining all, semi-hard, hard or distance-weighted",
        "--loss multi-similarity --mining semi-hard | mining of hard, all, found semi-hard",
        "--loss supcon --batch-size 3       | batch size of at least 4",
        "--loss supcon --margin 1           | with a margin, contrastive or triplet; found supcon",
        "--loss triplet --temperature 0.1   | with a temperature, supcon or nt-xent; found triplet",
        "--loss nt-xent --temperature 0     | a temperature above 0, found 0.0",
        "--temperature 0.1                  | --loss supcon or nt-xent, found given pairs",
        "--unlabelled --loss contrastive    | found given pairs",
        "--unlabelled --augment none        | an augmentation where two views",
        "--loss supcon --warmup 21          | --warmup of 0 to 20 epochs",
        "--loss supcon --network koch       | compares embeddings by a mere distance",
        "--loss triplet --network keras-io  | compares embeddings by a mere distance",
        "--mining all --network koch        | compares embeddings by a mere distance",
      })
  void refusesSettingsThatDoNotGoTogether(String options, String words) {
    List<Object> all = new ArrayList<>(List.of("--data", data));
    all.addAll(List.of(options.strip().split(" ")));
    assertRefused(2, List.of(words, "train --help"), all.toArray());
  }

  /** The network alone tells that, so that no data set is read or fetched for it. */
  @Test
  void looksAtTheNetworkBeforeTheData() {
    Path missing = folder.resolve("missing");
    assertRefused(
        2,
        List.of("by a mere distance"),
        "--data",
        missing,
        "--loss",
        "supcon",
        "--network",
        "koch");
  }

  @Test
  void refusesAFolderThatIsNotEmpty() throws IOException {
    Path file = Files.writeString(Files.createDirectories(out).resolve("notes"), "mine");
    assertFails(1, List.of("found files in " + out), "train", "--data", data, "--out", out);
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void refusesAFileAsItsFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    assertFails(1, List.of("found the file " + file), "train", "--data", data, "--out", file);
    Path below = file.resolve("runs").resolve("out");
    assertFails(1, List.of("found " + file), "train", "--data", data, "--out", below);
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void refusesAFolderThatItMayNotWrite() throws IOException {
    Path locked = Files.createDirectories(folder.resolve("locked"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(locked), "root may write to every folder");
    for (Path path : List.of(locked, locked.resolve("out"))) {
      assertFails(1, List.of("can be written", locked), "train", "--data", data, "--out", path);
    }
  }

  @Test
  void looksAtTheFolderBeforeTheData() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    Path missing = folder.resolve("missing");
    assertFails(1, List.of(file), "train", "--data", missing, "--out", file.resolve("out"));
  }
}
