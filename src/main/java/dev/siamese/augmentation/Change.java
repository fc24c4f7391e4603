package dev.siamese.augmentation;

/**
 * One way in which images are changed, by an amount that is drawn for each anew.
 *
 * <p>Where amounts are shares of a side, the same setting does the same to images of any size. An
 * amount of 0 changes nothing, to the bit.
 */
public sealed interface Change permits GeometricChange, Elastic, StrokeWidth, ValueChange {}
