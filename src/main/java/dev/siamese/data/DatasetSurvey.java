package dev.siamese.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a data set holds, and what is wrong with it.
 *
 * @param classes how many images of each class there are in each part, by their names
 * @param problems what keeps images from being used well, or all of them from being used, a line
 *     each
 */
public record DatasetSurvey(Map<String, Map<String, Integer>> classes, List<String> problems) {

  /**
   * Looks at all images of a data set.
   *
   * @param split how it would be split to be trained on
   */
  public static DatasetSurvey of(Dataset dataset, SplitSettings split) {
    Map<Part, LabeledImages> parts = dataset.parts();
    Map<String, Map<String, Integer>> classes = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    dataset.pictures().ifPresent(pictures -> problems.addAll(pictures.faults()));
    parts.forEach(
        (part, images) -> {
          classes.put(part.text(), ClassSizes.of(images).byName());
          int repeated = images.size() - Contents.of(images).different();
          if (repeated > 0) {
            problems.add(
                "%,d of %,d %s images show what another one shows."
                    .formatted(repeated, images.size(), part.text()));
          }
        });
    try {
      Split.of(dataset, split, problems);
    } catch (IllegalArgumentException e) {
      problems.add("Not to be trained on: " + e.getMessage());
    }
    return new DatasetSurvey(classes, List.copyOf(problems));
  }
}
