/**
 * Pictures of pairs, of a training run and of its results.
 *
 * <p>Each kind of picture is a class whose {@code of} takes plain records and arrays and makes a
 * {@link dev.siamese.chart.Picture}, which is drawn when it is written as PNG or SVG. A machine
 * that cannot draw text answers with a {@link dev.siamese.chart.PictureException}. Nothing here
 * knows TensorFlow.
 */
package dev.siamese.chart;
