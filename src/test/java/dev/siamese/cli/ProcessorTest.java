package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.model.SessionSettings.Precision;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessorTest {

  @Test
  void findsBfloat16AmongTheFlags() {
    assertTrue(Processor.hasBfloat16(List.of("processor\t: 0", "flags\t\t: fpu avx512_bf16 avx2")));
    assertTrue(Processor.hasBfloat16(List.of("Features\t: fp asimd bf16")));
    assertFalse(Processor.hasBfloat16(List.of("flags\t\t: fpu avx512f avx2")));
    assertFalse(Processor.hasBfloat16(List.of("model name\t: bf16", "bugs\t: bf16")));
  }

  @Test
  void warnsOfBfloat16OnlyWhereItsInstructionsAreMissing() {
    Optional<String> warning = Processor.warning(Precision.BFLOAT16, Optional.of(false));
    assertTrue(warning.orElseThrow().startsWith("This processor has no bfloat16 instructions"));
    assertEquals(Optional.empty(), Processor.warning(Precision.BFLOAT16, Optional.of(true)));
    assertEquals(Optional.empty(), Processor.warning(Precision.BFLOAT16, Optional.empty()));
    assertEquals(Optional.empty(), Processor.warning(Precision.FLOAT32, Optional.of(false)));
  }
}
