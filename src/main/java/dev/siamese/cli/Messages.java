package dev.siamese.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** One line for the user about what went wrong. */
final class Messages {
  private Messages() {}

  /**
   * What the exception means; Java's own file exceptions often tell no more than the file's name.
   */
  static String of(Exception exception) {
    if (exception instanceof FileSystemException failure && failure.getReason() == null) {
      return reason(failure) + ": " + failure.getFile();
    }
    String message = exception.getMessage();
    return message == null ? exception.toString() : message.lines().findFirst().orElse(message);
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
