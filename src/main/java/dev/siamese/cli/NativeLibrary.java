package dev.siamese.cli;

import java.io.File;
import java.io.IOException;
import org.bytedeco.javacpp.Loader;

/** TensorFlow's library, which Java unpacks into a folder of the user before it loads it. */
final class NativeLibrary {
  private static final long BYTES_PER_MEGABYTE = 1_000_000;

  private static final String WAY_OUT =
      " name a folder that has 1 GB free and may run programs, with"
          + " JAVA_TOOL_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR";

  private NativeLibrary() {}

  /** Why it cannot be loaded, and the way out. */
  static String reason(UnsatisfiedLinkError failure) {
    File folder;
    try {
      folder = Loader.getCacheDir();
    } catch (IOException e) {
      return "expected a folder to unpack TensorFlow's library to, found none that can be written:"
          + WAY_OUT;
    }
    if (failure.getCause() == null) {
      return failure.toString(); // There is none for this machine, as it says.
    }
    return "cannot load TensorFlow's library (%s), which is unpacked to %s, with %,d MB free:%s"
        .formatted(
            lastWords(failure), folder, folder.getUsableSpace() / BYTES_PER_MEGABYTE, WAY_OUT);
  }

  /** What the system said; Java names the file twice before it. */
  private static String lastWords(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return message.replaceFirst("^(/.*: )\\1", "$1");
  }
}
