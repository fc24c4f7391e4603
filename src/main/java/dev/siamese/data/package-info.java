/**
 * Images, labels and pairs as plain arrays: where they come from and how they are drawn. Images are
 * of any {@link dev.siamese.data.ImageShape}, in grey or in colour.
 *
 * <p>In come picture files, tables, arrays, a download, or a seed. {@link
 * dev.siamese.data.DatasetSource} finds the {@link dev.siamese.data.Dataset} that a user asks for,
 * {@link dev.siamese.data.Split} divides its images into those to train, to validate and to test
 * on, and {@link dev.siamese.data.PairedImages} draws pairs of each part: what all other packages
 * work on. {@link dev.siamese.data.ImageCollection} reads pictures to be asked about instead. How
 * pictures become images is a {@link dev.siamese.data.Preparation}. Nothing here knows TensorFlow.
 *
 * <p>To read another form of data set, put the images and the names of their classes, part by part,
 * into DatasetParts, and let DatasetReader choose it by a file's name or first bytes; a line in the
 * tests' DataForms writes it. {@link dev.siamese.data.AtomicFile} and {@link
 * dev.siamese.data.AtomicFolder}, by which every package writes its files and folders, are here
 * because all of them may use this one.
 */
package dev.siamese.data;
