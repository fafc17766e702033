package dev.sluice.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import org.junit.jupiter.api.Test;

class SeedsTest {
  @Test
  void isFixedUnlessAskedOtherwise() {
    assertEquals(Seeds.choose(null, false), Seeds.choose("", false));
    assertEquals(7, Seeds.choose("7", false));
    assertEquals(7, Seeds.choose("7", true));
    assertNotEquals(Seeds.choose("random", false), Seeds.choose("random", false));
    assertNotEquals(Seeds.choose(null, true), Seeds.choose(null, true));
    assertThrows(NumberFormatException.class, () -> Seeds.choose("seven", false));
  }

  @Test
  void differsFromTestToTestAndNotFromRunToRun() {
    assertNotEquals(Seeds.mixed(1, "a"), Seeds.mixed(1, "b"));
    assertNotEquals(Seeds.mixed(1, "a"), Seeds.mixed(2, "a"));
    assertEquals(Seeds.mixed(1, "a"), Seeds.mixed(1, "a"));
  }

  @Property(tries = 3)
  @AddLifecycleHook(RanFromOurSeed.class)
  void aPropertyBeginsThere(@ForAll long any) {}

  /** Looks at what jqwik says it did. */
  static final class RanFromOurSeed implements AroundPropertyHook {
    @Override
    public PropertyExecutionResult aroundProperty(
        PropertyLifecycleContext context, PropertyExecutor property) throws Throwable {
      PropertyExecutionResult result = property.execute();
      long seed = Seeds.of(SeedsTest.class.getName() + ".aPropertyBeginsThere");
      assertEquals(Optional.of(Long.toString(seed)), result.seed());
      assertEquals(Seeds.tries(3), result.countTries());
      return result;
    }
  }
}
