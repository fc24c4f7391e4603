package dev.siamese.keras;

import com.google.gson.JsonPrimitive;
import dev.siamese.network.Activation;
import dev.siamese.network.ActivationLayer;
import dev.siamese.network.Extent;
import dev.siamese.network.Initializer;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.Regularizer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The settings of a record in Keras's JSON. What describes a record by these methods is used for
 * reading and for writing alike: each returns the setting's value, which it takes from the JSON, or
 * from the record and puts it into the JSON.
 *
 * @param <R> the record, or a part of it
 */
final class Settings<R> {
  private final SettingsForm form;
  private final Optional<R> source;

  private Settings(SettingsForm form, Optional<R> source) {
    this.form = form;
    this.source = source;
  }

  static <R> Settings<R> reading(SettingsForm form) {
    return new Settings<>(form, Optional.empty());
  }

  static <R> Settings<R> writing(SettingsForm form, R source) {
    return new Settings<>(form, Optional.of(source));
  }

  /** The same settings, for a part of the record. */
  <P> Settings<P> part(Function<R, P> part) {
    return new Settings<>(form, source.map(part));
  }

  /** A setting that must be there. */
  <V> V value(String key, Codec<V> codec, Function<R, V> getter) {
    return form.value(key, codec, Optional.empty(), source.map(getter));
  }

  /** A setting with Keras's default. */
  <V> V value(String key, Codec<V> codec, V absent, Function<R, V> getter) {
    return form.value(key, codec, Optional.of(absent), source.map(getter));
  }

  int integer(String key, Function<R, Integer> getter) {
    return value(key, Codec.INTEGER, getter);
  }

  int integer(String key, int absent, Function<R, Integer> getter) {
    return value(key, Codec.INTEGER, absent, getter);
  }

  double number(String key, double absent, Function<R, Double> getter) {
    return value(key, Codec.NUMBER, absent, getter);
  }

  boolean bool(String key, boolean absent, Function<R, Boolean> getter) {
    return value(key, Codec.BOOLEAN, absent, getter);
  }

  List<Integer> axes(Function<R, List<Integer>> getter) {
    return value("axis", Codec.AXES, List.of(-1), getter);
  }

  Extent extent(String key, Extent absent, Function<R, Extent> getter) {
    return value(key, Codec.EXTENT, absent, getter);
  }

  ActivationLayer activation(Function<R, ActivationLayer> getter) {
    return value("activation", Activations.CODEC, Activation.LINEAR, getter);
  }

  /** A parameter's initializer and regularizer. */
  ParameterSettings parameter(
      String name, ParameterSettings absent, Function<R, ParameterSettings> getter) {
    Settings<ParameterSettings> settings = part(getter);
    form.untrained(name + "_constraint");
    return new ParameterSettings(
        settings.initializer(name + "_initializer", absent.initializer(), s -> s.initializer()),
        form.minor(
            name + "_regularizer",
            Regularizers.CODEC,
            Regularizer.NONE,
            settings.source.map(ParameterSettings::regularizer)));
  }

  /** A parameter that there is only if a switch is on. */
  Optional<ParameterSettings> parameter(
      String name,
      String switchKey,
      ParameterSettings absent,
      Function<R, Optional<ParameterSettings>> getter) {
    if (bool(switchKey, true, record -> getter.apply(record).isPresent())) {
      return Optional.of(parameter(name, absent, record -> getter.apply(record).orElseThrow()));
    }
    unused(name + "_initializer", name + "_regularizer", name + "_constraint");
    return Optional.empty();
  }

  Initializer initializer(String key, Initializer absent, Function<R, Initializer> getter) {
    return form.minor(key, Initializers.CODEC, absent, source.map(getter));
  }

  /** See {@link SettingsForm#fixed}. */
  void fixed(String key, String value) {
    form.fixed(key, new JsonPrimitive(value));
  }

  /** The order of a norm: 2, which null is too. */
  void euclidean(String key) {
    form.value(key, Codec.EUCLIDEAN, Optional.of(true), source.map(record -> true));
  }

  /** The channels are the last axis; the other order is not computed here. */
  void channelsLast() {
    fixed("data_format", "channels_last");
  }

  /** See {@link SettingsForm#none}. */
  void none(String... keys) {
    form.none(keys);
  }

  /** See {@link SettingsForm#untrained}. */
  void untrained(String... keys) {
    form.untrained(keys);
  }

  /** See {@link SettingsForm#unused}. */
  void unused(String... keys) {
    form.unused(keys);
  }

  /** See {@link SettingsForm#rest}. */
  String rest(Function<R, String> getter) {
    return form.rest(source.map(getter));
  }

  /** See {@link SettingsForm#constant}. */
  OptionalDouble constant(int position, Function<R, OptionalDouble> getter) {
    return form.constant(position, source.map(getter));
  }
}
