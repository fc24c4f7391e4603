package dev.siamese.cli;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.siamese.data.Sha256;
import dev.siamese.network.Weights;
import dev.siamese.training.EpochSums;
import dev.siamese.training.History;
import dev.siamese.training.RunState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;

/**
 * What a checkpoint has beside weights and optimizer for a run to go on exactly, as texts that
 * Keras ignores.
 *
 * @param history the epochs so far, to the last digit
 * @param begun what the steps of the next one have summed up to
 */
record ResumePoint(History history, EpochSums begun) {
  private static final String NAME = "resume.json";
  private static final String CHECKSUM = "resume.sha256";

  /** The texts, by name. */
  static Map<String, String> attachments(RunState state) {
    String text = new Gson().toJson(new ResumePoint(state.history(), state.begun()));
    return Map.of(NAME, text, CHECKSUM, checksum(text, state));
  }

  /**
   * Where a run stood.
   *
   * @param attachments of a checkpoint
   * @param read its weights and what its optimizer remembers
   * @param file for messages
   * @throws IOException when it is none of a run, or something in it has changed since
   */
  static RunState state(Map<String, String> attachments, RunState read, Path file)
      throws IOException {
    String text = attachments.get(NAME);
    if (text == null || !attachments.containsKey(CHECKSUM)) {
      throw new IOException("expected a checkpoint of a run (%s), found %s".formatted(NAME, file));
    }
    if (!attachments.get(CHECKSUM).equals(checksum(text, read))) {
      throw new IOException("expected what was written, found another checksum in " + file);
    }
    try {
      ResumePoint point = new Gson().fromJson(text, ResumePoint.class);
      return new RunState(point.history, point.begun, read.weights(), read.optimizer());
    } catch (JsonParseException e) {
      throw new IOException("expected where a run stood, found other text in " + file, e);
    }
  }

  /** Of everything that the rest of the run follows from. */
  private static String checksum(String text, RunState state) {
    MessageDigest digest = Sha256.digest();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(state.optimizer().step()).array());
    add(digest, state.weights());
    state.optimizer().slots().values().forEach(slot -> add(digest, slot));
    return Sha256.hex(digest);
  }

  private static void add(MessageDigest digest, Weights weights) {
    for (int i = 0; i < weights.parameters().size(); i++) {
      Sha256.update(digest, weights.values(i));
    }
  }
}
