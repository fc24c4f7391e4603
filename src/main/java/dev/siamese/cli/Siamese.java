package dev.siamese.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The command line's entry. */
@Command(
    name = "siamese",
    description = "Trains, examines and exchanges siamese networks.",
    mixinStandardHelpOptions = true,
    versionProvider = Siamese.Version.class,
    scope = ScopeType.INHERIT,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:the work failed", "2:wrong usage", "130:stopped by Ctrl-C"},
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      CompareCommand.class,
      EmbedCommand.class,
      ConvertCommand.class,
      SummaryCommand.class,
      DataCommand.class
    })
public final class Siamese {
  /** The exit code of work that failed. */
  static final int FAILED = 1;

  /** The exit code of work that was stopped by Ctrl-C, as shells have it. */
  static final int STOPPED = 130;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show where an error comes from.")
  private boolean verbose;

  private Siamese() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", String.valueOf(!hasDisplay()));
    // Java would write question marks for the tables' lines where the locale is not a UTF-8 one.
    System.setOut(utf8(FileDescriptor.out));
    System.setErr(utf8(FileDescriptor.err));
    System.exit(run(arguments));
  }

  /** Runs a command and returns its exit code. */
  static int run(String... arguments) {
    Siamese siamese = new Siamese();
    CommandLine commandLine = new CommandLine(siamese).setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    commandLine.setExecutionExceptionHandler(
        (exception, command, parsed) -> siamese.report(exception, command));
    commandLine.setParameterExceptionHandler(Siamese::reportUsage);
    try {
      return commandLine.execute(arguments);
    } catch (LinkageError | OutOfMemoryError e) {
      // No natives for this machine, or data too large for it; picocli hands over exceptions only.
      return siamese.report(e, commandLine);
    }
  }

  private int report(Throwable failure, CommandLine command) {
    if (verbose) {
      failure.printStackTrace(command.getErr());
    } else {
      command.getErr().println("siamese: " + Messages.of(failure));
    }
    return FAILED;
  }

  private static int reportUsage(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    if (arguments.length == 0) {
      command.usage(command.getErr());
    } else {
      command
          .getErr()
          .printf(
              "siamese: %s (see %s --help)%n",
              exception.getMessage(), command.getCommandSpec().qualifiedName());
    }
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static PrintStream utf8(FileDescriptor stream) {
    return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }

  private static boolean hasDisplay() {
    return System.getenv("DISPLAY") != null || !System.getProperty("os.name").equals("Linux");
  }

  /** The version that the jar's manifest tells. */
  static final class Version implements IVersionProvider {
    static String text() {
      String version = Siamese.class.getPackage().getImplementationVersion();
      return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
      return new String[] {"siamese " + text()};
    }
  }
}
