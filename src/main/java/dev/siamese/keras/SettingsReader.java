package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads settings and remembers which, so that none is passed over in silence. */
final class SettingsReader implements SettingsForm {
  private final JsonObject json;
  private final String owner;
  private final Notices notices;
  private final List<OptionalDouble> constants;
  private final Set<String> known = new HashSet<>();

  /**
   * Begins to read.
   *
   * @param json the member "config"
   * @param owner whose settings, as in "Conv2D "conv2d""
   * @param constants numbers among the tensors of a call
   */
  SettingsReader(JsonObject json, String owner, Notices notices, List<OptionalDouble> constants) {
    this.json = json;
    this.owner = owner;
    this.notices = notices;
    this.constants = constants;
  }

  SettingsReader(JsonObject json, String owner, Notices notices) {
    this(json, owner, notices, List.of());
  }

  String owner() {
    return owner;
  }

  @Override
  public <V> V value(String key, Codec<V> codec, Optional<V> absent, Optional<V> present) {
    known.add(key);
    if (!json.has(key)) {
      return absent.orElseThrow(
          () -> new UnexpectedException("%s of %s".formatted(key, owner), "none"));
    }
    try {
      return codec.read(json.get(key));
    } catch (UnexpectedException e) {
      throw e.at("as %s of %s".formatted(key, owner));
    }
  }

  @Override
  public <V> V minor(String key, Codec<V> codec, V absent, Optional<V> present) {
    known.add(key);
    if (!json.has(key)) {
      return absent;
    }
    try {
      return codec.read(json.get(key));
    } catch (IllegalArgumentException e) {
      notices.add("left out, for it is unknown: the %s of %%s".formatted(key), owner);
      return absent;
    }
  }

  @Override
  public void fixed(String key, JsonElement value) {
    known.add(key);
    if (json.has(key) && !json.get(key).equals(value)) {
      throw new UnexpectedException(
          "%s %s of %s".formatted(key, value.getAsString(), owner), Json.show(json.get(key)));
    }
  }

  @Override
  public void none(String... keys) {
    for (String key : keys) {
      known.add(key);
      if (isSet(key)) {
        throw new UnexpectedException(
            "no %s of %s".formatted(key, owner), Json.show(json.get(key)));
      }
    }
  }

  @Override
  public void untrained(String... keys) {
    for (String key : keys) {
      known.add(key);
      if (isSet(key)) {
        notices.add("left out: the %s of %%s".formatted(key), owner);
      }
    }
  }

  @Override
  public void unused(String... keys) {
    known.addAll(List.of(keys));
  }

  @Override
  public String rest(Optional<String> present) {
    JsonObject rest = new JsonObject();
    json.entrySet().stream()
        .filter(member -> !known.contains(member.getKey()))
        .forEach(member -> rest.add(member.getKey(), member.getValue()));
    known.addAll(json.keySet());
    return rest.toString();
  }

  @Override
  public OptionalDouble constant(int position, Optional<OptionalDouble> present) {
    return position < constants.size() ? constants.get(position) : OptionalDouble.empty();
  }

  private boolean isSet(String key) {
    JsonElement value = Json.get(json, key);
    return !value.isJsonNull() && !value.equals(new JsonPrimitive(false));
  }

  /**
   * Checks that every setting was asked for. Newer versions of Keras have more of them: one that is
   * not set is told, for any other nobody knows what it changes.
   *
   * @throws UnexpectedException for one that nobody asked for
   */
  void requireNoMore() {
    for (String key : json.keySet()) {
      if (!known.contains(key)) {
        if (isSet(key)) {
          throw new UnexpectedException(
              "settings that this program knows of " + owner,
              "%s %s".formatted(Json.show(key), Json.show(json.get(key))));
        }
        notices.add("left out, for it is unknown: the %s of %%s".formatted(Json.show(key)), owner);
      }
    }
  }
}
