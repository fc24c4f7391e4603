package dev.siamese.keras;

import com.google.gson.JsonObject;
import java.util.function.Function;

/**
 * A class of Keras and the record that stands for it.
 *
 * @param <T> kind of record
 * @param module in which Keras has the class
 * @param className Keras's name of it
 * @param type of the record
 * @param description says each setting once, for reading and for writing
 */
record Row<T, R extends T>(
    String module,
    String className,
    Class<R> type,
    Function<Settings<R>, ? extends T> description) {
  /**
   * Reads the record.
   *
   * @param settings to read from, each of which is looked at
   * @throws IllegalArgumentException when a setting is missing, is one that the record cannot have,
   *     or is unknown
   */
  T read(SettingsReader settings) {
    T value;
    try {
      value = description.apply(Settings.reading(settings));
    } catch (UnexpectedException e) {
      throw e; // It says where.
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s, in %s".formatted(e.getMessage(), settings.owner()), e);
    }
    settings.requireNoMore();
    return value;
  }

  /** Whether this row writes such a record. */
  boolean writes(T value) {
    return type.isInstance(value);
  }

  /** Adds the settings of a record to the JSON. */
  void write(T value, SettingsWriter settings) {
    description.apply(Settings.writing(settings, type.cast(value)));
  }

  /** The object of a record whose settings are all that there is to say of it. */
  JsonObject object(T value) {
    SettingsWriter settings = new SettingsWriter(new JsonObject());
    write(value, settings);
    return KerasObject.of(module, className, settings.json());
  }
}
