package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.siamese.network.Regularizer;
import java.util.function.Function;

/** Keras's regularizers in JSON. */
final class Regularizers {
  static final Codec<Regularizer> CODEC = new Codec<>(Regularizers::read, Regularizers::write);

  private static final Row<Regularizer, Regularizer> L1 =
      row("L1", s -> new Regularizer(s.number("l1", 0.01, Regularizer::l1), 0));
  private static final Row<Regularizer, Regularizer> L2 =
      row("L2", s -> new Regularizer(0, s.number("l2", 0.01, Regularizer::l2)));
  private static final Row<Regularizer, Regularizer> BOTH =
      row(
          "L1L2",
          s ->
              new Regularizer(
                  s.number("l1", 0, Regularizer::l1), s.number("l2", 0, Regularizer::l2)));

  private Regularizers() {}

  private static Row<Regularizer, Regularizer> row(
      String className, Function<Settings<Regularizer>, Regularizer> description) {
    return new Row<>("keras.regularizers", className, Regularizer.class, description);
  }

  private static Regularizer read(JsonElement json) {
    if (json.isJsonNull()) {
      return Regularizer.NONE;
    }
    JsonObject object = Json.object(json);
    String className = Json.text(object, "class_name");
    Row<Regularizer, Regularizer> row =
        switch (className) {
          case "L1" -> L1;
          case "L2" -> L2;
          case "L1L2" -> BOTH;
          default -> throw Json.expected("a regularizer that this program knows", json);
        };
    return row.read(new SettingsReader(KerasObject.config(object), className, new Notices()));
  }

  private static JsonElement write(Regularizer regularizer) {
    if (regularizer.equals(Regularizer.NONE)) {
      return JsonNull.INSTANCE;
    }
    return (regularizer.l1() == 0 ? L2 : regularizer.l2() == 0 ? L1 : BOTH).object(regularizer);
  }
}
