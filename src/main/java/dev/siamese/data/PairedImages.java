package dev.siamese.data;

/**
 * Images and the pairs drawn from them.
 *
 * @param images what the pairs point into
 * @param pairs positions in images
 */
public record PairedImages(LabeledImages images, Pairs pairs) {}
