package dev.siamese.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** One line for the user about what went wrong. */
final class Messages {
  private Messages() {}

  /**
   * What the failure means; Java's own file exceptions often tell no more than the file's name, and
   * its errors need theirs to be understood.
   */
  static String of(Throwable failure) {
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      return reason(file) + ": " + file.getFile();
    }
    if (failure instanceof UnsatisfiedLinkError unloaded) {
      return NativeLibrary.reason(unloaded);
    }
    String message =
        failure instanceof Error || failure.getMessage() == null
            ? failure.toString()
            : failure.getMessage();
    return message.lines().findFirst().orElse(message);
  }

  private static String reason(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "exists already";
    }
    return failure.getClass().getSimpleName();
  }
}
