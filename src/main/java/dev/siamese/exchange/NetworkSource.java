package dev.siamese.exchange;

import dev.siamese.data.NamedChoice;
import dev.siamese.keras.Assumptions;
import dev.siamese.keras.KerasConfig;
import dev.siamese.keras.ReadNetwork;
import dev.siamese.network.Distance;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.Network;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the network that a user names: one of this program's, or one that Keras described. */
public final class NetworkSource {
  private static final NamedChoice<NamedNetwork> NETWORKS =
      new NamedChoice<>(NamedNetwork.values(), NamedNetwork::text);

  private NetworkSource() {}

  /**
   * The network of a name, or of a file of what Keras's {@code model.to_json()} says.
   *
   * @param distance of a twin alone, and what a Lambda computes
   * @param output what the network says of pairs, where that is known
   * @param notices is told what is assumed or left out, a sentence each
   * @throws IllegalArgumentException when there is no such network or file, or a distance of a
   *     named network, which has its own
   * @throws IOException when the file cannot be read, or tells no siamese network or twin
   */
  public static SiameseNetwork read(
      String nameOrFile,
      Optional<Distance> distance,
      Optional<OutputKind> output,
      List<String> notices)
      throws IOException {
    Optional<NamedNetwork> named = NETWORKS.find(nameOrFile);
    if (named.isPresent()) {
      if (distance.isPresent()) {
        throw new IllegalArgumentException(
            "expected no --distance beside the network %s, which has its own, found %s"
                .formatted(nameOrFile, distance.get().text()));
      }
      SiameseNetwork network = named.get().network();
      return new SiameseNetwork(network.network(), output.orElse(network.output()));
    }
    Path file = path(nameOrFile);
    ReadNetwork read =
        KerasConfig.read(
            WholeFile.readText(file), file.toString(), new Assumptions(distance, Optional.empty()));
    List<String> remarks = new ArrayList<>(read.notices());
    Network network = read.network();
    try {
      SiameseNetwork siamese =
          Understanding.siamese(network, distance, untrained(network, output, remarks), remarks);
      notices.addAll(Notice.about(file, remarks));
      return siamese;
    } catch (IllegalArgumentException e) {
      throw new IOException("%s in %s".formatted(e.getMessage(), file), e);
    }
  }

  /** Without weights it cannot be asked: only a sigmoid at its end tells. */
  private static Optional<OutputKind> untrained(
      Network network, Optional<OutputKind> output, List<String> notices) {
    if (output.isPresent() || Understanding.isTwin(network)) {
      return output;
    }
    if (Understanding.endsInSigmoid(network)) {
      notices.add(
          "it ends in a sigmoid, whose output is taken for a similarity (--output distance says"
              + " otherwise)");
      return Optional.of(OutputKind.SIMILARITY);
    }
    return Optional.of(OutputKind.DISTANCE);
  }

  private static Path path(String nameOrFile) {
    String expected =
        "expected the network %s or a file of what Keras's to_json() says, found "
            .formatted(NETWORKS.list());
    try {
      Path file = Path.of(nameOrFile);
      if (Files.isDirectory(file)) {
        throw new IllegalArgumentException(expected + "the folder " + nameOrFile);
      }
      if (Files.exists(file)) {
        return file;
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(expected + nameOrFile, e);
    }
    throw new IllegalArgumentException(expected + "neither: " + nameOrFile);
  }
}
