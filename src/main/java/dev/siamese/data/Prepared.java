package dev.siamese.data;

/**
 * A picture as a network takes it.
 *
 * @param image unsigned bytes: (height, width, channels)
 * @param ground what the picture is painted on
 */
record Prepared(byte[] image, Ground ground) {}
