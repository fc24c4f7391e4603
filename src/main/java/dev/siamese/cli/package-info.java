/** The command line: one class a command, wiring the other packages together. */
package dev.siamese.cli;
