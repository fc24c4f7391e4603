package dev.siamese.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code siamese completion}. */
@Command(
    name = "completion",
    description =
        "Prints what lets bash and zsh complete commands and options: source <(siamese"
            + " completion)")
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().print(AutoComplete.bash("siamese", spec.commandLine().getParent()));
    spec.commandLine().getOut().flush();
  }
}
