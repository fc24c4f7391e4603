package dev.siamese.keras;

import com.google.gson.JsonElement;
import java.util.Optional;
import java.util.OptionalDouble;

/** The JSON behind {@link Settings}, which is either read or written. */
interface SettingsForm {
  /**
   * A setting.
   *
   * @param absent its value where the JSON does not have it; empty where that is a fault
   * @param present its value to be written; empty when reading
   * @return the value
   */
  <V> V value(String key, Codec<V> codec, Optional<V> absent, Optional<V> present);

  /** A setting as in {@link #value} that is told and left out when it cannot be understood. */
  <V> V minor(String key, Codec<V> codec, V absent, Optional<V> present);

  /** A setting that has to be this, and is written so. */
  void fixed(String key, JsonElement value);

  /** Settings that have to be null, false or absent, and are not written. */
  void none(String... keys);

  /** Settings that matter in training only: told when they are set, and not written. */
  void untrained(String... keys);

  /** Settings that change nothing here; not written. */
  void unused(String... keys);

  /** All settings that nobody asks for, as JSON. */
  String rest(Optional<String> present);

  /** A number in the place of a tensor in a call; empty where a tensor is. */
  OptionalDouble constant(int position, Optional<OptionalDouble> present);
}
