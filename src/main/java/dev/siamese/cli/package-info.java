/**
 * The command line: one class a command, wiring the other packages together. Nothing imports this
 * one.
 *
 * <p>Start at {@link dev.siamese.cli.Siamese}, which lists the commands and turns what they throw
 * into one line and an exit code. {@code train} is checked and set up by {@code TrainCommand}, run
 * by {@code TrainingRun}, and leaves its files in a {@code RunFolder}; {@code EpochProgress} and
 * {@code EpochRecorder} listen to it. Results go to the standard output, progress and notices to
 * the standard error output.
 */
package dev.siamese.cli;
