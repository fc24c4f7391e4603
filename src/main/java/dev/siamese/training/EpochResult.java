package dev.siamese.training;

/**
 * What one epoch of training reached.
 *
 * @param epoch the epoch's number, from 1
 * @param loss mean loss of the training samples while the epoch ran (dropout on), with what
 *     regularizers add
 * @param accuracy share of training pairs told right at 0.5 while the epoch ran; of the pairs
 *     within whole batches, those of one class counting as much as the others
 * @param validationLoss the same loss of the validation samples after the epoch (dropout off), with
 *     what regularizers add; of whole batches the mean over everything in them, where the
 *     training's is that over what is mined and costs something
 * @param validationAccuracy share of validation pairs told right at 0.5 after the epoch
 * @param active which share of what could teach did, while the epoch ran: of given pairs of two
 *     classes those within the margin, of whole batches what the miner and the loss left of all
 *     negatives or triplets; 0 when there is nothing more to learn
 * @param hardness how much less alike the images of one class were than those of two, of what
 *     taught: far below 0 where classes are told apart, 0 where all embeddings are alike, above 0
 *     where a miner finds what is told wrong
 * @param seconds how long the epoch took, its validation included
 * @param samplesPerSecond training samples a second, validation not counted: pairs, or images where
 *     batches are whole
 */
public record EpochResult(
    int epoch,
    double loss,
    double accuracy,
    double validationLoss,
    double validationAccuracy,
    double active,
    double hardness,
    double seconds,
    double samplesPerSecond) {}
