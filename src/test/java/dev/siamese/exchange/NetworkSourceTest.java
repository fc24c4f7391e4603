package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.Messages;
import dev.siamese.keras.KerasConfig;
import dev.siamese.network.Activation;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.Flatten;
import dev.siamese.network.Merge;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkSourceTest {
  private static final Network TWIN =
      NetworkBuilder.chain(
          "twin", TensorShape.of(4, 4, 1), new Flatten(), Dense.of(3, Activation.LINEAR));

  @TempDir Path folder;
  private final List<String> notices = new ArrayList<>();

  private SiameseNetwork read(Object source) throws IOException {
    return read(source, Optional.empty(), Optional.empty());
  }

  private SiameseNetwork read(
      Object source, Optional<Distance> distance, Optional<OutputKind> output) throws IOException {
    return NetworkSource.read(source.toString(), distance, output, notices);
  }

  private Path write(Network network) throws IOException {
    return Files.writeString(folder.resolve("network.json"), KerasConfig.write(network));
  }

  @ParameterizedTest
  @EnumSource
  void knowsTheNamedNetworks(NamedNetwork named) throws IOException {
    assertEquals(named.network(), read(named.text()));
    OutputKind other =
        named.network().output() == OutputKind.DISTANCE
            ? OutputKind.SIMILARITY
            : OutputKind.DISTANCE;
    assertEquals(
        new SiameseNetwork(named.network().network(), other),
        read(named.text(), Optional.empty(), Optional.of(other)));
    assertEquals(List.of(), notices);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> read(named.text(), Optional.of(Distance.COSINE), Optional.empty()))
            .getMessage();
    assertTrue(message.contains(named.text()) && message.endsWith("found cosine"), message);
  }

  @ParameterizedTest
  @EnumSource
  void readsWhatKerasSaysOfNetworks(StoredModels kind) throws IOException {
    SiameseNetwork expected = kind.network();
    Path file = write(expected.network());
    assertEquals(expected, read(file, Optional.empty(), Optional.of(expected.output())));
    assertEquals(List.of(), notices);
  }

  @Test
  void takesASigmoidForASimilarityAndTellsSo() throws IOException {
    Path file = write(StoredModels.KERAS_IO.network().network());
    assertEquals(OutputKind.SIMILARITY, read(file).output());
    assertEquals(
        List.of(
            "It ends in a sigmoid, whose output is taken for a similarity (--output distance says"
                + " otherwise), in %s.".formatted(file)),
        notices);
  }

  @Test
  void anyOtherEndIsADistance() throws IOException {
    Path file = write(StoredModels.SMALL.network().network());
    assertEquals(StoredModels.SMALL.network(), read(file));
    assertEquals(List.of(), notices);
  }

  @Test
  void aTwinIsGivenADistance() throws IOException {
    Path file = write(TWIN);
    assertEquals(SiameseNetwork.of(TWIN, Distance.EUCLIDEAN), read(file));
    assertEquals(
        List.of(
            "It is a twin alone, whose embeddings are compared by their Euclidean distance"
                + " (--distance says otherwise), in %s.".formatted(file)),
        notices);
    notices.clear();
    assertEquals(
        SiameseNetwork.of(TWIN, Distance.MANHATTAN),
        read(file, Optional.of(Distance.MANHATTAN), Optional.empty()));
    assertEquals(List.of(), notices);
  }

  @ParameterizedTest
  @ValueSource(strings = {"refrence", "Reference", "", "missing.json", "a\0b"})
  void refusesWhatIsNeitherANameNorAFile(String name) {
    String message = assertThrows(IllegalArgumentException.class, () -> read(name)).getMessage();
    assertTrue(
        message.startsWith("expected the network reference, keras-io, koch or a file of"), message);
    assertTrue(message.endsWith(name), message);
  }

  @Test
  void refusesAFolder() {
    String message = assertThrows(IllegalArgumentException.class, () -> read(folder)).getMessage();
    assertTrue(message.endsWith("found the folder " + folder), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[1, 2]", "no JSON", "{\"class_name\": \"Functional\"}"})
  void saysWhatIsNoNetwork(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.json"), text);
    Messages.assertFails(() -> read(file), "expected ", file);
  }

  @Test
  void saysWhatIsNoText() throws IOException {
    Path file = Files.write(folder.resolve("bad.json"), new byte[] {(byte) 0xC3, 0x28});
    Messages.assertFails(() -> read(file), "expected a text", file);
  }

  @Test
  void refusesANetworkOfManyValues() throws IOException {
    NetworkBuilder builder = new NetworkBuilder("wide");
    int a = builder.input("a", TensorShape.of(4, 4, 1));
    int b = builder.input("b", TensorShape.of(4, 4, 1));
    int difference = builder.add(new Merge(Merge.Function.SUBTRACT), a, b);
    Path file = write(builder.build(difference));
    Messages.assertFails(() -> read(file), "expected one distance or similarity", file);
  }
}
