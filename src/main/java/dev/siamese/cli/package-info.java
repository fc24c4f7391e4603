/**
 * The command line: one class a command, wiring the other packages together. Nothing imports this
 * one.
 *
 * <p>Start at {@link dev.siamese.cli.Siamese}, which lists the commands and turns what they throw
 * into one line and an exit code. Results go to the standard output, progress and notices to the
 * standard error output. What else is here belongs to one of these:
 *
 * <ul>
 *   <li>Every command: the options it shares with others ({@code ModelOptions}, {@code
 *       DataOptions}, {@code ImageOptions}, {@code OptimizerOptions}, {@code PrecisionOption},
 *       {@code JsonResult}), what it says ({@code Messages}, {@code Terminal}, {@code Usage},
 *       {@code NearestWord}, {@code ModelHelp}) and draws ({@code Pictures}).
 *   <li>{@code train} is checked and set up by {@code TrainCommand}, with {@code Resumption} and
 *       {@code EarlierRun} for what {@code --from} brings along, run by {@code TrainingRun}, and
 *       leaves its files in a {@code RunFolder} ({@code RunConfig}, {@code HistoryFile}). {@code
 *       EpochRecorder}, {@code EpochProgress} and the {@code Watchers} listen to it.
 *   <li>{@code evaluate}, and the end of every training, ask a model about a {@code TestSet}
 *       ({@code GivenPairs} reads one from a {@code PairFile}); the {@code TestReport} is told by
 *       {@code TestText}, {@code MetricsJson} and {@code ReportBuilder}.
 *   <li>{@code search} looks in a {@code SearchPlace} by the {@code NearestMetric}, and tells a
 *       {@code SearchResult}; {@code index} fills and mends an index.
 *   <li>{@code embed} writes {@code ProjectorFiles} beside a .tsv file, {@code summary} {@code
 *       SummaryJson}.
 * </ul>
 *
 * <p>A new command is a class here, and a line in {@code Siamese}.
 */
package dev.siamese.cli;
