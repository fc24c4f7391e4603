package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Set;

/** The type in which a layer computes; here that is always float32. */
final class DtypePolicy {
  static final String FLOAT32 = "float32";
  private static final Set<String> OTHERS =
      Set.of("mixed_float16", "mixed_bfloat16", "float16", "bfloat16", "float64", "uint8", "int32");

  private DtypePolicy() {}

  /**
   * Tells when a layer computes in another type.
   *
   * @throws UnexpectedException for a quantized layer, whose weights are others
   */
  static void check(JsonElement dtype, String owner, Notices notices) {
    String name = name(dtype);
    if (OTHERS.contains(name)) {
      // Training takes that one up again.
      String where = name.equals("mixed_bfloat16") ? "float32 at inference" : "float32";
      notices.add("computed in %s instead of %s: %%s".formatted(where, name), owner);
    } else if (!name.equals(FLOAT32)) {
      throw Json.expected("dtype float32 of " + owner, dtype);
    }
  }

  /** The name of a type. */
  static String name(JsonElement dtype) {
    return dtype instanceof JsonObject policy
        ? Json.text(KerasObject.config(policy), "name")
        : dtype.isJsonNull() ? FLOAT32 : Json.string(dtype);
  }
}
