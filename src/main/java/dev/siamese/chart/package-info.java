/** Pictures of pairs, of a training run and of its results, as PNG or SVG files. */
package dev.siamese.chart;
