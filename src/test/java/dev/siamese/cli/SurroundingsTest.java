package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SurroundingsTest {

  @Test
  void aUserWithoutANameHasTheHomeThatTheEnvironmentTells() {
    assertEquals("/home/a", Surroundings.home("/home/a", "/home/b"));
    assertEquals("/home/b", Surroundings.home("?", "/home/b"));
    assertEquals("/nonexistent", Surroundings.home("?", null));
    assertEquals("/nonexistent", Surroundings.home("?", "b"));
    assertEquals("/nonexistent", Surroundings.home("", ""));
  }
}
