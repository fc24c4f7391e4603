package dev.siamese.savedmodel;

import dev.siamese.network.TensorShape;
import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedVariable;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * What an input or output of a {@link ModelFunction}, or a variable, is called and what it holds.
 *
 * @param shape with −1 for the number of images
 */
record TensorSpec(String name, DataType type, Shape shape) {

  /** Floats, such a tensor for each of any number of images. */
  static TensorSpec batch(String name, TensorShape each) {
    return new TensorSpec(name, DataType.DT_FLOAT, shape(each).prepend(-1));
  }

  /** A shape as TensorFlow has it. */
  static Shape shape(TensorShape shape) {
    return Shape.of(shape.sizes().stream().mapToLong(Integer::longValue).toArray());
  }

  /** The entry of a signature whose tensor has this name in the graph. */
  TensorInfo info(String tensorName) {
    return TensorInfo.newBuilder()
        .setName(tensorName)
        .setDtype(type)
        .setTensorShape(proto(shape))
        .build();
  }

  /** A variable of this name, type and shape. */
  SavedVariable variable(boolean trainable) {
    return SavedVariable.newBuilder()
        .setName(name)
        .setDtype(type)
        .setShape(proto(shape))
        .setTrainable(trainable)
        .build();
  }

  /** The sizes of a tensor whose rank is known, −1 where one is not. */
  static List<Long> sizes(TensorInfo tensor) {
    return tensor.getTensorShape().getDimList().stream()
        .map(TensorShapeProto.Dim::getSize)
        .toList();
  }

  static TensorShapeProto proto(Shape shape) {
    TensorShapeProto.Builder proto = TensorShapeProto.newBuilder();
    for (long size : shape.asArray()) {
      proto.addDimBuilder().setSize(size);
    }
    return proto.build();
  }
}
