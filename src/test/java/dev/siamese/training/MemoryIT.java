package dev.siamese.training;

import dev.siamese.ResidentMemory;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MemoryIT {

  /** A step is fed 3 kB, its masks apart: what is not freed of that would make 15 MB. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void doesNotGrowWithTheSteps() throws IOException, InterruptedException {
    ResidentMemory.assertStays(ManySteps.class);
  }
}
