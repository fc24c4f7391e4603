package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.Outcome;
import dev.siamese.data.ValueRange;
import dev.siamese.exchange.ModelHints;
import dev.siamese.keras.KerasConfig;
import dev.siamese.network.Activation;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.Flatten;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ModelOptionsTest {
  private static final Network TWIN =
      NetworkBuilder.chain(
          "twin", TensorShape.of(4, 4, 1), new Flatten(), Dense.of(3, Activation.LINEAR));

  @TempDir Path folder;

  @Command
  private static final class Taker {
    @Mixin private ModelOptions options;
  }

  private static ModelHints hints(String... arguments) throws IOException {
    Taker taker = new Taker();
    new CommandLine(taker).parseArgs(arguments);
    return taker.options.hints();
  }

  @Test
  void sayNothingOfThemselves() throws IOException {
    assertEquals(ModelHints.NONE, hints());
  }

  @ParameterizedTest
  @EnumSource
  void nameEveryNetwork(NamedNetwork network) throws IOException {
    assertEquals(Optional.of(network.network()), hints("--network", network.text()).network());
  }

  @ParameterizedTest
  @EnumSource
  void nameEveryDistance(Distance distance) throws IOException {
    assertEquals(Optional.of(distance), hints("--distance", distance.text()).distance());
    Path file = Files.writeString(folder.resolve("twin.json"), KerasConfig.write(TWIN));
    assertEquals(
        Optional.of(SiameseNetwork.of(TWIN, distance)),
        hints("--network", file.toString(), "--distance", distance.text()).network());
  }

  @ParameterizedTest
  @EnumSource
  void nameEveryRangeOfValues(ValueRange values) throws IOException {
    assertEquals(Optional.of(values), hints("--values", values.text()).values());
    assertEquals(Optional.of(values), hints("--values=" + values.text()).values());
  }

  @ParameterizedTest
  @EnumSource
  void nameEveryKindOfOutput(OutputKind kind) throws IOException {
    assertEquals(Optional.of(kind), hints("--output", kind.text()).output());
    assertEquals(
        Optional.of(kind),
        hints("--output", kind.text(), "--network", "koch").network().map(SiameseNetwork::output));
  }

  static Stream<List<String>> commands() {
    return Stream.of(
        List.of("compare", "MODEL", "a.png", "b.png"),
        List.of("evaluate", "MODEL"),
        List.of("embed", "MODEL", "a.png", "--out", "e.csv"),
        List.of("convert", "MODEL", "c.keras"),
        List.of("summary", "MODEL"),
        List.of("summary"),
        List.of("train", "--from", "MODEL"));
  }

  /** Before a file is looked for: MODEL is none. */
  @ParameterizedTest
  @CsvSource({
    "--network,  refrence,  'expected the network reference, keras-io, koch or a file', neither",
    "--distance, Euclidean, 'euclidean, squared-euclidean, manhattan, cosine for --dist', Euclidean",
    "--distance, '',        'euclidean, squared-euclidean, manhattan, cosine for --dist', found",
    "--values,   0-255,     'expected one of 0..1, 0..255, -1..1 for --values', found 0-255",
    "--values,   255,       'expected one of 0..1, 0..255, -1..1 for --values', found 255",
    "--output,   same,      'expected one of distance, similarity for --output', found same",
    "--output,   Distance,  'expected one of distance, similarity for --output', found Distance",
  })
  void areRefusedByEveryCommand(String option, String value, String expected, String found) {
    for (List<String> command : commands().toList()) {
      List<Object> arguments = new ArrayList<>(command);
      arguments.add(option + "=" + value);
      Outcome outcome = Console.run(arguments.toArray());
      outcome.assertFailed(2, expected, found, command.get(0) + " --help");
      assertEquals(1, outcome.errors().lines().count(), outcome.errors());
      assertEquals("", outcome.output());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--network=reference --distance=cosine, expected no --distance beside the network reference",
    "--network=koch --distance=euclidean, expected no --distance beside the network koch",
  })
  void areRefusedWhereTheyContradictEachOther(String options, String words) {
    List<Object> arguments = new ArrayList<>(List.of("summary"));
    arguments.addAll(Arrays.asList(options.split(" ")));
    Console.run(arguments.toArray()).assertFailed(2, words, "summary --help");
  }

  @Test
  void aFileThatIsNoNetworkIsNoWrongUsage() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.json"), "{}");
    Console.run("summary", "--network", file).assertFailed(1, "expected ", file);
  }

  @Test
  void whatIsAssumedOfANetworksFileIsTold() throws IOException {
    Path file = Files.writeString(folder.resolve("twin.json"), KerasConfig.write(TWIN));
    Outcome outcome = Console.succeed("summary", "--network", file);
    ForeignModels.assertNotice(
        "It is a twin alone, whose embeddings are compared", file, outcome.errors());
    assertEquals(
        "", Console.succeed("summary", "--network", file, "--distance", "cosine").errors());
  }
}
