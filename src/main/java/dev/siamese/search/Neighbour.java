package dev.siamese.search;

/**
 * An entry that was found.
 *
 * @param entry it, with its embedding as the metric compares it: of length 1 for the cosine
 * @param distance from what was asked for, 0 or greater
 */
public record Neighbour(Entry entry, double distance) {}
