package dev.siamese.savedmodel;

import dev.siamese.data.ValueRange;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Writes a network of 39 million parameters and reads its weights back; prints the most memory in
 * kB that this process had until each, and whether the weights are the same.
 */
final class LargeNetwork {
  private static final Path STATUS = Path.of("/proc/self/status");

  private LargeNetwork() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    SiameseNetwork network = NamedNetwork.KOCH.network();
    Weights weights = Weights.initial(network.network(), new SplittableRandom(1));
    SavedModelWriter.write(
        folder,
        new ServedNetwork(
            new TrainedNetwork(network, weights, ValueRange.ZERO_TO_ONE), 0.5, Map.of()),
        ServedNetworks.samples(network, 4));
    System.out.println(mostKilobytes());
    boolean isSame = SavedModelReader.open(folder).weights(network).equals(weights);
    System.out.println(mostKilobytes());
    System.out.println(isSame);
  }

  private static long mostKilobytes() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
