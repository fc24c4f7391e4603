package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.siamese.Forked;
import dev.siamese.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/siamese} in a copy of the project that is not built, or not whole any more. */
class FirstStartsIT {
  private static final int STARTS = 4;

  @TempDir Path project;
  private Path built;

  @BeforeEach
  void copyProject() throws IOException {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "checked on Linux");
    built = Path.of("target").toAbsolutePath();
    assumeTrue(Files.exists(built.resolve("classpath")), "needs the packaged project");
    for (String file : List.of("scripts/siamese", "pom.xml")) {
      Path copy = project.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of(file), copy);
    }
    Files.createDirectories(project.resolve("src/main"));
    // What takes Maven a minute: the jar, the libraries and their list, and a line for each build.
    builds(
        """
        echo built >> builds
        mkdir -p target/lib
        cp %1$s/siamese.jar target
        ln -sf %1$s/lib/* target/lib
        sed "s#%1$s#$PWD/target#g" %1$s/classpath > target/classpath
        """
            .formatted(built));
  }

  private void builds(String script) throws IOException {
    Path maven = project.resolve("mvnw");
    Files.writeString(maven, "#!/bin/sh -e\n" + script);
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Forked start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(project.resolve("scripts/siamese").toString(), "--version");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return Forked.start(builder);
  }

  @Test
  void ofSeveralAtOnceOneBuildsAndMakesTheArchive() throws Exception {
    List<Forked> starts = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      starts.add(start());
    }
    int building = 0;
    for (Forked start : starts) {
      Outcome outcome = start.await();
      assertEquals(0, outcome.exitCode(), outcome.toString());
      assertTrue(outcome.output().matches("siamese \\d+\\.\\d+.*\n"), outcome.toString());
      building += outcome.errors().equals("building siamese …\n") ? 1 : 0;
    }
    assertEquals(1, building);
    assertEquals("built\n", Files.readString(project.resolve("builds")));
    try (Stream<Path> files = Files.list(project.resolve("target"))) {
      assertEquals(
          List.of(
              "classes-%s.jsa".formatted(System.getProperty("java.runtime.version")),
              "classpath",
              "lib",
              "siamese.jar"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void whatIsNotWholeIsBuiltAgain() throws Exception {
    start().await();
    Path library;
    try (Stream<Path> files = Files.list(project.resolve("target/lib"))) {
      library = files.filter(file -> file.toString().contains("picocli")).findFirst().orElseThrow();
    }
    Files.delete(library);
    Outcome outcome = start().await();
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertEquals("built\nbuilt\n", Files.readString(project.resolve("builds")));

    Files.delete(library);
    builds("echo no network; exit 1");
    start().await().assertFailed(1, "expected to build it in " + project);
  }

  /** As a clone has them that was made while the clock was ahead. */
  @Test
  void filesOfTomorrowAreBuiltAndArchivedOnce() throws Exception {
    FileTime tomorrow = FileTime.from(Instant.now().plus(Duration.ofDays(1)));
    Files.setLastModifiedTime(project.resolve("pom.xml"), tomorrow);
    assertEquals(0, start().await().exitCode());
    Object archive = archive();
    Outcome again = start().await();
    assertEquals("", again.errors());
    assertEquals(archive, archive(), "the archive of classes is the same file");
    assertEquals("built\n", Files.readString(project.resolve("builds")));
  }

  private Object archive() throws IOException {
    Path archive =
        project
            .resolve("target")
            .resolve("classes-%s.jsa".formatted(System.getProperty("java.runtime.version")));
    return Files.readAttributes(archive, BasicFileAttributes.class).fileKey();
  }
}
