package dev.siamese.data;

import java.nio.file.Path;

/**
 * A picture file of a data set.
 *
 * @param label its class, as it is written
 */
record LabeledPicture(Path file, String label, Part part) {}
