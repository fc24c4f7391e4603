package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Optional;
import java.util.OptionalDouble;

/** Writes settings. */
final class SettingsWriter implements SettingsForm {
  private final JsonObject json;

  /** Adds to this object. */
  SettingsWriter(JsonObject json) {
    this.json = json;
  }

  JsonObject json() {
    return json;
  }

  @Override
  public <V> V value(String key, Codec<V> codec, Optional<V> absent, Optional<V> present) {
    V value = present.orElseThrow();
    json.add(key, codec.write(value));
    return value;
  }

  @Override
  public <V> V minor(String key, Codec<V> codec, V absent, Optional<V> present) {
    return value(key, codec, Optional.empty(), present);
  }

  @Override
  public void fixed(String key, JsonElement value) {
    json.add(key, value);
  }

  @Override
  public void none(String... keys) {
    // Older versions of Keras refuse what they do not know.
  }

  @Override
  public void untrained(String... keys) {
    // There is none in the record.
  }

  @Override
  public void unused(String... keys) {
    // There is none in the record.
  }

  @Override
  public String rest(Optional<String> present) {
    String rest = present.orElseThrow();
    JsonParser.parseString(rest)
        .getAsJsonObject()
        .entrySet()
        .forEach(member -> json.add(member.getKey(), member.getValue()));
    return rest;
  }

  @Override
  public OptionalDouble constant(int position, Optional<OptionalDouble> present) {
    return present.orElseThrow(); // Written with the tensors around it.
  }
}
