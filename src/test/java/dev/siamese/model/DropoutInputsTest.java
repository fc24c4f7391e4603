package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TUint8;

class DropoutInputsTest {
  private static final Architecture NARROW = new Architecture(1, 2, 3, 1);
  private static final int BYTES = 121 + 2 * 25 + 3 * 4;

  @Test
  void everyImageAndPoolingHasBytesOfItsOwn() {
    assertEquals(BYTES, DropoutInputs.bytesPerImage(NARROW));
    byte[] images = new byte[4 * BYTES]; // Each image's number.
    for (int i = 0; i < images.length; i++) {
      images[i] = (byte) (i / BYTES);
    }
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TUint8> kept =
          tf.constant(TUint8.class, Shape.of(images.length), DataBuffers.of(images));
      DropoutInputs second =
          new DropoutInputs(NARROW, kept, tf.constant(1f))
              .ofImages(tf, tf.constant(1), tf.constant(2));
      List<Operand<TUint8>> byPooling = second.byPooling(tf);
      try (Session session = new Session(graph)) {
        Session.Runner runner = session.runner();
        byPooling.forEach(runner::fetch);
        try (Result result = runner.run()) {
          List<Long> sizes = new ArrayList<>();
          int[] found = new int[4];
          for (int layer = 0; layer < byPooling.size(); layer++) {
            TUint8 masks = (TUint8) result.get(layer);
            sizes.add(masks.size());
            masks.scalars().forEach(image -> found[image.getByte()]++);
          }
          assertEquals(List.of(2 * 121L, 2 * 50L, 2 * 12L), sizes);
          assertArrayEquals(new int[] {0, BYTES, BYTES, 0}, found);
        }
      }
    }
  }
}
