package dev.siamese.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Tells wrong usage from work that failed. */
final class Usage {
  private Usage() {}

  /** What options and arguments amount to. */
  @FunctionalInterface
  interface Settings<T> {
    T get() throws IOException;
  }

  /**
   * Checks options and arguments.
   *
   * @throws ParameterException when they are refused with an IllegalArgumentException
   */
  static <T> T checked(CommandSpec command, Settings<T> settings) throws IOException {
    try {
      return settings.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
