package dev.siamese.cli;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The options that a run was begun with, which config.json keeps so that it can be gone on with.
 */
final class RunArguments {
  /** Their place in config.json. */
  static final String NAME = "arguments";

  private static final String THREADS = "--threads";

  /** Of a process rather than of the run. */
  private static final Set<String> OF_PROCESS =
      Set.of("--resume", "--out", "--verbose", "--show", "--profile", "--json");

  /** What may be another when a run goes on; of the data a checksum is compared. */
  private static final Set<String> MAY_CHANGE =
      Set.of("--epochs", "--checkpoint-minutes", "--data-dir", "--svg", "--tensorboard");

  /** What is needed of config.json; absent members are null. */
  private record Config(List<String> arguments) {}

  private RunArguments() {}

  /**
   * The options of a command, by which it does the same on any machine.
   *
   * @param threads that it uses
   */
  static List<String> of(CommandSpec command, int threads) {
    List<String> all = new ArrayList<>();
    for (OptionSpec option : given(command)) {
      if (!OF_PROCESS.contains(option.longestName())) {
        all.addAll(text(option));
      }
    }
    if (!command.commandLine().getParseResult().hasMatchedOption(THREADS)) {
      all.add(THREADS + "=" + threads);
    }
    return all;
  }

  /**
   * The command that a run was begun with, for this folder.
   *
   * @param given the command that goes on with it
   * @throws ParameterException when that has an option that would change the run
   * @throws IOException when the run's options are not known
   */
  static TrainCommand replay(CommandSpec given, RunFolder folder) throws IOException {
    List<String> all = new ArrayList<>();
    for (String argument : read(folder)) {
      String name = argument.replaceFirst("=.*", "");
      boolean isOther =
          MAY_CHANGE.contains(name) && given.commandLine().getParseResult().hasMatchedOption(name);
      if (!isOther && !OF_PROCESS.contains(name)) {
        all.add(argument);
      }
    }
    for (OptionSpec option : given(given)) {
      String name = option.longestName();
      if (MAY_CHANGE.contains(name) || OF_PROCESS.contains(name) && !option.inherited()) {
        all.addAll(text(option));
      }
    }
    TrainCommand command = new TrainCommand();
    CommandLine line = new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true);
    try {
      line.parseArgs(all.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new IOException(
          "expected the options of a run, found others in %s: %s"
              .formatted(folder.config(), e.getMessage()),
          e);
    }
    for (OptionSpec option : given(given)) {
      String name = option.longestName();
      if (!MAY_CHANGE.contains(name) && !OF_PROCESS.contains(name)) {
        requireSame(given, option, line.getCommandSpec().findOption(name));
      }
    }
    return command;
  }

  private static void requireSame(CommandSpec command, OptionSpec given, OptionSpec begun) {
    if (!Objects.deepEquals(given.getValue(), begun.getValue())) {
      throw new ParameterException(
          command.commandLine(),
          "%s would change the run: expected %s, as it was begun with, found %s"
              .formatted(
                  given.longestName(),
                  begun.getValue() == null ? "none" : begun.getValue(),
                  given.getValue()));
    }
  }

  private static List<OptionSpec> given(CommandSpec command) {
    return command.commandLine().getParseResult().matchedOptions();
  }

  /** An option as it can be given again. */
  private static List<String> text(OptionSpec option) {
    String name = option.longestName();
    if (option.getValue() instanceof Boolean given) {
      return List.of(given ? name : name.replaceFirst("--", "--no-"));
    }
    return option.originalStringValues().stream().map(value -> name + "=" + value).toList();
  }

  private static List<String> read(RunFolder folder) throws IOException {
    try {
      Config config = new Gson().fromJson(folder.readConfig(), Config.class);
      if (config != null && config.arguments != null) {
        if (config.arguments.contains(null)) {
          throw new JsonParseException("an option that is null");
        }
        return config.arguments;
      }
    } catch (JsonParseException e) {
      throw new IOException(
          "expected the settings of a run, found other text in " + folder.config(), e);
    }
    throw new IOException(
        "expected the options of a run (%s), found none in %s: an older version wrote it, and --from"
                .formatted(NAME, folder.config())
            + " goes on from its model");
  }
}
