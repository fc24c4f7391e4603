package dev.siamese;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs that README, the site's pages and the javadoc print, as printed, and benchmarks. */
class LibraryExamplesIT {
  private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");
  private static final Pattern JAVADOC = Pattern.compile("(?s)<pre>\\{@code\n(.*?)\n \\* }</pre>");
  private static final Pattern NAME = Pattern.compile("class (\\w+)");

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir Path folder;

  private static List<String> blocks(String page) throws Exception {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(Path.of(page)));
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  @Test
  void runAsPrinted() throws Exception {
    copyModel();
    for (long seed : new long[] {1, 2}) {
      Path file = folder.resolve(seed == 1 ? "a.png" : "b.png");
      ImageIO.write(SiameseModelTest.picture(seed), "png", file.toFile());
    }
    assertEquals(List.of("true|false"), patterns(blocks("README.md")));
    assertEquals(
        List.of("(true|false) at a distance of \\d\\.\\d+\n128 values", "a.png\nb.png"),
        patterns(blocks("src/site/library.md")));
    assertEquals(List.of("(true|false) \\d\\.\\d+"), patterns(List.of(javadoc())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Benchmark", "SearchBenchmark"})
  void benchmarksCompile(String program) {
    compile(Path.of("scripts", program + ".java"));
  }

  private static String javadoc() throws Exception {
    Path source = Path.of("src/main/java/dev/siamese/SiameseModel.java");
    Matcher matcher = JAVADOC.matcher(Files.readString(source));
    assertTrue(matcher.find(), "no example in " + source);
    return "import dev.siamese.*; import java.nio.file.*; class Javadoc {"
        + " public static void main(String[] arguments) throws Exception {"
        + matcher.group(1).replaceAll("(?m)^ \\* ?", "")
        + "}}";
  }

  /** Which of the expected outputs each of the programs printed; what it printed if none. */
  private List<String> patterns(List<String> programs) throws Exception {
    List<String> known =
        List.of(
            "true|false",
            "(true|false) at a distance of \\d\\.\\d+\n128 values",
            "a.png\nb.png",
            "(true|false) \\d\\.\\d+");
    List<String> found = new ArrayList<>();
    for (String program : programs) {
      String output = output(program);
      found.add(known.stream().filter(output::matches).findFirst().orElse(output));
    }
    return found;
  }

  private String output(String program) throws Exception {
    Matcher name = NAME.matcher(program);
    assertTrue(name.find(), program);
    Path source = folder.resolve(name.group(1) + ".java");
    Files.writeString(source, program);
    compile(source);
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder + System.getProperty("path.separator") + CLASS_PATH,
                name.group(1))
            .directory(folder.toFile());
    Outcome outcome = Forked.run(java);
    assertEquals(0, outcome.exitCode(), outcome::toString);
    return outcome.output().strip();
  }

  private void compile(Path source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    List<String> options =
        List.of("-cp", CLASS_PATH, "-d", folder.toString(), "-Xlint:all,-path", "-Werror");
    boolean compiled =
        compiler
            .getTask(
                errors,
                null,
                null,
                options,
                null,
                compiler
                    .getStandardFileManager(null, null, null)
                    .getJavaFileObjects(source.toFile()))
            .call();
    assertTrue(compiled, () -> source + ": " + errors);
  }

  private void copyModel() throws Exception {
    Path model = Path.of("savedmodel");
    try (Stream<Path> files = Files.walk(model)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve("savedmodel").resolve(model.relativize(file).toString()));
      }
    }
  }
}
