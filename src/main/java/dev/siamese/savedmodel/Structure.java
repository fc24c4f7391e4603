package dev.siamese.savedmodel;

import java.util.Collections;
import java.util.List;
import org.tensorflow.proto.Struct.DictValue;
import org.tensorflow.proto.Struct.ListValue;
import org.tensorflow.proto.Struct.NamedTupleValue;
import org.tensorflow.proto.Struct.NoneValue;
import org.tensorflow.proto.Struct.PairValue;
import org.tensorflow.proto.Struct.StructuredValue;
import org.tensorflow.proto.Struct.TensorSpecProto;
import org.tensorflow.proto.Struct.TupleValue;

/** Python's nested values, of which a SavedModel tells how its functions are called. */
final class Structure {
  /** Python's None. */
  static final StructuredValue NONE =
      StructuredValue.newBuilder().setNoneValue(NoneValue.getDefaultInstance()).build();

  private Structure() {}

  static StructuredValue tuple(List<StructuredValue> values) {
    return StructuredValue.newBuilder()
        .setTupleValue(TupleValue.newBuilder().addAllValues(values))
        .build();
  }

  /** A tuple of tensors. */
  static StructuredValue tupleOf(List<TensorSpec> specs) {
    return tuple(specs.stream().map(Structure::tensor).toList());
  }

  /** A list of tensors. */
  static StructuredValue listOf(List<TensorSpec> specs) {
    return StructuredValue.newBuilder()
        .setListValue(
            ListValue.newBuilder().addAllValues(specs.stream().map(Structure::tensor).toList()))
        .build();
  }

  /** A dictionary of tensors by their names. */
  static StructuredValue dictionaryOf(List<TensorSpec> specs) {
    DictValue.Builder dictionary = DictValue.newBuilder();
    specs.forEach(spec -> dictionary.putFields(spec.name(), tensor(spec)));
    return StructuredValue.newBuilder().setDictValue(dictionary).build();
  }

  static StructuredValue tensor(TensorSpec spec) {
    return StructuredValue.newBuilder()
        .setTensorSpecValue(
            TensorSpecProto.newBuilder()
                .setName(spec.name())
                .setDtype(spec.type())
                .setShape(TensorSpec.proto(spec.shape())))
        .build();
  }

  /**
   * What {@code inspect.getfullargspec} tells of a function of these positional arguments, of which
   * all but the first may be left out.
   */
  static StructuredValue fullArgSpec(List<String> arguments) {
    StructuredValue defaults =
        arguments.size() == 1 ? NONE : tuple(Collections.nCopies(arguments.size() - 1, NONE));
    return StructuredValue.newBuilder()
        .setNamedTupleValue(
            NamedTupleValue.newBuilder()
                .setName("FullArgSpec")
                .addValues(pair("args", strings(arguments)))
                .addValues(pair("varargs", NONE))
                .addValues(pair("varkw", NONE))
                .addValues(pair("defaults", defaults))
                .addValues(pair("kwonlyargs", strings(List.of())))
                .addValues(pair("kwonlydefaults", NONE))
                .addValues(pair("annotations", dictionaryOf(List.of()))))
        .build();
  }

  private static StructuredValue strings(List<String> strings) {
    ListValue.Builder list = ListValue.newBuilder();
    strings.forEach(string -> list.addValuesBuilder().setStringValue(string));
    return StructuredValue.newBuilder().setListValue(list).build();
  }

  private static PairValue pair(String key, StructuredValue value) {
    return PairValue.newBuilder().setKey(key).setValue(value).build();
  }
}
