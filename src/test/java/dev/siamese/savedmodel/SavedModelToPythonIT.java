package dev.siamese.savedmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.Python;
import dev.siamese.data.PairedImages;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.OutputKind;
import dev.siamese.network.Parameter;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Java exports, in the hands of Python. */
class SavedModelToPythonIT {
  private static final List<String> CHECKS =
      List.of(
          "tensorflow 2 object",
          "variables",
          "signatures",
          "calls",
          "gradients",
          "fine tuning",
          "saved again",
          "keras layer",
          "tensorflow 1 session",
          "saved model cli",
          "tensorflow lite",
          "golden pairs");

  /** What there is nothing to check of. */
  private static final Map<ServedNetworks, List<String>> ABSENT =
      Map.of(ServedNetworks.PIXELS, List.of("gradients", "fine tuning"));

  private static @TempDir Path temporary;

  /** By network and check. */
  private static final Map<String, String> VERIFICATION = new HashMap<>();

  @BeforeAll
  static void exportAndVerify() throws IOException {
    for (ServedNetworks network : ServedNetworks.values()) {
      Path folder = temporary.resolve(network.name());
      SavedModels.write(folder, network);
      PairedImages samples = network.samples(10);
      write(folder.resolve("image1"), inputs(network, samples, samples.pairs().first()));
      write(folder.resolve("image2"), inputs(network, samples, samples.pairs().second()));
    }
    String output =
        Python.run(
            "-c",
            """
            import sys
            from pathlib import Path
            from quiet_tensorflow import tf
            import numpy as np
            from verify_savedmodel import Verification, run
            for folder in Path(sys.argv[1]).iterdir():
                print("##", folder.name)
                again = folder / "again"
                run(Verification(folder, str(again)))
                model, tuned = tf.saved_model.load(folder), tf.saved_model.load(again)
                signature = model.signatures["embed"]
                (spec,) = signature.structured_input_signature[1].values()
                image1, image2 = (np.fromfile(folder / name, np.float32).reshape(-1, *spec.shape[1:])
                                  for name in ("image1", "image2"))
                model.embed(image1).numpy().tofile(folder / "embeddings")
                # A single argument needs no name.
                embedding = signature(tf.constant(image1))["embedding"]
                assert (embedding == model.embed(images=image1)).numpy().all()
                (name,) = model.signatures["serving_default"].structured_outputs
                getattr(model, name)(image1, image2).numpy().tofile(folder / "outputs")
                getattr(tuned, name)(image1, image2).numpy().tofile(folder / "tuned")
                same = model.predict(image1, image2)["same"].numpy()
                same.astype(np.float32).tofile(folder / "same")
                for i, variable in enumerate(model.variables):
                    variable.numpy().tofile(folder / f"variable{i}")
                (folder / "names").write_text(
                    "".join(f"{v.name.removesuffix(':0')} {tuple(v.shape)} {v.trainable}\\n"
                            for v in model.variables))
            """,
            temporary.toString());
    String network = "";
    for (String line : output.lines().toList()) {
      if (line.startsWith("## ")) {
        network = line.substring(3);
      } else if (line.contains("  ")) {
        VERIFICATION.put(network + " " + line.split(" {2,}")[0], line);
      }
    }
  }

  private static float[] inputs(ServedNetworks network, PairedImages samples, int[] positions) {
    return PlainAnswers.inputs(network.model(), samples.images(), positions);
  }

  private static void write(Path file, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }

  static Stream<Object[]> checks() {
    return Stream.of(ServedNetworks.values())
        .flatMap(network -> CHECKS.stream().map(check -> new Object[] {network, check}));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void works(ServedNetworks network, String check) {
    String line =
        VERIFICATION.getOrDefault(network + " " + check, "no such line in " + VERIFICATION);
    boolean absent = ABSENT.getOrDefault(network, List.of()).contains(check);
    assertTrue(line.matches(check + (absent ? " +absent *" : " +ok .*")), line);
    assertEquals(ServedNetworks.values().length * CHECKS.size(), VERIFICATION.size());
  }

  @ParameterizedTest
  @EnumSource
  void computesInPythonWhatTheNetworkDoes(ServedNetworks network) throws IOException {
    Path folder = temporary.resolve(network.name());
    ServedNetwork model = network.model();
    PairedImages samples = network.samples(10);
    float[] outputs = floats(network, "outputs");
    assertClose(PlainAnswers.outputs(model, samples), outputs);
    assertClose(
        PlainAnswers.embeddings(model, samples.images(), samples.pairs().first()),
        floats(network, "embeddings"));
    float[] same = floats(network, "same");
    for (int pair = 0; pair < same.length; pair++) {
      boolean expected =
          model.trained().network().output() == OutputKind.DISTANCE
              ? outputs[pair] < ServedNetworks.THRESHOLD
              : outputs[pair] > ServedNetworks.THRESHOLD;
      assertEquals(expected ? 1 : 0, same[pair]);
    }
    List<Parameter> parameters = model.trained().network().network().parameters();
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < parameters.size(); i++) {
      assertArrayEquals(
          model.trained().weights().values(i), RawArrays.floats(folder.resolve("variable" + i)));
      String shape = parameters.get(i).shape().toString().replaceFirst("^\\((\\d+)\\)$", "($1,)");
      String trainable = parameters.get(i).trainable() ? "True" : "False";
      String name = VariableNames.of(parameters).get(i);
      names.append("%s %s %s\n".formatted(name, shape, trainable));
    }
    assertEquals(names.toString(), Files.readString(folder.resolve("names")));
  }

  /** What Python fine-tuned and saved again is a model for Java as the first one was. */
  @ParameterizedTest
  @EnumSource
  void readsWhatPythonSavedAgain(ServedNetworks network) throws IOException {
    PairedImages samples = network.samples(10);
    float[] tuned = floats(network, "tuned");
    Path folder = temporary.resolve(network.name()).resolve("again");
    SavedModelReader reader = SavedModelReader.open(folder);
    assertEquals(Optional.of(network.network().output()), reader.output());
    LoadSettings settings =
        new LoadSettings(SessionSettings.defaults(), network.range(), Optional.empty());
    try (ServedModel served = reader.load(settings, notice -> {})) {
      assertClose(tuned, served.compare(samples.images(), samples.pairs()));
    }
    Weights weights = reader.weights(network.network());
    assertClose(tuned, PlainAnswers.outputs(network.model(weights), samples));
    assertEquals(
        SavedModelReader.open(temporary.resolve(network.name())).threshold(), reader.threshold());
    if (!network.network().network().trainableParameters().isEmpty()) {
      double change = SignatureAnswers.euclidean(tuned, floats(network, "outputs"));
      assertTrue(change > 1e-3, () -> "tuned by " + change);
    }
  }

  private static float[] floats(ServedNetworks network, String name) throws IOException {
    return RawArrays.floats(temporary.resolve(network.name()).resolve(name));
  }

  private static void assertClose(float[] expected, float[] found) {
    float greatest = 1;
    for (float value : expected) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    assertArrayEquals(expected, found, 1e-5f * greatest);
  }
}
