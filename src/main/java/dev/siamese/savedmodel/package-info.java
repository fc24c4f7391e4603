/**
 * SavedModel folders, which TensorFlow reads in every language, both ways.
 *
 * <p>Start at {@link dev.siamese.savedmodel.SavedModelWriter}, which writes a {@link
 * dev.siamese.savedmodel.ServedNetwork} as a graph with signatures and as the object that Python
 * loads, and at {@link dev.siamese.savedmodel.SavedModelReader}, which opens a folder of any origin
 * and loads it as a {@link dev.siamese.savedmodel.ServedModel}, to be asked, or reads the weights
 * of a network out of it. What of a foreign folder can be used is what {@code ImageSignature}
 * recognises, and which of it is used {@code SignatureSelection} finds out; to feed images in
 * another form, let {@code ImageInput} recognise it, an order of axes in {@code ImageLayout}, a
 * type in {@code PixelType}. To add a signature of ours, add it to {@code ModelFunction}.
 *
 * <p>A SavedModel is a program, to be loaded only from those one trusts.
 */
package dev.siamese.savedmodel;
