package dev.sluice.testing;

import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives every jqwik property its seed and its number of tries from {@link Seeds}, unless it names a
 * seed of its own. jqwik finds it by the service file.
 */
public final class SeedHook implements AroundPropertyHook {
  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) throws Throwable {
    PropertyAttributes attributes = context.attributes();
    if (attributes.seed().isEmpty()) {
      String name = context.containerClass().getName() + "." + context.label();
      attributes.setSeed(Long.toString(Seeds.of(name)));
      int usual = attributes.tries().filter(tries -> tries > 0).orElse(Property.TRIES_NOT_SET);
      attributes.setTries(Seeds.tries(usual == Property.TRIES_NOT_SET ? 1000 : usual));
    }
    return property.execute();
  }
}
