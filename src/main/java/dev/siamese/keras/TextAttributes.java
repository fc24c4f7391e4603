package dev.siamese.keras;

import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Texts beside the groups of an HDF5 file, as Keras keeps what is no array. */
final class TextAttributes {
  /** More layers, or arrays of one, than any file of Keras has. */
  private static final int MOST_TEXTS = 100_000;

  private TextAttributes() {}

  /** The text of this name, if there is one. */
  static Optional<String> text(Group group, String name) {
    Attribute attribute = group.getAttribute(name);
    return attribute != null
            && attribute.isScalar()
            && attribute.getJavaType() == String.class
            && attribute.getData() instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }

  /** Whether there is a list of this name. */
  static boolean hasTexts(Group group, String name) {
    return group.getAttribute(name) != null || group.getAttribute(name + 0) != null;
  }

  /**
   * The list of this name, which Keras parts in several where it is long; empty where there is
   * none.
   *
   * @throws IOException when it holds something else, or too much
   */
  static List<String> texts(Group group, String name, String source) throws IOException {
    List<String> texts = new ArrayList<>();
    if (group.getAttribute(name) != null) {
      add(group.getAttribute(name), texts, source);
      return texts;
    }
    for (int part = 0; group.getAttribute(name + part) != null; part++) {
      add(group.getAttribute(name + part), texts, source);
    }
    return texts;
  }

  private static void add(Attribute attribute, List<String> texts, String source)
      throws IOException {
    if (attribute.isEmpty() || attribute.getSize() == 0) {
      return; // Of numbers, as numpy has an empty list.
    }
    boolean list =
        attribute.getDimensionsAsLong().length == 1
            && attribute.getDimensionsAsLong()[0] <= MOST_TEXTS - texts.size()
            && attribute.getJavaType() == String.class;
    if (list && attribute.getData() instanceof String[] read) {
      texts.addAll(List.of(read));
      return;
    }
    throw new IOException(
        "expected a list of at most %d names as %s of %s, found something else in %s"
            .formatted(
                MOST_TEXTS,
                Json.show(attribute.getName()),
                Json.show(attribute.getNode().getPath()),
                source));
  }
}
