package dev.siamese.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The images of a run: to train on, to validate on after each epoch, and to test on in the end.
 *
 * @param train images the weights are fitted to
 * @param validation images that choose the best epoch and the threshold
 * @param test images that nothing is chosen by
 * @param labelled whether the labels mean something, so that pairs can be drawn by them
 * @param notices what the user should know of how they were chosen, a line each
 */
public record Split(
    LabeledImages train,
    LabeledImages validation,
    LabeledImages test,
    boolean labelled,
    List<String> notices) {
  private static final int LIMIT_TO_VALIDATION = 5;

  /**
   * Checks that pairs of both kinds can be drawn from each part, or that each has two images where
   * there are no labels.
   *
   * @throws IllegalArgumentException when a part holds fewer than two classes, or no two images of
   *     one class, or fewer than two images
   */
  public Split {
    notices = List.copyOf(notices);
    requirePairs(train, labelled, Part.TRAIN);
    requirePairs(validation, labelled, Part.VALIDATION);
    requirePairs(test, labelled, Part.TEST);
  }

  private static void requirePairs(LabeledImages images, boolean labelled, Part part) {
    if (labelled) {
      ClassSizes.of(images).requirePairs(part.text());
    } else if (images.size() < 2) {
      throw new IllegalArgumentException(
          "expected at least two %s images, found %d".formatted(part.text(), images.size()));
    }
  }

  /** Checks images that were taken from those to train on, and tells a way out. */
  private static void requireTaken(
      LabeledImages taken, boolean labelled, Part part, String wayOut) {
    try {
      requirePairs(taken, labelled, part);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s (%s)".formatted(e.getMessage(), wayOut), e);
    }
  }

  /**
   * Splits a data set. Parts that it has are kept, but for images that are in a part further back
   * too. Of MNIST, the first share of the training images validates, rounded down, as in the
   * reference program. Of others, classes give their shares, chosen by what the images show and the
   * seed, whatever form and order they were read in; equal images go to one part, and those under
   * several labels train. With a limit, of each class the first images are kept, in its share.
   * Classes that are held out are in the test part alone, and no others are there.
   *
   * @throws IllegalArgumentException when pairs of both kinds cannot be drawn from each part
   */
  public static Split of(Dataset dataset, SplitSettings settings) {
    return of(dataset, settings, new ArrayList<>());
  }

  /**
   * The same, for those who tell the notices even where the images cannot be split.
   *
   * @param notices takes what the user should know, a line each
   */
  static Split of(Dataset dataset, SplitSettings settings, List<String> notices) {
    try {
      return split(dataset, settings, notices);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + " in " + dataset.origin(), e);
    }
  }

  private static Split split(Dataset dataset, SplitSettings settings, List<String> notices) {
    Dataset apart =
        settings.heldOut().isEmpty()
            ? dataset
            : HeldOutClasses.of(settings.heldOut(), dataset).apart(dataset);
    Split all = apart.isMnist() ? reference(apart, settings) : byContent(apart, settings, notices);
    Split split = settings.limit().isPresent() ? all.limit(settings.limit().getAsInt()) : all;
    LabeledImages train = split.train;
    if (settings.labelsPerClass().isPresent()) {
      dataset.requireLabels("for labels per class");
      train =
          ContentSplit.of(train, Part.TRAIN, settings.seed())
              .perClass(settings.labelsPerClass().getAsInt(), notices);
    }
    if (dataset.labelled()) {
      ClassSizes.of(train).tellSingles("training", notices);
      ClassSizes.of(split.validation).tellSingles("validation", notices);
      ClassSizes.of(split.test).tellSingles("test", notices);
    }
    return new Split(train, split.validation, split.test, dataset.labelled(), notices);
  }

  private static Split reference(Dataset dataset, SplitSettings settings) {
    LabeledImages whole = dataset.train();
    int border = (int) (whole.size() * settings.validationShare());
    return new Split(
        whole.range(border, whole.size()), whole.range(0, border), dataset.test(), true, List.of());
  }

  private static Split byContent(Dataset dataset, SplitSettings settings, List<String> notices) {
    ContentSplit train = ContentSplit.of(dataset.train(), Part.TRAIN, settings.seed());
    Optional<ContentSplit> given =
        dataset.validationPart().map(images -> ContentSplit.of(images, Part.VALIDATION, 0));
    Optional<ContentSplit> test =
        dataset.testPart().map(images -> ContentSplit.of(images, Part.TEST, 0));
    if (test.isPresent()) {
      train = train.without(test.get(), notices);
      given = given.map(validation -> validation.without(test.get(), notices));
    }
    if (given.isPresent()) {
      train = train.without(given.get(), notices);
    }
    train.tellSeveralLabels(notices);
    LabeledImages tested;
    if (test.isPresent()) {
      tested = test.get().images();
    } else {
      ContentSplit.Division division = train.divide(SplitSettings.TEST_SHARE);
      notices.add(
          "%s has no part to test on: %,d of its %,d images test, chosen %s."
              .formatted(
                  dataset.name(),
                  division.taken().images().size(),
                  train.images().size(),
                  dataset.labelled() ? "by class" : "by the seed"));
      requirePairs(train.images(), dataset.labelled(), Part.TRAIN);
      tested = division.taken().images();
      requireTaken(
          tested, dataset.labelled(), Part.TEST, "it takes more images, or a part to test on");
      train = division.left();
    }
    if (given.isPresent()) {
      return new Split(train.images(), given.get().images(), tested, dataset.labelled(), List.of());
    }
    ContentSplit.Division division = train.divide(settings.validationShare());
    requirePairs(division.left().images(), dataset.labelled(), Part.TRAIN);
    requireTaken(
        division.taken().images(),
        dataset.labelled(),
        Part.VALIDATION,
        "it takes a larger --validation-split than %s, or more images"
            .formatted(settings.validationShare()));
    return new Split(
        division.left().images(), division.taken().images(), tested, dataset.labelled(), List.of());
  }

  /** The same images in another shape, as {@link LabeledImages#fitted} brings them to it. */
  public Split fitted(ImageShape target) {
    return new Split(
        train.fitted(target), validation.fitted(target), test.fitted(target), labelled, notices);
  }

  private Split limit(int limit) {
    int fifth = limit / LIMIT_TO_VALIDATION;
    return new Split(
        ClassSizes.of(train).first(limit),
        ClassSizes.of(validation).first(fifth),
        ClassSizes.of(test).first(fifth),
        labelled,
        List.of());
  }
}
