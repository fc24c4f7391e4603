package dev.siamese.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Forms of data sets that are known and not read, each with the line that makes a good one. */
enum RefusedForm {
  NPY("NumPy array alone", "np.savez(\"mine.npz\", x=images, y=labels)", ".npy"),
  PICKLE(
      "pickle, which may run any code",
      "np.savez(\"mine.npz\", x_train=images, y_train=labels), in Python",
      ".pkl",
      ".pickle"),
  TORCH(
      "file of PyTorch",
      "np.savez(\"mine.npz\", x=images.numpy(), y=labels.numpy())",
      ".pt",
      ".pth"),
  MATLAB(
      "file of MATLAB",
      "m = scipy.io.loadmat(f); np.savez(\"mine.npz\", x=m[\"X\"].transpose(3, 0, 1, 2), y=m[\"y\"])",
      ".mat"),
  HDF5(
      "HDF5 file",
      "f = h5py.File(f); np.savez(\"mine.npz\", x=f[\"x\"][:], y=f[\"y\"][:])",
      ".h5",
      ".hdf5"),
  TABLE(
      "table of pictures in Parquet or Arrow",
      "for i, e in enumerate(dataset): e[\"image\"].save(f\"photos/{e['label']}/{i}.png\")",
      ".parquet",
      ".arrow"),
  RECORDS(
      "file of TensorFlow's records",
      "np.savez(\"mine.npz\", x=images, y=labels), of tfds.as_numpy(dataset)",
      ".tfrecord",
      ".tfrecords"),
  ARCHIVE(
      "archive",
      "unpack it, and give the folder",
      ".zip",
      ".tar",
      ".tgz",
      ".tar.gz",
      ".7z",
      ".rar"),
  SHEET("spreadsheet", "save it as CSV, with the columns file,label", ".xlsx", ".xls", ".ods");

  private final String what;
  private final String line;
  private final String[] endings;

  RefusedForm(String what, String line, String... endings) {
    this.what = what;
    this.line = line;
    this.endings = endings;
  }

  /** The form that a file's name tells, if it is one of these. */
  static Optional<RefusedForm> of(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(form -> Arrays.stream(form.endings).anyMatch(name::endsWith))
        .findFirst();
  }

  /** What it is, and what makes a good one of it. */
  String advice() {
    return "a " + what + " (make one that is read: " + line + ")";
  }
}
