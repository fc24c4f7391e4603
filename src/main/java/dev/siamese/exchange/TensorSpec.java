package dev.siamese.exchange;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedVariable;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * What an input or output of a {@link ModelFunction} is called and what it holds.
 *
 * @param shape with −1 for the number of images
 */
record TensorSpec(String name, DataType type, Shape shape) {

  /** The entry of a signature whose tensor has this name in the graph. */
  TensorInfo info(String tensorName) {
    return TensorInfo.newBuilder()
        .setName(tensorName)
        .setDtype(type)
        .setTensorShape(proto(shape))
        .build();
  }

  /** A variable of this name, type and shape. */
  SavedVariable variable() {
    return SavedVariable.newBuilder()
        .setName(name)
        .setDtype(type)
        .setShape(proto(shape))
        .setTrainable(true)
        .build();
  }

  static TensorShapeProto proto(Shape shape) {
    TensorShapeProto.Builder proto = TensorShapeProto.newBuilder();
    for (long size : shape.asArray()) {
      proto.addDimBuilder().setSize(size);
    }
    return proto.build();
  }
}
