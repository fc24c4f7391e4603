package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureListTest {
  @Test
  void holdsWhatAListOfPicturesHolds() {
    List<LabeledPicture> expected = new ArrayList<>();
    PictureList pictures = new PictureList();
    for (int i = 0; i < 200; i++) {
      Path file =
          Path.of("/photos", "class" + i / 30, i % 7 == 0 ? "deep" : "", "été" + i + ".png");
      Part part = Part.values()[i / 70];
      expected.add(new LabeledPicture(file, "class" + i / 30, part));
      pictures.add(expected.get(i));
    }
    assertEquals(expected, pictures);
    assertEquals(expected.stream().map(LabeledPicture::file).toList(), pictures.files());
  }
}
