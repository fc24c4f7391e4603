package dev.siamese.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * Pictures of a data set, kept in about as many bytes as their names have letters: there may be
 * millions of them.
 */
final class PictureList extends AbstractList<LabeledPicture> implements RandomAccess {
  /** What pictures in a row have in common. */
  private record Group(Path folder, String label, Part part, int from) {}

  private final List<Group> groups = new ArrayList<>();
  private final Letters names = new Letters();

  /** Files whose names are no text in the system's encoding. */
  private final Map<Integer, Path> unspoken = new HashMap<>();

  private int[] ends = new int[16];
  private int size;

  /** Letters that can be read where they stand. */
  private static final class Letters extends ByteArrayOutputStream {
    String text(int from, int to) {
      return new String(buf, from, to - from, StandardCharsets.UTF_8);
    }
  }

  @Override
  public boolean add(LabeledPicture picture) {
    Path parent = picture.file().getParent();
    Path folder = parent == null ? Path.of("") : parent;
    Group last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
    if (last == null
        || !last.folder.equals(folder)
        || !last.label.equals(picture.label())
        || last.part != picture.part()) {
      groups.add(new Group(folder, picture.label(), picture.part(), size));
    }
    String name = picture.file().getFileName().toString();
    if (!folder.resolve(name).equals(picture.file())) {
      unspoken.put(size, picture.file());
    }
    names.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
    }
    ends[size++] = names.size();
    return true;
  }

  @Override
  public LabeledPicture get(int index) {
    Group group = groups.get(groupOf(Objects.checkIndex(index, size)));
    String name = names.text(index == 0 ? 0 : ends[index - 1], ends[index]);
    Path file = unspoken.containsKey(index) ? unspoken.get(index) : group.folder.resolve(name);
    return new LabeledPicture(file, group.label, group.part);
  }

  private int groupOf(int index) {
    int low = 0;
    int high = groups.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (groups.get(middle).from <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  @Override
  public int size() {
    return size;
  }

  /** Their files, made as they are asked for. */
  List<Path> files() {
    return new Files(this);
  }

  private static final class Files extends AbstractList<Path> implements RandomAccess {
    private final PictureList pictures;

    Files(PictureList pictures) {
      this.pictures = pictures;
    }

    @Override
    public Path get(int index) {
      return pictures.get(index).file();
    }

    @Override
    public int size() {
      return pictures.size;
    }
  }
}
