/**
 * SavedModel folders, which TensorFlow reads in every language, both ways.
 *
 * <p>Start at {@link dev.siamese.savedmodel.SavedModelWriter}, which writes a {@link
 * dev.siamese.savedmodel.ServedNetwork} as a graph with signatures and as the object that Python
 * loads, and at {@link dev.siamese.savedmodel.SavedModelReader}, which opens a folder of any origin
 * and loads it as a {@link dev.siamese.savedmodel.ServedModel}, to be asked, or reads the weights
 * of a network out of it. What of a foreign folder can be used is what {@code ImageSignature}
 * recognises; to feed images in another form, let it recognise the form and {@code SignatureRunner}
 * make it. To add a signature of ours, add it to {@code ModelFunction}.
 *
 * <p>A SavedModel is a program, to be loaded only from those one trusts.
 */
package dev.siamese.savedmodel;
