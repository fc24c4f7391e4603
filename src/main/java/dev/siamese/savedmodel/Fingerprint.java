package dev.siamese.savedmodel;

import com.google.protobuf.Message;
import dev.siamese.data.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.proto.FingerprintDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;

/**
 * The hashes by which two SavedModel folders can be told apart.
 *
 * <p>TensorFlow compares them with each other, never with the content, and leaves the choice of the
 * hash open; here it is the first 64 bits of SHA-256.
 */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * Hashes all parts.
   *
   * @param checkpointIndex the bytes of variables.index, which hold a checksum of every variable
   */
  static FingerprintDef of(SavedModel model, byte[] checkpointIndex) {
    MetaGraphDef metaGraph = model.getMetaGraphs(0);
    SortedMap<String, SignatureDef> sorted = new TreeMap<>(metaGraph.getSignatureDefMap());
    MessageDigest signatures = Sha256.digest();
    sorted.values().forEach(signature -> signatures.update(SortedBytes.of(signature)));
    return FingerprintDef.newBuilder()
        .setSavedModelChecksum(hash(model))
        .setGraphDefProgramHash(hash(metaGraph.getGraphDef()))
        .setSignatureDefHash(first64(signatures.digest()))
        .setSavedObjectGraphHash(hash(metaGraph.getObjectGraphDef()))
        .setCheckpointHash(first64(Sha256.digest().digest(checkpointIndex)))
        .build();
  }

  private static long hash(Message message) {
    return first64(Sha256.digest().digest(SortedBytes.of(message)));
  }

  private static long first64(byte[] digest) {
    return ByteBuffer.wrap(digest).getLong();
  }
}
