package dev.siamese.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Reads changed samples of a form, one after the other, and prints each that is answered by
 * anything else than a result or a typed error which names it, or too late.
 */
final class HostileFiles {
  private static final long MOST_SECONDS = 5;
  private static final long HOPELESS_SECONDS = 60;

  private HostileFiles() {}

  /** Takes the form, the seed, the number of changes and an empty folder. */
  public static void main(String[] arguments) throws IOException {
    HostileForm form = HostileForm.valueOf(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    int count = Integer.parseInt(arguments[2]);
    Path good = Files.createDirectory(Path.of(arguments[3]).resolve("good"));
    Path sample = form.write(good);
    form.read(sample);
    List<Path> files;
    try (Stream<Path> walk = Files.walk(sample)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(Files.readAllBytes(file));
    }
    PrintStream out = System.out;
    int answered = 0;
    for (int i = 0; i < count; i++) {
      Random random = new Random(seed * 1_000_003 + i);
      int chosen = random.nextInt(files.size());
      Path file = files.get(chosen);
      change(file, contents.get(chosen), i, random);
      out.println("reading " + i);
      answered += isAnswered(form, sample, i, out) ? 1 : 0;
      Files.deleteIfExists(file);
      Files.write(file, contents.get(chosen));
    }
    out.println("answered " + answered + ", refused " + (count - answered));
    System.exit(0);
  }

  private static void change(Path file, byte[] content, int number, Random random)
      throws IOException {
    if (number == 0) {
      Files.write(file, new byte[0]);
    } else if (number == 1) {
      Files.delete(file);
      Files.createSymbolicLink(file, Path.of("/dev/zero"));
    } else if (number == 2) {
      Files.delete(file);
    } else {
      Files.write(file, new Mutation(random).of(content));
    }
  }

  private static boolean isAnswered(HostileForm form, Path sample, int number, PrintStream out) {
    Thread reader = Thread.currentThread();
    Thread watch =
        new Thread(
            () -> {
              try {
                TimeUnit.SECONDS.sleep(HOPELESS_SECONDS);
              } catch (InterruptedException e) {
                return;
              }
              out.println("BAD " + number + ": no end, at " + List.of(reader.getStackTrace()));
              Runtime.getRuntime().halt(3);
            });
    watch.setDaemon(true);
    watch.start();
    long started = System.nanoTime();
    boolean answered = false;
    try {
      form.read(sample);
      answered = true;
    } catch (IOException | IllegalArgumentException e) {
      if (e.getMessage() == null || !e.getMessage().contains("sample")) {
        tell(number, e, out);
      }
    } catch (RuntimeException | Error e) {
      tell(number, e, out);
    } finally {
      watch.interrupt();
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    if (seconds > MOST_SECONDS) {
      out.printf("BAD %d: %.1f s%n", number, seconds);
    }
    return answered;
  }

  private static void tell(int number, Throwable failure, PrintStream out) {
    List<StackTraceElement> trace = List.of(failure.getStackTrace());
    out.println(
        "BAD %d: %s at %s"
            .formatted(
                number,
                failure.toString().replace('\n', ' '),
                trace.subList(0, Math.min(12, trace.size()))));
  }
}
