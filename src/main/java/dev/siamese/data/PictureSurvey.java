package dev.siamese.data;

import java.util.List;
import java.util.Map;

/**
 * What was seen of the picture files of a data set.
 *
 * @param preparation how they were prepared
 * @param sizes how many there are of each size, as in 64×48, where that was looked for
 * @param formats how many there are of each form of file, as in PNG, where that was looked for
 * @param faults what was wrong with those that are left out, a line each
 */
public record PictureSurvey(
    Preparation preparation,
    Map<String, Integer> sizes,
    Map<String, Integer> formats,
    List<String> faults) {}
