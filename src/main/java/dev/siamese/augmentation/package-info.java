/**
 * Images changed at random, so that a network learns what does not matter: where a picture is, how
 * it is turned, how thick its strokes are, what light it is in.
 *
 * <p>Start at {@link dev.siamese.augmentation.Augmentation}, a list of changes with presets, and
 * {@link dev.siamese.augmentation.Augmenter}, which applies one to the bytes of images. {@link
 * dev.siamese.augmentation.Views} makes data sets of changed images, whose classes are the pictures
 * that they show.
 *
 * <p>One more change is one more record: of GeometricChange, if it says where pixels come from, or
 * of ValueChange, if it says what becomes of their values; and a row in the tests' table of
 * changes. All that a record draws comes from the generator that it is given, and drawn amounts of
 * 0 must leave the image as it is.
 */
package dev.siamese.augmentation;
