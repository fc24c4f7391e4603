package dev.siamese.training;

/**
 * What one epoch of training reached.
 *
 * @param epoch the epoch's number, from 1
 * @param loss mean loss of the training pairs while the epoch ran (dropout on), with what
 *     regularizers add
 * @param accuracy share of training pairs told right at 0.5 while the epoch ran
 * @param validationLoss mean loss of the validation pairs after the epoch (dropout off), with what
 *     regularizers add
 * @param validationAccuracy share of validation pairs told right at 0.5 after the epoch
 * @param seconds how long the epoch took, its validation included
 * @param pairsPerSecond training pairs a second, validation not counted
 */
public record EpochResult(
    int epoch,
    double loss,
    double accuracy,
    double validationLoss,
    double validationAccuracy,
    double seconds,
    double pairsPerSecond) {}
