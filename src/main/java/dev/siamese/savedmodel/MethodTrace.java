package dev.siamese.savedmodel;

import dev.siamese.network.SiameseNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.Struct.StructuredValue;

/**
 * One of the ways in which a method can be called in Python, where each is a function of its own.
 * All but the first hand their arguments on to that.
 *
 * @param function what is called
 * @param form how the images are handed over
 * @param type of the images; those of numpy are often doubles
 */
record MethodTrace(ModelFunction function, Form form, DataType type) {
  private static final String CALL = "call";

  /** How two images are handed over. */
  enum Form {
    /** {@code m.distance(image1, image2)}, with names or without. */
    POSITIONAL {
      @Override
      StructuredValue arguments(List<TensorSpec> images) {
        return Structure.tupleOf(images);
      }
    },
    /** {@code m.distance([image1, image2])}, the second argument being absent. */
    LIST {
      @Override
      StructuredValue arguments(List<TensorSpec> images) {
        return Structure.tuple(List.of(Structure.listOf(images), Structure.NONE));
      }
    },
    /** {@code m.distance({"image1": image1, "image2": image2})}. */
    DICTIONARY {
      @Override
      StructuredValue arguments(List<TensorSpec> images) {
        return Structure.tuple(List.of(Structure.dictionaryOf(images), Structure.NONE));
      }
    };

    abstract StructuredValue arguments(List<TensorSpec> images);
  }

  /**
   * All ways to call a method, the one that computes first. A method of one image has no other: it
   * has a signature of its input, by which TensorFlow converts what it is given.
   */
  static List<MethodTrace> of(ModelFunction function, SiameseNetwork network) {
    if (function.inputs(network).size() == 1) {
      return List.of(new MethodTrace(function, Form.POSITIONAL, DataType.DT_FLOAT));
    }
    return Stream.of(DataType.DT_FLOAT, DataType.DT_DOUBLE)
        .flatMap(
            type -> Arrays.stream(Form.values()).map(form -> new MethodTrace(function, form, type)))
        .toList();
  }

  /** Whether this one computes. */
  boolean isBody() {
    return form == Form.POSITIONAL && type == DataType.DT_FLOAT;
  }

  /** Its name in the library. */
  String name() {
    String body = ObjectGraph.methodBody(function);
    return isBody()
        ? body
        : "%s_%s_%s".formatted(body, form, type.name().substring(3)).toLowerCase(Locale.ROOT);
  }

  /** The positional arguments that Python knows it by. */
  StructuredValue arguments(SiameseNetwork network) {
    return form.arguments(
        function.inputs(network).stream()
            .map(image -> new TensorSpec(image.name(), type, image.shape()))
            .toList());
  }

  /** A function of these arguments that calls the one that computes. */
  FunctionDef calling(FunctionDef body) {
    OpDef.Builder signature = body.getSignature().toBuilder().setName(name()).setIsStateful(true);
    NodeDef.Builder call = NodeDef.newBuilder().setName(CALL).setOp("StatefulPartitionedCall");
    List<DataType> taken = new ArrayList<>();
    FunctionDef.Builder function = FunctionDef.newBuilder();
    for (OpDef.ArgDef.Builder input : signature.getInputArgBuilderList()) {
      taken.add(input.getType());
      if (input.getType() == DataType.DT_FLOAT && type != DataType.DT_FLOAT) {
        String cast = input.getName() + "_cast";
        function
            .addNodeDefBuilder()
            .setName(cast)
            .setOp("Cast")
            .addInput(input.getName())
            .putAttr("SrcT", AttrValue.newBuilder().setType(type).build())
            .putAttr("DstT", AttrValue.newBuilder().setType(DataType.DT_FLOAT).build());
        call.addInput(cast + ":y:0");
        input.setType(type);
      } else {
        call.addInput(input.getName());
      }
    }
    List<DataType> given = new ArrayList<>();
    for (OpDef.ArgDef output : signature.getOutputArgList()) {
      function.putRet(output.getName(), "%s:output:%d".formatted(CALL, given.size()));
      given.add(output.getType());
    }
    NameAttrList target = NameAttrList.newBuilder().setName(body.getSignature().getName()).build();
    call.putAttr("f", AttrValue.newBuilder().setFunc(target).build())
        .putAttr("Tin", types(taken))
        .putAttr("Tout", types(given));
    return function.setSignature(signature).addNodeDef(call).build();
  }

  private static AttrValue types(List<DataType> types) {
    return AttrValue.newBuilder()
        .setList(AttrValue.ListValue.newBuilder().addAllType(types))
        .build();
  }
}
