package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetSurveyTest {
  @Test
  void tellsWhatThereIsAndWhatIsWrong(@TempDir Path folder) throws IOException {
    LabeledImages digits = SyntheticDigits.dataset(1, 40, 1).train();
    Path photos = folder.resolve("photos");
    for (int image = 0; image < 40; image++) {
      DataForms.picture(
          photos.resolve(image < 39 ? "c" + image % 2 : "alone"), image, digits, "png");
    }
    Path twice = photos.resolve("c1/copy.png");
    Files.copy(photos.resolve("c0/00000.png"), twice);
    Path empty = Files.createFile(photos.resolve("c1/empty.png"));
    Dataset dataset = new Reading().dataset(photos);
    DatasetSurvey survey = DatasetSurvey.of(dataset, SplitSettings.reference());
    assertEquals(Map.of("training", Map.of("alone", 1, "c0", 20, "c1", 20)), survey.classes());
    assertEquals(Map.of("28×28", 40 + 1), dataset.pictures().orElseThrow().sizes());
    assertEquals(Map.of("PNG", 40 + 1), dataset.pictures().orElseThrow().formats());
    List<String> problems = survey.problems();
    assertEquals(5, problems.size(), problems.toString());
    assertEquals(empty.toString(), problems.get(0).substring(problems.get(0).indexOf("/")));
    assertEquals("1 of 41 training images show what another one shows.", problems.get(1));
    assertEquals(
        "2 training images are there under several labels, for instance c0/00000.png and"
            + " c1/copy.png: they only train.",
        problems.get(2));
    assertEquals(
        "photos has no part to test on: 8 of its 41 images test, chosen by class.",
        problems.get(3));
    assertEquals(
        "1 of 3 training classes have one image (alone), which makes pairs of different classes"
            + " only.",
        problems.get(4));
  }

  /** What is wrong with the labels may be why: it is told before. */
  @Test
  void tellsOfLabelsThatContradictWhereNothingCanBeTrained(@TempDir Path folder)
      throws IOException {
    LabeledImages digits = SyntheticDigits.dataset(1, 4, 1).train();
    Path photos = folder.resolve("photos");
    for (int image = 0; image < 4; image++) {
      DataForms.picture(photos.resolve("c" + image % 2), image, digits, "png");
    }
    Files.copy(photos.resolve("c0/00000.png"), photos.resolve("c1/copy.png"));
    List<String> problems =
        DatasetSurvey.of(new Reading().dataset(photos), SplitSettings.reference()).problems();
    assertTrue(
        problems.contains(
            "2 training images are there under several labels, for instance c0/00000.png and"
                + " c1/copy.png: they only train."),
        problems.toString());
    String last = problems.get(problems.size() - 1);
    assertTrue(last.startsWith("Not to be trained on: expected test images of"), last);
  }

  @Test
  void tellsThatNothingCanBeTrained() {
    Dataset dataset = SyntheticDigits.dataset(1, 12, 12);
    List<String> problems = DatasetSurvey.of(dataset, SplitSettings.reference()).problems();
    assertEquals(1, problems.size());
    assertTrue(
        problems.get(0).matches("Not to be trained on: expected .* in drawn with seed 1"),
        problems.get(0));
  }
}
