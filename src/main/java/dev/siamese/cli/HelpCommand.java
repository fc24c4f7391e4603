package dev.siamese.cli;

import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siamese help}. Picocli's own has options that collide with those of every command. */
@Command(name = "help", description = "Tells every option of a command.", helpCommand = true)
final class HelpCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "Default: all, in one line each.")
  private String name;

  @Override
  public void run() {
    CommandLine program = spec.commandLine().getParent();
    CommandLine asked = name == null ? program : program.getSubcommands().get(name);
    if (asked == null) {
      Set<String> names = program.getSubcommands().keySet();
      throw new ParameterException(
          spec.commandLine(),
          "expected one of %s, found '%s'%s"
              .formatted(String.join(", ", names), name, NearestWord.question(name, names)));
    }
    asked.usage(program.getOut());
  }
}
