/**
 * One page that shows a run or an evaluation: {@code report.html}, complete in itself, for people
 * who do not have the program.
 *
 * <p>Start at {@link dev.siamese.report.ReportPage}, which writes what {@link
 * dev.siamese.report.ReportContent} holds. The page is {@code src/main/jte/report.jte}, compiled
 * with the program, its style and its script are {@code report.css} and {@code report.js} among the
 * resources. Every value goes through jte's escaping, so that names of files and classes are text
 * whatever they hold. One more section is a member of the content and a section of the template.
 */
package dev.siamese.report;
