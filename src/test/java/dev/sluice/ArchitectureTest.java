package dev.sluice;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the floors of the plan: an import may only point downwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  private static final String ROOT = "dev.sluice.";
  private static final int SIBLINGS = 3;

  /** The packages of each floor, from the ground up. */
  private static final List<Set<String>> FLOORS =
      List.of(
          Set.of("room", "media"),
          Set.of("bus", "settings", "ledger", "net", "file"),
          Set.of("platform"),
          Set.of("monitor", "record", "chat", "finish", "upload", "storage", "notify"),
          Set.of("web"),
          Set.of("cli", "node"));

  private static final Set<String> PURE_JDK =
      Set.of(
          "java.nio.Buffer",
          "java.nio.ByteBuffer",
          "java.nio.ByteOrder",
          "java.nio.BufferUnderflowException",
          "java.nio.BufferOverflowException");

  private final JavaClasses production =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.sluice");

  private static Map<String, Integer> floorOf() {
    Map<String, Integer> floors = new HashMap<>();
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      for (String part : FLOORS.get(floor)) {
        floors.put(part, floor);
      }
    }
    return floors;
  }

  static Set<String> packages() {
    return new TreeSet<>(floorOf().keySet());
  }

  /** The part of the house that a class stands in, empty for classes of others. */
  private static String part(JavaClass type) {
    JavaClass plain = type.getBaseComponentType();
    String name = plain.getPackageName();
    return name.startsWith(ROOT) ? name.substring(ROOT.length()).split("\\.")[0] : "";
  }

  private static DescribedPredicate<JavaClass> in(String part) {
    return describe("stand in " + part, type -> part(type).equals(part));
  }

  @Test
  void everyPackageHasItsFloor() {
    Set<String> there =
        production.stream()
            .map(ArchitectureTest::part)
            .collect(Collectors.toCollection(TreeSet::new));
    there.removeAll(packages());
    assertEquals(Set.of(), there, "packages that the plan does not know");
  }

  @ParameterizedTest
  @MethodSource("packages")
  void importsPointDownwards(String part) {
    int floor = floorOf().get(part);
    DescribedPredicate<JavaClass> allowed =
        describe(
            "stand on a lower floor than " + part,
            type -> {
              String other = part(type);
              int below = floorOf().getOrDefault(other, other.isEmpty() ? -1 : Integer.MAX_VALUE);
              boolean neighbour = below == floor && floor != SIBLINGS && floor != 0;
              return below < floor || neighbour || other.equals(part);
            });
    classes()
        .that(in(part))
        .should()
        .onlyDependOnClassesThat(allowed)
        .allowEmptyShould(true)
        .check(production);
  }

  @Test
  void theGroundFloorDoesNoInputOrOutput() {
    DescribedPredicate<JavaClass> outside =
        describe("reach outside the process", ArchitectureTest::reachesOutside);
    noClasses()
        .that(in("room").or(in("media")))
        .should()
        .dependOnClassesThat(outside)
        .check(production);
  }

  private static boolean reachesOutside(JavaClass type) {
    String name = type.getBaseComponentType().getName();
    boolean jdk =
        name.startsWith("java.io.") && !name.endsWith("Exception") && !isSerial(name)
            || name.startsWith("java.nio.") && !isPureNio(name)
            || name.startsWith("java.net.")
            || name.startsWith("java.sql.")
            || name.startsWith("java.util.concurrent.") && !name.endsWith(".TimeUnit");
    boolean vertx =
        name.startsWith("io.vertx.") && !name.equals("io.vertx.core.buffer.Buffer")
            || name.startsWith("io.netty.");
    return jdk || vertx;
  }

  private static boolean isSerial(String name) {
    return name.equals("java.io.Serializable");
  }

  private static boolean isPureNio(String name) {
    return PURE_JDK.contains(name) || name.startsWith("java.nio.charset.");
  }

  @Test
  void onlyCommandsPrint() {
    noClasses()
        .that(describe("stand outside cli", type -> !part(type).equals("cli")))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(production);
  }

  @Test
  void noOutsideProgramIsStarted() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class, String[].class)
        .check(production);
  }

  @Test
  void nobodySleeps() {
    noClasses()
        .that(describe("stand outside cli", type -> !part(type).equals("cli")))
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class, int.class)
        .check(production);
  }
}
