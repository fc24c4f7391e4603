package dev.siamese.keras;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Where an array is in an HDF5 file, if it is there.
 *
 * @param group that holds it
 * @param name in the group
 */
record ArrayPlace(Group group, String name) {
  private static final String NAMES = "weight_names";

  /** The arrays of a group that are named 0, 1 …. */
  static List<ArrayPlace> numbered(Group group) {
    List<ArrayPlace> places = new ArrayList<>();
    for (int i = 0; i < group.getChildren().size(); i++) {
      places.add(new ArrayPlace(group, Integer.toString(i)));
    }
    return places;
  }

  /**
   * The arrays that a list beside a group names.
   *
   * @throws IOException when one is named twice, as Keras 3.0 did, or there is no such group
   */
  static List<ArrayPlace> listed(Group group, ArrayReader arrays) throws IOException {
    List<String> names = arrays.texts().texts(group, NAMES);
    if (new HashSet<>(names).size() < names.size()) {
      throw new IOException(
          "expected different names of the arrays in %s, found one twice in %s"
              .formatted(Json.show(group.getPath()), arrays.source()));
    }
    List<ArrayPlace> places = new ArrayList<>();
    for (String name : names) {
      int slash = name.lastIndexOf('/');
      places.add(
          new ArrayPlace(
              slash < 0 ? group : arrays.requireGroup(group, name.substring(0, slash)),
              name.substring(slash + 1)));
    }
    return places;
  }

  /** Names arrays beside a group. */
  static void list(Hdf5Writer hdf5, String path, List<String> names) {
    hdf5.putText(hdf5.group(path), NAMES, names.toArray(String[]::new));
  }

  /** Its path, for messages. */
  String path() {
    return group.getPath() + name;
  }

  /** What is there, whatever it is. */
  Object node() {
    return group.getChild(name);
  }

  /** The array, where {@link ArrayReader#problem} found none. */
  Dataset dataset() {
    return (Dataset) group.getChild(name);
  }
}
