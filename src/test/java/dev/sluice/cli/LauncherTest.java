package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the real launcher in a small clone whose JDK and Maven are scripts: the Maven makes a jar
 * and counts, the java prints what it was started with.
 */
class LauncherTest {
  private static final String MAVEN =
      """
      #!/bin/sh
      echo build >>"$HOME/builds"
      grep -q BROKEN src/Main.java && echo 'Main.java does not compile' && exit 1
      sleep 0.3
      echo jar >target/sluice.jar
      """;
  private static final String JAVA =
      """
      #!/bin/sh
      for word in "$@"; do
        case $word in
          -XX:ArchiveClassesAtExit=*) [ -e "$HOME/no-train" ] && exit 2; echo data >"${word#*=}"; exit ;;
        esac
      done
      echo "pid $$"
      echo "locale ${LC_ALL:-$LANG}"
      printf 'word %s\\n' "$@"
      exit 7
      """;

  @TempDir Path dir;
  private Path clone;

  private record Run(long pid, int code, List<String> out, String err) {
    boolean says(String line) {
      return out.contains(line);
    }

    boolean usesArchive() {
      return out.stream().anyMatch(line -> line.startsWith("word -XX:SharedArchiveFile="));
    }
  }

  @BeforeEach
  void makeClone() throws IOException {
    clone = Files.createDirectories(dir.resolve("clone"));
    for (String folder : List.of("src", "conf", "webroot", ".mvn")) {
      Files.createDirectories(clone.resolve(folder));
    }
    Files.writeString(clone.resolve("pom.xml"), "<project/>");
    Files.writeString(clone.resolve("src/Main.java"), "class Main {}");
    Path launcher = Path.of(System.getProperty("sluice.home", "."), "sluice");
    Files.copy(launcher, clone.resolve("sluice"));
    assertTrue(clone.resolve("sluice").toFile().setExecutable(true));
    script("jdk/bin/java", JAVA);
    script("jdk/bin/javac", "#!/bin/sh\n");
    script("bin/mvn", MAVEN);
    Files.writeString(dir.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    age();
  }

  @Test
  void buildsOnceAndBecomesTheJvm() throws Exception {
    Run first = run("record", "a b", "");
    assertEquals(7, first.code);
    assertTrue(first.says("pid " + first.pid), "another process than the one that was started");
    assertEquals(
        List.of("word record", "word a b", "word "),
        first.out.subList(first.out.size() - 3, first.out.size()));
    assertEquals(1, first.err.lines().count(), first.err);

    Run second = run("record");
    assertEquals("", second.err);
    assertEquals(1, builds());
  }

  @Test
  void findsItsHomeThroughLinksFromAnyFolder() throws Exception {
    Files.createSymbolicLink(dir.resolve("one"), Path.of("clone/sluice"));
    Files.createSymbolicLink(dir.resolve("two"), dir.resolve("one"));
    Run run = finish(start(dir.resolve("two"), List.of()));
    assertTrue(run.says("word -Dsluice.home=" + clone.toRealPath()), run.out.toString());
    assertEquals(1, builds());
  }

  @Test
  void severalAtOnceBuildOnce() throws Exception {
    List<Process> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(start(clone.resolve("sluice"), List.of()));
    }
    for (Process process : all) {
      assertEquals(7, finish(process).code);
    }
    assertEquals(1, builds());
  }

  /** As in the container image: the jar and what it needs, and no sources. */
  @Test
  void anInstalledProgramIsNeverBuilt() throws Exception {
    run();
    Files.delete(clone.resolve("pom.xml"));
    Files.delete(clone.resolve("target/.built"));
    Files.writeString(clone.resolve("conf/sluice.yaml"), "# newer than the jar\n");
    Run run = run("serve");
    assertEquals(7, run.code);
    assertTrue(run.usesArchive(), run.out.toString());
    assertEquals(1, builds());
  }

  @Test
  void buildsAgainAfterAChangeOrADeletion() throws Exception {
    Files.writeString(clone.resolve("src/Old.java"), "class Old {}");
    age();
    run();
    Files.writeString(clone.resolve("src/Main.java"), "class Main { }");
    run();
    assertEquals(2, builds());
    Files.delete(clone.resolve("src/Old.java"));
    run();
    assertEquals(3, builds());
    Files.createDirectories(clone.resolve("webroot/vendor/lit"));
    run();
    assertEquals(3, builds(), "what the build itself fetches is no source");
  }

  @Test
  void aFailedBuildShowsItsLogAndIsTriedAgain() throws Exception {
    Files.writeString(clone.resolve("src/Main.java"), "BROKEN");
    for (int i = 1; i <= 2; i++) {
      Run run = run();
      assertEquals(1, run.code);
      assertTrue(run.err.contains("Main.java does not compile"), run.err);
      assertEquals(List.of(), run.out);
      assertEquals(i, builds());
    }
  }

  @Test
  void refusesAnOldJavaWithASentence() throws Exception {
    Files.writeString(dir.resolve("jdk/release"), "JAVA_VERSION=\"11.0.2\"\n");
    Run run = run();
    assertEquals(1, run.code);
    assertTrue(run.err.contains("version 11.0.2; Sluice needs 17 or later"), run.err);
  }

  @Test
  void usesAnArchiveOfThisJarOnly() throws Exception {
    assertTrue(run().usesArchive());
    Path jar = clone.resolve("target/sluice.jar");
    Files.writeString(jar, "another jar");
    Files.writeString(dir.resolve("no-train"), "");
    Run run = run();
    assertFalse(run.usesArchive(), "the archive of the jar before");
    assertEquals(7, run.code);
    assertEquals("", run.err);
  }

  @Test
  void aMovedCloneTrainsAnew() throws Exception {
    run();
    Files.writeString(dir.resolve("no-train"), "");
    clone = Files.move(clone, dir.resolve("moved"));
    assertFalse(run().usesArchive(), "the archive knows the jar by its old path");
  }

  @Test
  void setsUtf8WhereTheLocaleHasNone() throws Exception {
    assertTrue(run().says("locale C.UTF-8"));
  }

  /** Makes the sources older than anything that a test does: file times may be coarse. */
  private void age() throws IOException {
    FileTime past = FileTime.from(Instant.now().minusSeconds(60));
    try (var files = Files.walk(clone)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, past);
      }
    }
  }

  private void script(String name, String text) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertTrue(file.toFile().setExecutable(true));
  }

  private int builds() throws IOException {
    return Files.readAllLines(dir.resolve("builds")).size();
  }

  private Run run(String... words) throws Exception {
    return finish(start(clone.resolve("sluice"), List.of(words)));
  }

  private Process start(Path launcher, List<String> words) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("LC_") || key.equals("LANG"));
    builder.environment().put("HOME", dir.toString());
    builder.environment().put("JAVA_HOME", dir.resolve("jdk").toString());
    builder.environment().merge("PATH", dir.resolve("bin") + ":", (path, own) -> own + path);
    return builder.start();
  }

  private Run finish(Process process) throws Exception {
    List<String> out = process.inputReader().lines().toList();
    String err = String.join("\n", process.errorReader().lines().toList());
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the launcher does not end");
    return new Run(process.pid(), process.exitValue(), out, err);
  }
}
