package dev.siamese.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Looks into JSON that may hold anything; throws {@link UnexpectedException}. */
final class Json {
  /** More than the largest of Keras's applications takes by far. */
  private static final int MOST_CHARACTERS = 1 << 24;

  private static final int MOST_SHOWN = 60;
  private static final int LONGEST_NAME = 255;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private Json() {}

  /**
   * Parses text.
   *
   * @param source the file, for messages
   * @throws IOException when it is no JSON object, or longer or nested more deeply than a model's
   */
  static JsonObject parse(String text, String source) throws IOException {
    if (text.length() > MOST_CHARACTERS) {
      throw new IOException(
          "expected a model's JSON of at most %d characters, found %d in %s"
              .formatted(MOST_CHARACTERS, text.length(), source));
    }
    try {
      if (JsonParser.parseString(text) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException e) {
      throw new IOException("expected a model's JSON, found other text in " + source, e);
    }
    throw new IOException("expected a model's JSON, found no object in " + source);
  }

  /** What a member holds; null in JSON where there is none. */
  static JsonElement get(JsonObject object, String member) {
    JsonElement element = object.get(member);
    return element == null ? JsonNull.INSTANCE : element;
  }

  static JsonObject object(JsonElement element) {
    if (element instanceof JsonObject object) {
      return object;
    }
    throw expected("an object", element);
  }

  static JsonArray array(JsonElement element) {
    if (element instanceof JsonArray array) {
      return array;
    }
    throw expected("a list", element);
  }

  static String string(JsonElement element) {
    if (isString(element)) {
      return element.getAsString();
    }
    throw expected("a text", element);
  }

  /** The text of a member, empty where there is none. */
  static String text(JsonObject object, String member) {
    JsonElement element = get(object, member);
    return isString(element) ? element.getAsString() : "";
  }

  /** A text that can be shown in a message and kept in a file. */
  static String name(JsonElement element) {
    String name = string(element);
    if (name.isBlank() || name.length() > LONGEST_NAME || CONTROL.matcher(name).find()) {
      throw expected("a name", element);
    }
    return name;
  }

  static boolean bool(JsonElement element) {
    if (element instanceof JsonPrimitive primitive && primitive.isBoolean()) {
      return primitive.getAsBoolean();
    }
    throw expected("true or false", element);
  }

  static double number(JsonElement element) {
    if (isNumber(element)) {
      double number = element.getAsDouble();
      if (Double.isFinite(number)) {
        return number;
      }
    }
    throw expected("a number", element);
  }

  static int integer(JsonElement element) {
    if (isNumber(element)) {
      double number = element.getAsDouble();
      if (number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE) {
        return (int) number;
      }
    }
    throw expected("a whole number", element);
  }

  static boolean isNumber(JsonElement element) {
    return element instanceof JsonPrimitive primitive && primitive.isNumber();
  }

  static boolean isString(JsonElement element) {
    return element instanceof JsonPrimitive primitive && primitive.isString();
  }

  /** The members of a list. */
  static <T> List<T> list(JsonElement element, Function<JsonElement, T> member) {
    List<T> list = new ArrayList<>();
    array(element).forEach(each -> list.add(member.apply(each)));
    return list;
  }

  /** A list of integers. */
  static JsonArray array(List<? extends Number> numbers) {
    JsonArray array = new JsonArray();
    numbers.forEach(array::add);
    return array;
  }

  static UnexpectedException expected(String what, JsonElement found) {
    return new UnexpectedException(what, found == null ? "nothing" : show(found));
  }

  /** JSON for a message: of an object its class, if it has one. */
  static String show(JsonElement element) {
    return element instanceof JsonObject object && !text(object, "class_name").isEmpty()
        ? show(text(object, "class_name"))
        : show(element.toString());
  }

  /** A text of a file for a message: one line, and no longer than can be read. */
  static String show(String text) {
    String brief = text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN).concat("…");
    return CONTROL.matcher(brief).replaceAll("?");
  }
}
