/**
 * The siamese network: its weights, its graph (embedding, distance, contrastive loss) and the
 * loaded {@link dev.siamese.model.SiameseModel} that one asks for embeddings and distances.
 */
package dev.siamese.model;
