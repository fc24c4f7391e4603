package dev.siamese.data;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Some values of which a user names one.
 *
 * @param values all of them
 * @param text what the command line and files name a value by
 */
public record NamedChoice<T>(T[] values, Function<T, String> text) {

  /** The value of a name, if there is one. */
  public Optional<T> find(String name) {
    return Arrays.stream(values).filter(value -> text.apply(value).equals(name)).findFirst();
  }

  /**
   * The value of a name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public T require(String name) {
    return find(name)
        .orElseThrow(
            () -> new IllegalArgumentException("expected %s, found %s".formatted(list(), name)));
  }

  /** All names, for messages. */
  public String list() {
    return Arrays.stream(values).map(text).collect(Collectors.joining(", "));
  }
}
