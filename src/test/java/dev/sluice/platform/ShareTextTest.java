package dev.sluice.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.platform.ShareText.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShareTextTest {
  private static List<String> links(String text) {
    return ShareText.entries(text).stream().map(Entry::link).toList();
  }

  @Test
  void aLinkIsItself() {
    assertEquals(List.of("https://live.test/1?a=b"), links("  https://live.test/1?a=b \n"));
  }

  @Test
  void chineseGoesOnRightBehindALink() {
    String text = "7.43 复制打开抖音，看看【主播】的直播 https://v.test/iRNBho6/，一起来吧！";
    assertEquals(List.of(new Entry(text, "https://v.test/iRNBho6/")), ShareText.entries(text));
  }

  @Test
  void stopsBehindALinkAreNoPartOfIt() {
    assertEquals(List.of("http://a.test/x"), links("see http://a.test/x."));
  }

  @Test
  void severalLinksOfALineAreSeveralEntriesEachOnce() {
    assertEquals(
        List.of("http://a.test/1", "http://a.test/2"),
        links("http://a.test/1 http://a.test/2 http://a.test/1"));
  }

  @Test
  void aLineWithoutAnAddressIsTakenWhole() {
    assertEquals(List.of("12345", "http://a.test/1"), links("12345\n\n  \nhttp://a.test/1"));
  }
}
