package dev.siamese.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.siamese.network.Extent;
import dev.siamese.network.Margins;
import dev.siamese.network.Padding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How a kind of value stands in Keras's JSON.
 *
 * @param reader throws {@link UnexpectedException} for what is none
 * @param writer gives what the reader takes
 */
record Codec<V>(Function<JsonElement, V> reader, Function<V, JsonElement> writer) {
  static final Codec<Boolean> BOOLEAN = new Codec<>(Json::bool, JsonPrimitive::new);
  static final Codec<Integer> INTEGER = new Codec<>(Json::integer, JsonPrimitive::new);
  static final Codec<Double> NUMBER = new Codec<>(Json::number, JsonPrimitive::new);

  /** A number, or null for none. */
  static final Codec<OptionalDouble> OPTIONAL_NUMBER =
      new Codec<>(
          json -> json.isJsonNull() ? OptionalDouble.empty() : OptionalDouble.of(Json.number(json)),
          value -> value.isPresent() ? new JsonPrimitive(value.getAsDouble()) : JsonNull.INSTANCE);

  static final Codec<List<Integer>> INTEGERS =
      new Codec<>(json -> Json.list(json, Json::integer), Json::array);

  /** One axis or a list of them; Keras writes what its user wrote. */
  static final Codec<List<Integer>> AXES =
      new Codec<>(
          json -> json.isJsonArray() ? INTEGERS.read(json) : List.of(Json.integer(json)),
          axes -> axes.size() == 1 ? new JsonPrimitive(axes.get(0)) : Json.array(axes));

  /** Axes, of which there may be none, which is null too. */
  static final Codec<List<Integer>> ANY_AXES =
      new Codec<>(
          json -> json.isJsonNull() ? List.of() : AXES.read(json),
          axes -> axes.isEmpty() ? JsonNull.INSTANCE : AXES.write(axes));

  /** One axis, also as a list of one. */
  static final Codec<Integer> AXIS =
      new Codec<>(
          json -> {
            List<Integer> axes = AXES.read(json);
            if (axes.size() != 1) {
              throw Json.expected("one axis", json);
            }
            return axes.get(0);
          },
          JsonPrimitive::new);

  /** An axis of each of two tensors, or one of both. */
  static final Codec<List<Integer>> TWO_AXES =
      new Codec<>(
          json -> {
            List<Integer> axes = AXES.read(json);
            if (axes.isEmpty() || axes.size() > 2) {
              throw Json.expected("one or two axes", json);
            }
            return List.of(axes.get(0), axes.get(axes.size() - 1));
          },
          axes -> AXES.write(axes.stream().distinct().toList()));

  /** Rows and columns, or one number for both. */
  static final Codec<Extent> EXTENT =
      new Codec<>(
          json -> {
            List<Integer> sizes = AXES.read(json);
            if (sizes.isEmpty() || sizes.size() > 2 || sizes.stream().anyMatch(size -> size < 1)) {
              throw Json.expected("two positive numbers", json);
            }
            return new Extent(sizes.get(0), sizes.get(sizes.size() - 1));
          },
          extent -> Json.array(List.of(extent.rows(), extent.columns())));

  /** ((top, bottom), (left, right)), or what is the same at opposite sides, or at all. */
  static final Codec<Margins> MARGINS = new Codec<>(Codec::readMargins, Codec::writeMargins);

  static final Codec<Padding> PADDING = named(Padding.values());

  /** A number, or a list of some, also inside of lists of one or as numpy has it. */
  static final Codec<List<Double>> NUMBERS =
      new Codec<>(
          Codec::readNumbers,
          numbers -> numbers.size() == 1 ? new JsonPrimitive(numbers.get(0)) : Json.array(numbers));

  /** Numbers, or null for none. */
  static final Codec<Optional<List<Double>>> OPTIONAL_NUMBERS =
      new Codec<>(
          json -> json.isJsonNull() ? Optional.empty() : Optional.of(NUMBERS.read(json)),
          numbers -> numbers.map(NUMBERS::write).orElse(JsonNull.INSTANCE));

  /** The order of a Euclidean norm. */
  static final Codec<Boolean> EUCLIDEAN =
      new Codec<>(
          json -> {
            if (!json.isJsonNull() && !(Json.isNumber(json) && Json.number(json) == 2)) {
              throw Json.expected("null or 2", json);
            }
            return true;
          },
          value -> JsonNull.INSTANCE);

  /** Sizes that begin with the batch's, which is -1 or null. */
  static final Codec<List<Integer>> SIZES_BEHIND_BATCH =
      new Codec<>(
          json -> {
            List<JsonElement> sizes = Json.array(json).asList();
            if (sizes.isEmpty() || !sizes.get(0).isJsonNull() && Json.integer(sizes.get(0)) != -1) {
              throw Json.expected("sizes with -1 for the batch", json);
            }
            return sizes.stream().skip(1).map(Json::integer).toList();
          },
          sizes -> Json.array(Stream.concat(Stream.of(-1), sizes.stream()).toList()));

  /** One of these, by its name in lower case. */
  static <E extends Enum<E>> Codec<E> named(E[] values) {
    return new Codec<>(
        json -> {
          String name = Json.string(json);
          for (E value : values) {
            if (lowerCase(value).equals(name.toLowerCase(Locale.ROOT))) {
              return value;
            }
          }
          throw Json.expected(
              "one of "
                  + String.join(", ", List.of(values).stream().map(Codec::lowerCase).toList()),
              json);
        },
        value -> new JsonPrimitive(lowerCase(value)));
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  V read(JsonElement json) {
    return reader.apply(json);
  }

  JsonElement write(V value) {
    return writer.apply(value);
  }

  private static Margins readMargins(JsonElement json) {
    JsonArray sides = new JsonArray();
    if (json.isJsonArray()) {
      sides = json.getAsJsonArray();
    } else {
      sides.add(json);
    }
    List<Integer> margins = new ArrayList<>();
    for (JsonElement side : sides) {
      List<Integer> both = AXES.read(side);
      margins.add(both.isEmpty() ? -1 : both.get(0));
      margins.add(both.isEmpty() || both.size() > 2 ? -1 : both.get(both.size() - 1));
    }
    if (margins.size() == 2) {
      margins.addAll(List.copyOf(margins));
    }
    if (margins.size() != 4 || margins.stream().anyMatch(margin -> margin < 0)) {
      throw Json.expected("margins of 0 or greater at four sides", json);
    }
    return new Margins(margins.get(0), margins.get(1), margins.get(2), margins.get(3));
  }

  private static JsonElement writeMargins(Margins margins) {
    JsonArray sides = new JsonArray();
    sides.add(Json.array(List.of(margins.top(), margins.bottom())));
    sides.add(Json.array(List.of(margins.left(), margins.right())));
    return sides;
  }

  private static List<Double> readNumbers(JsonElement json) {
    JsonElement numbers = json;
    if (json instanceof JsonObject array && Json.text(array, "class_name").equals("__numpy__")) {
      numbers = Json.get(Json.object(Json.get(array, "config")), "value");
    }
    while (numbers instanceof JsonArray outer
        && outer.size() == 1
        && outer.get(0) instanceof JsonArray inner) {
      numbers = inner;
    }
    if (numbers.isJsonArray() && numbers.getAsJsonArray().isEmpty()) {
      throw Json.expected("a number", json);
    }
    return numbers.isJsonArray() ? Json.list(numbers, Json::number) : List.of(Json.number(numbers));
  }
}
