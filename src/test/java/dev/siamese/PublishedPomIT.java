package dev.siamese;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What is installed for other builds, Gradle's among them, which knows no profiles. */
class PublishedPomIT {
  private static final Path POM = Path.of("target", "published.pom");

  @BeforeEach
  void assumePackaged() {
    assumeTrue(Files.exists(POM), "not packaged by Maven");
  }

  @Test
  void asksOfAUserNoMoreThanTheLibraryNeeds() throws Exception {
    assertFalse(Files.readString(POM).contains("${"), "a property is left");
    Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(POM.toFile());
    assertEquals(0, pom.getElementsByTagName("profile").getLength());
    NodeList dependencies = pom.getElementsByTagName("dependency");
    Set<String> needed = new TreeSet<>();
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      if (text(dependency, "optional").isEmpty()) {
        needed.add(text(dependency, "artifactId") + text(dependency, "classifier"));
      }
    }
    assertEquals(
        Set.of(
            "commons-csv",
            "gson",
            "imageio-jpeg",
            "imageio-pnm",
            "imageio-tiff",
            "imageio-webp",
            "jhdf",
            "lucene-core",
            "metadata-extractor",
            "tensorflow-core-native",
            "tensorflow-core-platform"),
        needed);
  }

  private static String text(Element dependency, String name) {
    NodeList found = dependency.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }

  @Test
  void theJarHasAModuleNameAndSources() throws Exception {
    try (JarFile jar = new JarFile("target/siamese-library.jar");
        JarFile sources = new JarFile("target/siamese-library-sources.jar")) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertEquals("dev.siamese", manifest.getValue("Automatic-Module-Name"));
      assertNull(manifest.getValue("Class-Path"), "what javac -Xlint:path would look for in vain");
      assertTrue(sources.getEntry("dev/siamese/SiameseModel.java") != null);
    }
  }
}
