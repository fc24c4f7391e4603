package dev.siamese.cli;

import com.google.gson.stream.JsonWriter;
import dev.siamese.data.AtomicFile;
import dev.siamese.training.StepProfile;
import dev.siamese.training.StepProfile.Cost;
import dev.siamese.training.StepProfile.Operation;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** Shows where the time of a training step goes. */
final class ProfileReport {
  private static final int MOST = 10;

  private ProfileReport() {}

  static void print(StepProfile profile, PrintStream words) {
    words.printf("The %d costliest operations of a training step:%n", MOST);
    words.println("  milliseconds  times  operation");
    for (Cost cost : profile.costliest(MOST)) {
      words.printf(Locale.ROOT, "  %12.2f  %5.0f  %s%n", cost.millis(), cost.count(), cost.type());
    }
  }

  /**
   * Writes the operations on a time line in microseconds, as the trace viewers of Chrome and
   * Perfetto read it.
   *
   * @see <a
   *     href="https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU">Trace
   *     Event Format</a>, complete events
   */
  static void writeTrace(Path file, StepProfile profile) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          JsonWriter json = new JsonWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          long first = profile.operations().get(0).startNanos();
          json.beginObject().name("traceEvents").beginArray();
          for (Operation operation : profile.operations()) {
            json.beginObject();
            json.name("name").value(operation.type());
            json.name("ph").value("X");
            json.name("ts").value((operation.startNanos() - first) / 1e3);
            json.name("dur").value(operation.nanos() / 1e3);
            json.name("pid").value(1);
            json.name("tid").value(operation.lane());
            json.name("args").beginObject().name("operation").value(operation.name()).endObject();
            json.endObject();
          }
          json.endArray().endObject().flush();
        });
  }
}
