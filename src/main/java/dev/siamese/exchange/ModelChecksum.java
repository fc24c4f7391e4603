package dev.siamese.exchange;

import dev.siamese.data.Sha256;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.Layer;
import dev.siamese.network.Network;
import dev.siamese.network.Parameter;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/** The checksums of {@link SearchableModel}. */
final class ModelChecksum {
  private ModelChecksum() {}

  static String of(TrainedNetwork model) {
    MessageDigest digest = Sha256.digest();
    add(digest, model.preparation().toString());
    Network twin = model.network().twin().inlined();
    for (int node = 0; node < twin.nodes().size(); node++) {
      Layer layer = twin.layer(node).layer();
      if (layer.whileTraining() != Layer.WhileTraining.DROPS) {
        add(digest, layer + " of " + twin.nodes().get(node).inputs());
      }
    }
    Weights weights = model.weights();
    for (int i = 0; i < weights.parameters().size(); i++) {
      Parameter parameter = weights.parameters().get(i);
      add(digest, parameter.shape().toString());
      Sha256.update(digest, weights.values(i));
    }
    return Sha256.hex(digest);
  }

  static String ofFiles(Path folder, ModelHints hints) throws IOException {
    MessageDigest digest = Sha256.digest();
    add(digest, List.of(hints.served(), hints.values(), hints.fit(), hints.ink()).toString());
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      add(digest, folder.relativize(file).toString());
      digest.update(Files.readAllBytes(file));
    }
    return Sha256.hex(digest);
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
