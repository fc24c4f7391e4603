package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.Messages;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what the real Keras saved. */
class KerasSavedFilesIT {
  @TempDir static Path folder;

  @BeforeAll
  static void save() {
    Python.run("src/test/python/save_keras_files.py", folder.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "lambda, lambda.keras",
    "lambda, lambda.weights.h5",
    "lambda, lambda-twin.keras",
    "lambda, lambda-twin.weights.h5",
    "lambda-free, lambda-free.keras",
    "lambda-free, lambda-free.weights.h5",
    "lambda-free, lambda-free-twin.keras",
    "lambda-free, lambda-free-twin.weights.h5"
  })
  void readsEveryBitOfTheWeights(String network, String file) throws IOException {
    StoredModel read = ModelStore.read(folder.resolve(file));
    assertEquals(RawArrays.read(folder.resolve(network + "-weights.bin")), read.weights());
    assertEquals(StoredModel.of(read.weights()), read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lambda-trained", "lambda-free-trained"})
  void readsEveryBitOfAdam(String name) throws IOException {
    for (String ending : new String[] {".keras", ".weights.h5"}) {
      Checkpoint read = ModelStore.read(folder.resolve(name + ending)).checkpoint().orElseThrow();
      assertEquals(3, read.state().step());
      assertEquals(RawArrays.read(folder.resolve(name + "-weights.bin")), read.state().weights());
      assertEquals(RawArrays.read(folder.resolve(name + "-first.bin")), read.state().firstMoment());
      assertEquals(
          RawArrays.read(folder.resolve(name + "-second.bin")), read.state().secondMoment());
      assertEquals(0.004f, read.adam().learningRate());
      assertEquals(0.4, read.dropout());
    }
  }

  @Test
  void readsAdamsSettings() throws IOException {
    Checkpoint read =
        KerasFile.read(folder.resolve("lambda-trained.keras")).checkpoint().orElseThrow();
    assertEquals(0.7, read.adam().beta1());
    assertEquals(0.999, read.adam().beta2());
    assertEquals(1e-5, read.adam().epsilon());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bad-keras2.h5              | the layout of Keras 2",
        "bad-rescaling.keras        | a layer Conv2D, found Rescaling",
        "bad-normalization.keras    | found UnitNormalization",
        "bad-dense.weights.h5       | three convolutions and a dense layer",
        "bad-huge.weights.h5        | (1099511627776)",
        "bad-compressed.weights.h5  | uncompressed float32 in /layers/conv2d/vars/1",
        "bad-double.weights.h5      | found double of 8 bytes",
        "bad-external.weights.h5    | damaged or different",
        "bad-link.weights.h5        | /layers/conv2d/vars/1",
      })
  void refusesWhatIsNotTheNetwork(String file, String message) {
    Messages.assertFails(() -> ModelStore.read(folder.resolve(file)), message, file);
  }
}
