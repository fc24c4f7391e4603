/**
 * Images, labels and pairs as plain arrays: where they come from and how they are drawn.
 *
 * <p>Readers and {@link dev.siamese.data.SyntheticDigits} make {@link
 * dev.siamese.data.LabeledImages}; a {@link dev.siamese.data.Dataset} holds a training and a test
 * set of them; {@link dev.siamese.data.Pairs} points into them. Nothing here knows TensorFlow.
 */
package dev.siamese.data;
