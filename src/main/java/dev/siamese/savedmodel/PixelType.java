package dev.siamese.savedmodel;

import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.DoubleNdArray;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint16;
import org.tensorflow.types.TUint8;

/** The types of numbers that models take images in and answer in. */
final class PixelType {
  private static final Set<DataType> FLOATS =
      Set.of(DataType.DT_FLOAT, DataType.DT_DOUBLE, DataType.DT_HALF, DataType.DT_BFLOAT16);
  private static final Set<DataType> INTEGERS =
      Set.of(DataType.DT_UINT8, DataType.DT_UINT16, DataType.DT_INT32, DataType.DT_INT64);

  private PixelType() {}

  /** Whether pixels can be fed in this type. */
  static boolean isKnown(DataType type) {
    return isFloating(type) || isInteger(type);
  }

  /** Whether it holds fractions, as answers do. */
  static boolean isFloating(DataType type) {
    return FLOATS.contains(type);
  }

  /** Whether it holds no fractions, so that pixels can only be those of 0 to 255. */
  static boolean isInteger(DataType type) {
    return INTEGERS.contains(type);
  }

  /** A tensor of numbers, which the caller closes. */
  static Tensor tensorOf(DataType type, Shape shape, float[] values) {
    return switch (type) {
      case DT_FLOAT -> TFloat32.tensorOf(shape, DataBuffers.of(values));
      case DT_DOUBLE -> TFloat64.tensorOf(shape, DataBuffers.of(stream(values).toArray()));
      case DT_HALF -> TFloat16.tensorOf(shape, DataBuffers.of(values));
      case DT_BFLOAT16 -> TBfloat16.tensorOf(shape, DataBuffers.of(values));
      case DT_UINT8 -> {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
          bytes[i] = (byte) (int) values[i];
        }
        yield TUint8.tensorOf(shape, DataBuffers.of(bytes));
      }
      case DT_UINT16 -> {
        short[] shorts = new short[values.length];
        for (int i = 0; i < values.length; i++) {
          shorts[i] = (short) values[i];
        }
        yield TUint16.tensorOf(shape, DataBuffers.of(shorts));
      }
      case DT_INT32 ->
          TInt32.tensorOf(
              shape, DataBuffers.of(stream(values).mapToInt(value -> (int) value).toArray()));
      case DT_INT64 ->
          TInt64.tensorOf(
              shape, DataBuffers.of(stream(values).mapToLong(value -> (long) value).toArray()));
      default -> throw new IllegalArgumentException("expected a type of pixels, found " + type);
    };
  }

  private static DoubleStream stream(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
  }

  /** The numbers of a tensor, in row-major order; empty if they are not of a floating type. */
  static Optional<float[]> floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    if (tensor instanceof TFloat32) {
      tensor.asRawTensor().data().asFloats().read(values);
    } else if (tensor instanceof FloatNdArray floats) {
      floats.copyTo(DataBuffers.of(values));
    } else if (tensor instanceof DoubleNdArray doubles) {
      double[] exact = new double[values.length];
      doubles.copyTo(DataBuffers.of(exact));
      for (int i = 0; i < exact.length; i++) {
        values[i] = (float) exact[i];
      }
    } else {
      return Optional.empty();
    }
    return Optional.of(values);
  }
}
