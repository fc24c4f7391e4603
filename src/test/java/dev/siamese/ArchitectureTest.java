package dev.siamese;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between the packages: who may use whom. */
class ArchitectureTest {
  private static final String ROOT = "dev.siamese.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.siamese");

  @ParameterizedTest
  @CsvSource({
    "data,       ''",
    "network,    ''",
    "loss,       ''",
    "model,      data network loss",
    "evaluation, data network",
    "augmentation, data",
    "training,   data network loss model evaluation augmentation",
    "search,     ''",
    "keras,      network",
    "savedmodel, data network model",
    "exchange,   data network model keras savedmodel",
    "chart,      data network evaluation training",
    "tensorboard, data network evaluation training",
    "report,     data network evaluation training chart",
  })
  void aPackageUsesOnlyThese(String name, String allowed) {
    List<String> packages = List.of((ROOT + name + " " + allowed.strip()).split(" "));
    ArchRuleDefinition.classes()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .onlyDependOnClassesThat(
            new DescribedPredicate<>("are outside of the project or in " + packages) {
              @Override
              public boolean test(JavaClass used) {
                return !used.getPackageName().startsWith(ROOT)
                    || packages.stream().anyMatch(end -> used.getPackageName().endsWith(end));
              }
            })
        .check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "data",
    "network",
    "loss",
    "evaluation",
    "augmentation",
    "search",
    "keras",
    "chart",
    "report"
  })
  void namesNoTensorFlow(String name) {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.tensorflow..")
        .check(CLASSES);
  }

  /** What programs start with brings together the rest, and is used by the command line alone. */
  @Test
  void theRootIsUsedByTheCommandLineAlone() {
    ArchRuleDefinition.classes()
        .that()
        .resideInAPackage("dev.siamese")
        .should()
        .onlyBeAccessed()
        .byAnyPackage("dev.siamese", ROOT + "cli")
        .check(CLASSES);
  }

  @Test
  void hasNoCycles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
