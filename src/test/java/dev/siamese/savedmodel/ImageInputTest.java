package dev.siamese.savedmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.RawTensor;
import org.tensorflow.Tensor;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

class ImageInputTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-1 28 28 1    | HEIGHT_WIDTH_CHANNELS | -1 | 28×28",
        "-1 64 32 3    | HEIGHT_WIDTH_CHANNELS | -1 | 64×32×3",
        "-1 1 28 1     | HEIGHT_WIDTH_CHANNELS | -1 | 1×28",
        "16 28 28 1    | HEIGHT_WIDTH_CHANNELS | 16 | 28×28",
        "-1 -1 -1 1    | HEIGHT_WIDTH_CHANNELS | -1 | 28×28",
        "-1 -1 -1 3    | HEIGHT_WIDTH_CHANNELS | -1 | 28×28×3",
        "-1 64 -1 -1   | HEIGHT_WIDTH_CHANNELS | -1 | 64×64",
        "-1 1 28 28    | CHANNELS_HEIGHT_WIDTH | -1 | 28×28",
        "4 3 64 32     | CHANNELS_HEIGHT_WIDTH | 4  | 64×32×3",
        "-1 28 28      | HEIGHT_WIDTH          | -1 | 28×28",
        "1 28 28       | HEIGHT_WIDTH          | 1  | 28×28",
        "-1 -1 -1      | HEIGHT_WIDTH          | -1 | 28×28",
        "28 28 1       | HEIGHT_WIDTH_CHANNELS | 0  | 28×28",
        "28 24 3       | HEIGHT_WIDTH_CHANNELS | 0  | 28×24×3",
        "3 28 24       | CHANNELS_HEIGHT_WIDTH | 0  | 28×24×3",
        "-1 784        | FLAT                  | -1 | 28×28",
        "32 3072       | FLAT                  | 32 | 32×32×3",
        "-1 -1         | FLAT                  | -1 | 28×28",
        "28 28         | HEIGHT_WIDTH          | 0  | 28×28",
        "784           | FLAT                  | 0  | 28×28",
      })
  void recognisesHowImagesLie(String sizes, ImageLayout.Order order, int batch, String likely) {
    ImageInput input = input(DataType.DT_FLOAT, sizes).orElseThrow();
    assertEquals(order, input.layout().order());
    assertEquals(batch, input.batch());
    ImageShape shape = input.layout().likely().orElseThrow();
    assertEquals(likely, shape.toString());
    assertEquals(true, input.layout().takes(shape));
    boolean isTold =
        !sizes.replaceFirst("^-1 ", "").contains("-1") && order != ImageLayout.Order.FLAT;
    assertEquals(isTold, input.layout().told().isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "-1",
    "-1 28 28 2",
    "-1 28 28 28",
    "-1 0 28 1",
    "-1 5000 28 1",
    "0 28 28 1",
    "-2 28 28 1",
    "-1 2 28 28 1"
  })
  void knowsWhatIsNoImage(String sizes) {
    assertEquals(Optional.empty(), input(DataType.DT_FLOAT, sizes));
  }

  /** Rows of numbers may be embeddings; only if the user tells a size they are images. */
  @Test
  void takesFlatImagesOfAnySizeThatIsTold() {
    ImageInput input = input(DataType.DT_FLOAT, "-1 10304").orElseThrow();
    assertEquals(Optional.empty(), input.layout().likely());
    assertEquals(true, input.layout().takes(new ImageShape(112, 92, 1)));
    assertEquals(false, input.layout().takes(new ImageShape(112, 91, 1)));
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {
        "DT_FLOAT",
        "DT_DOUBLE",
        "DT_HALF",
        "DT_BFLOAT16",
        "DT_UINT8",
        "DT_UINT16",
        "DT_INT32",
        "DT_INT64"
      })
  void feedsPixelsInEveryType(DataType type) {
    byte[] pixels = {0, 1, (byte) 128, (byte) 255};
    LabeledImages images = new LabeledImages(pixels, new int[1], new ImageShape(2, 2, 1));
    float[] values = new float[256];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    ImageInput input = input(type, "-1 2 2 1").orElseThrow();
    try (Tensor tensor =
        input.tensorOf(
            images, new int[] {0, 0}, input.layout().order().positions(images.shape()), values)) {
      assertEquals(type, tensor.dataType());
      assertArrayEquals(new long[] {2, 2, 2, 1}, tensor.shape().asArray());
      RawTensor raw = tensor.asRawTensor();
      byte[] bytes = new byte[(int) raw.numBytes()];
      raw.data().read(bytes);
      int width = bytes.length / 8;
      byte[] last = Arrays.copyOfRange(bytes, 3 * width, 4 * width);
      assertEquals(255, number(type, last));
      assertArrayEquals(last, Arrays.copyOfRange(bytes, 7 * width, bytes.length));
    }
  }

  /** A little-endian number of 255. */
  private static long number(DataType type, byte[] bytes) {
    long bits = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      bits = bits << 8 | bytes[i] & 0xFF;
    }
    return switch (type) {
      case DT_FLOAT -> (long) Float.intBitsToFloat((int) bits);
      case DT_DOUBLE -> (long) Double.longBitsToDouble(bits);
      case DT_BFLOAT16 -> (long) Float.intBitsToFloat((int) bits << 16);
      // 1.9921875 · 2⁷: exponent 15 + 7, mantissa 0.9921875 · 2¹⁰.
      case DT_HALF -> bits == ((15 + 7) << 10 | 1016) ? 255 : -1;
      default -> bits;
    };
  }

  @Test
  void putsChannelsFirstWhereTheyAreWanted() {
    byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    LabeledImages images = new LabeledImages(pixels, new int[1], new ImageShape(2, 2, 3));
    float[] values = new float[256];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 10f;
    }
    ImageInput input = input(DataType.DT_FLOAT, "-1 3 2 2").orElseThrow();
    try (Tensor tensor =
        input.tensorOf(
            images, new int[] {0}, input.layout().order().positions(images.shape()), values)) {
      assertArrayEquals(new long[] {1, 3, 2, 2}, tensor.shape().asArray());
      assertArrayEquals(
          new float[] {0.1f, 0.4f, 0.7f, 1, 0.2f, 0.5f, 0.8f, 1.1f, 0.3f, 0.6f, 0.9f, 1.2f},
          PixelType.floats(tensor).orElseThrow());
    }
  }

  @Test
  void takesWhatHasNoRankForImagesAsTheyAre() {
    TensorInfo tensor =
        TensorInfo.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(TensorShapeProto.newBuilder().setUnknownRank(true))
            .build();
    ImageLayout layout = ImageInput.of(tensor).orElseThrow().layout();
    assertEquals(ImageLayout.Order.HEIGHT_WIDTH_CHANNELS, layout.order());
    assertEquals(List.of(-1L, -1L, -1L), layout.sizes());
  }

  private static Optional<ImageInput> input(DataType type, String sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    LongStream dimensions =
        Arrays.stream(sizes.strip().split(" ")).filter(s -> !s.isEmpty()).mapToLong(Long::valueOf);
    dimensions.forEach(size -> shape.addDimBuilder().setSize(size));
    return ImageInput.of(
        TensorInfo.newBuilder().setName("x:0").setDtype(type).setTensorShape(shape).build());
  }
}
