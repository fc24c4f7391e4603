package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Splits that keep classes apart, or take labels away. */
class SplitClassesTest {
  private static final List<String> NAMES = List.of("a-b", "cat", "dog", "owl");

  private final Dataset digits = SyntheticDigits.dataset(1, 400, 100);

  private static Dataset undivided(LabeledImages images) {
    return new Dataset(
        "photos", "nowhere", images, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static SplitSettings heldOut(String... classes) {
    return SplitSettings.reference().withHeldOut(List.of(classes));
  }

  private static SplitSettings perClass(int count) {
    return SplitSettings.reference().withLabelsPerClass(OptionalInt.of(count));
  }

  private static Set<String> classes(LabeledImages images) {
    return IntStream.of(images.classes())
        .mapToObj(images.classNames()::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @CsvSource({"7-9, 789", "'0,7-9', 0789", "'9,7,8', 789", "8-20, 89"})
  void heldOutClassesAreTestedOnAlone(String given, String expected) {
    Set<String> held = Set.of(expected.split(""));
    for (Dataset dataset : List.of(digits, undivided(digits.train()))) {
      Split split = Split.of(dataset, heldOut(given.split(",")));
      assertEquals(held, classes(split.test()));
      Set<String> rest =
          IntStream.range(0, 10)
              .mapToObj(Integer::toString)
              .filter(name -> !held.contains(name))
              .collect(Collectors.toSet());
      assertEquals(rest, classes(split.train()));
      assertEquals(rest, classes(split.validation()));
    }
    Split divided = Split.of(digits, heldOut(given.split(",")));
    assertEquals(10 * held.size(), divided.test().size());
    assertEquals(400 - 40 * held.size(), divided.train().size() + divided.validation().size());
    Split all = Split.of(undivided(digits.train()), heldOut(given.split(",")));
    assertEquals(40 * held.size(), all.test().size());
  }

  @Test
  void mnistTooKeepsThemApart() {
    Dataset mnist = new Dataset("MNIST", "nowhere", digits.train(), digits.test());
    Split split = Split.of(mnist, heldOut("7-9"));
    assertEquals(Set.of("7", "8", "9"), classes(split.test()));
    assertEquals(7, split.train().classes().length);
    assertEquals(56, split.validation().size());
    assertEquals(224, split.train().size());
  }

  @Test
  void classesAreHeldOutByTheirNames() {
    int[] labels = IntStream.range(0, 80).map(image -> image % 4).toArray();
    LabeledImages named = digits.train().range(0, 80).labelled(labels, new ClassNames(NAMES));
    assertEquals(
        Set.of("a-b", "owl"), classes(Split.of(undivided(named), heldOut("a-b", "owl")).test()));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Split.of(undivided(named), heldOut("cat", "7-9")))
            .getMessage();
    assertEquals(
        "expected classes to hold out, such as a-b, cat, dog, owl, found 7-9 in nowhere", message);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 10})
  void labelsPerClassAreExactAndOfTheTrainingPartAlone(int count) {
    Split all = Split.of(digits, SplitSettings.reference());
    Split few = Split.of(digits, perClass(count));
    int[] counts = new int[10];
    Arrays.stream(few.train().labels()).forEach(label -> counts[label]++);
    assertArrayEquals(IntStream.generate(() -> count).limit(10).toArray(), counts);
    assertEquals(all.validation().size(), few.validation().size());
    assertEquals(all.test().size(), few.test().size());
    assertTrue(contents(all.train()).containsAll(contents(few.train())));
  }

  @Test
  void theSeedChoosesThemAndTheOrderDoesNot() {
    Set<Long> chosen = contents(Split.of(digits, perClass(3)).train());
    List<Integer> mixed = new ArrayList<>(IntStream.range(0, 400).boxed().toList());
    Collections.shuffle(mixed, new Random(1));
    LabeledImages other =
        digits.train().select(mixed.stream().mapToInt(Integer::intValue).toArray());
    assertEquals(
        chosen, contents(Split.of(new Dataset("", "", other, digits.test()), perClass(3)).train()));
    assertNotEquals(chosen, contents(Split.of(digits, perClass(3).withSeed(1)).train()));
  }

  private static Set<Long> contents(LabeledImages images) {
    return Arrays.stream(Contents.of(images).ofImage()).boxed().collect(Collectors.toSet());
  }

  @Test
  void classesOfFewerImagesAreTold() {
    int[] labels = IntStream.range(0, 100).map(image -> image < 80 ? 0 : 1).toArray();
    LabeledImages images = digits.train().range(0, 100).labelled(labels, ClassNames.NUMBERS);
    Split split = Split.of(new Dataset("any", "", images, digits.test()), perClass(20));
    assertEquals(36, split.train().size());
    assertEquals(List.of("1 of 2 training classes have fewer than 20 images."), split.notices());
  }

  @Test
  void bothGoTogether() {
    Split split = Split.of(digits, perClass(4).withHeldOut(List.of("0-4")));
    assertEquals(20, split.train().size());
    assertEquals(Set.of("5", "6", "7", "8", "9"), classes(split.train()));
    assertEquals(50, split.test().size());
  }

  @Test
  void oneLabelAClassIsRefused() {
    assertEquals(
        "expected at least 2 labels per class, found 1",
        assertThrows(IllegalArgumentException.class, () -> perClass(1)).getMessage());
  }
}
