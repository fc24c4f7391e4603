package dev.siamese.savedmodel;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * The part of a graph between two kinds of tensors, for instance a network's head: from the
 * embeddings of two images to their distance.
 *
 * @param inputs names of the tensors to feed
 * @param each the shape of one row of each of them
 * @param output name of the tensor to fetch
 */
record GraphPart(List<String> inputs, Shape each, String output) {}
