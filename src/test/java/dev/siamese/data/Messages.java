package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.function.Executable;

/** Checks what a user is told when something cannot be read. */
public final class Messages {
  private Messages() {}

  /** Runs work that must fail with an IOException of one line that holds all the words. */
  public static void assertFails(Executable work, Object... words) {
    String message = assertThrows(IOException.class, work).getMessage();
    assertTrue(message.lines().count() == 1, message);
    for (Object word : words) {
      assertTrue(message.contains(word.toString()), "expected '" + word + "' in: " + message);
    }
  }
}
