package dev.sluice.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.settings.Field;
import dev.sluice.settings.FieldTable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HookEventTest {

  /** A test is sent when somebody asks for it, whatever a webhook wants. */
  @Test
  void theSettingsOfferExactlyTheEventsThatAreTold() {
    Field<?> events =
        FieldTable.fields().stream()
            .filter(field -> field.key().equals("webhooks.*.events"))
            .findFirst()
            .orElseThrow();
    List<String> told =
        Arrays.stream(HookEvent.Type.values())
            .filter(type -> type != HookEvent.Type.TEST)
            .map(HookEvent.Type::word)
            .toList();
    assertEquals(told, events.kind().choices());
  }
}
