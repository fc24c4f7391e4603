package dev.siamese.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option to print a result for a program. */
final class JsonResult {
  private static final Gson GSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .serializeSpecialFloatingPointValues()
          .create();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  boolean isAsked() {
    return json;
  }

  /** Prints a result, whose members keep their order. */
  static void print(Map<String, Object> result) {
    System.out.println(GSON.toJson(result));
  }
}
