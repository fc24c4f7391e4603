package dev.siamese.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

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
      SearchCommand.class,
      IndexCommand.class,
      SummaryCommand.class,
      DataCommand.class,
      PlotCommand.class,
      HelpCommand.class,
      CompletionCommand.class
    })
public final class Siamese {
  /** The exit code of work that failed. */
  static final int FAILED = 1;

  /** The exit code of work that was stopped by Ctrl-C, as shells have it. */
  static final int STOPPED = 130;

  /** Set by the start script. */
  private static final String COMMAND = "siamese.command";

  /** It tells of newer versions of itself and of Java; kept, as loggers are forgotten otherwise. */
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show where an error comes from.")
  private boolean verbose;

  private Siamese() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    Surroundings.settle();
    // Java would write question marks for the tables' lines where the locale is not a UTF-8 one.
    System.setOut(utf8(FileDescriptor.out));
    System.setErr(utf8(FileDescriptor.err));
    LUCENE.setLevel(Level.SEVERE);
    int exitCode = run(arguments);
    // A PrintStream keeps quiet about a full disk and a closed pipe.
    if (System.out.checkError() && exitCode == CommandLine.ExitCode.OK) {
      System.err.println("siamese: the result could not be written to the standard output");
      exitCode = FAILED;
    }
    System.exit(exitCode);
  }

  /** How the program was started, for commands that a user can copy. */
  static String command() {
    return System.getProperty(COMMAND, "siamese");
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
              "siamese: %s%s (see %s --help)%n",
              exception.getMessage(),
              suggestion(exception),
              command.getCommandSpec().qualifiedName());
    }
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** What was probably meant by a command or an option that there is none of. */
  private static String suggestion(ParameterException exception) {
    if (!(exception instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    CommandLine command = exception.getCommandLine();
    String word = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
    return NearestWord.question(
        word,
        unmatched.isUnknownOption()
            ? command.getCommandSpec().optionsMap().keySet()
            : command.getSubcommands().keySet());
  }

  private static PrintStream utf8(FileDescriptor stream) {
    return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
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
