package dev.siamese;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of its own that a test starts; it is killed when it does not end in time. */
public final class Forked {
  private static final long MOST_SECONDS = 300;

  private final Process process;
  private final BufferedReader lines;
  private final Path errors;
  private final StringBuilder output = new StringBuilder();

  private Forked(Process process, Path errors) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
    this.errors = errors;
  }

  /** The command that runs a class of the tests' class path in a Java of its own. */
  public static List<String> java(List<String> flags, Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  /** Starts a process. */
  public static Forked start(ProcessBuilder builder) throws IOException {
    Path errors = Files.createTempFile("forked", ".err");
    Process process = builder.redirectError(errors.toFile()).start();
    CompletableFuture.delayedExecutor(MOST_SECONDS, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
    return new Forked(process, errors);
  }

  /** Starts a process and waits for its end. */
  public static Outcome run(ProcessBuilder builder) throws IOException, InterruptedException {
    return start(builder).await();
  }

  /** Whether the tests run behind a script's "&", which makes all processes below deaf to it. */
  public static boolean ignoresCtrlC() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      String ignored = lines.filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow();
      return (Long.parseUnsignedLong(ignored.split("\\s+")[1], 16) & 0b10) != 0;
    }
  }

  /** Reads what the process prints up to a line that begins like this. */
  public void awaitLine(String beginning) throws IOException, InterruptedException {
    String line;
    do {
      line = lines.readLine();
      if (line == null) {
        fail("ended before a line '" + beginning + "': " + await());
      }
      output.append(line).append('\n');
    } while (!line.startsWith(beginning));
  }

  /** Sends a signal, for instance "INT" as Ctrl-C does. */
  public void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertEquals(0, kill.waitFor(), "cannot send " + name);
  }

  /** Types something, which a terminal may take for a signal. */
  public void type(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Waits for the end. */
  public Outcome await() throws IOException, InterruptedException {
    lines.lines().forEach(line -> output.append(line).append('\n'));
    int exitCode = process.waitFor();
    Outcome outcome = new Outcome(exitCode, output.toString(), Files.readString(errors));
    Files.delete(errors);
    return outcome;
  }
}
