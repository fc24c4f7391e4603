package dev.siamese.savedmodel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/** SavedModel folders for tests, good ones and damaged ones. */
final class SavedModels {
  private static final Map<ServedNetworks, Map<String, byte[]>> WRITTEN =
      new EnumMap<>(ServedNetworks.class);

  private SavedModels() {}

  static Path write(Path folder, ServedNetworks network) throws IOException {
    SavedModelWriter.write(folder, network.model(), network.samples(20));
    return folder;
  }

  /** As {@link #write}, which it calls once a network only, as many tests begin so. */
  static Path copy(Path folder, ServedNetworks network) throws IOException {
    if (!WRITTEN.containsKey(network)) {
      write(folder, network);
      Map<String, byte[]> content = new HashMap<>();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          content.put(folder.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
      WRITTEN.put(network, content);
      return folder;
    }
    for (Map.Entry<String, byte[]> file : WRITTEN.get(network).entrySet()) {
      Path copy = folder.resolve(file.getKey());
      Files.createDirectories(copy.getParent());
      Files.write(copy, file.getValue());
    }
    return folder;
  }

  /** Changes what saved_model.pb says. */
  static void edit(Path folder, Consumer<MetaGraphDef.Builder> change) throws IOException {
    Path file = folder.resolve("saved_model.pb");
    SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    change.accept(model.getMetaGraphsBuilder(0));
    Files.write(file, model.build().toByteArray());
  }
}
