package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Set;

/** The type in which a layer computes; here that is always float32. */
final class DtypePolicy {
  private static final String FLOAT32 = "float32";
  private static final Set<String> OTHERS =
      Set.of("mixed_float16", "mixed_bfloat16", "float16", "bfloat16", "float64", "uint8", "int32");

  private DtypePolicy() {}

  /**
   * Tells when a layer computes in another type.
   *
   * @throws UnexpectedException for a quantized layer, whose weights are others
   */
  static void check(JsonElement dtype, String owner, Notices notices) {
    String name =
        dtype instanceof JsonObject policy
            ? Json.text(KerasObject.config(policy), "name")
            : dtype.isJsonNull() ? FLOAT32 : Json.string(dtype);
    if (OTHERS.contains(name)) {
      notices.add("computed in float32 instead of %s: %%s".formatted(name), owner);
    } else if (!name.equals(FLOAT32)) {
      throw Json.expected("dtype float32 of " + owner, dtype);
    }
  }
}
