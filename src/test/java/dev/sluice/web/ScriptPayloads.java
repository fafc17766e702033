package dev.sluice.web;

import java.util.ArrayList;
import java.util.List;

/**
 * Texts that run {@code window.hit()} wherever a page takes a text for markup, address or script.
 */
final class ScriptPayloads {
  private static final List<String> FORMS =
      List.of(
          "<script>hit(%1$d)</script>",
          "<SCRIPT>hit(%1$d)</SCRIPT>",
          "<script src=//127.0.0.1/%1$d></script>",
          "<script type=module>hit(%1$d)</script>",
          "<img src=x onerror=hit(%1$d)>",
          "<img src=x onerror=\"hit(%1$d)\">",
          "<img/src=x/onerror=hit(%1$d)>",
          "<svg onload=hit(%1$d)>",
          "<svg><script>hit(%1$d)</script></svg>",
          "<svg><animate onbegin=hit(%1$d) attributeName=x dur=1s>",
          "<svg><a href=javascript:hit(%1$d)><text y=9>x</text></a>",
          "<math href=javascript:hit(%1$d)>x</math>",
          "<iframe src=javascript:hit(%1$d)></iframe>",
          "<iframe srcdoc=\"<script>parent.hit(%1$d)</script>\"></iframe>",
          "<object data=javascript:hit(%1$d)></object>",
          "<embed src=javascript:hit(%1$d)>",
          "<body onload=hit(%1$d)>",
          "<video><source onerror=hit(%1$d)></video>",
          "<audio src=x onerror=hit(%1$d)>",
          "<details open ontoggle=hit(%1$d)>x</details>",
          "<input autofocus onfocus=hit(%1$d)>",
          "<select autofocus onfocus=hit(%1$d)>",
          "<marquee onstart=hit(%1$d)>x</marquee>",
          "<style>@import '//127.0.0.1/%1$d'</style>",
          "<style onload=hit(%1$d)></style>",
          "<link rel=stylesheet href=//127.0.0.1/%1$d onerror=hit(%1$d)>",
          "<meta http-equiv=refresh content=\"0;url=javascript:hit(%1$d)\">",
          "<base href=//127.0.0.1/%1$d/>",
          "<form action=javascript:hit(%1$d)><button>x</button></form>",
          "<a href=javascript:hit(%1$d)>x</a>",
          "<template><script>hit(%1$d)</script></template>",
          "<noscript><p title=\"</noscript><img src=x onerror=hit(%1$d)>\">",
          "<p style=\"background:url(javascript:hit(%1$d))\">x",
          "javascript:hit(%1$d)",
          "JaVaScRiPt:hit(%1$d)",
          "data:text/html,<script>hit(%1$d)</script>",
          "\" onmouseover=hit(%1$d) x=\"",
          "' onfocus=hit(%1$d) autofocus x='",
          "` onerror=hit(%1$d) `",
          "${hit(%1$d)}",
          "{{constructor.constructor('hit(%1$d)')()}}",
          "</title><script>hit(%1$d)</script>",
          "</textarea><script>hit(%1$d)</script>",
          "</style><script>hit(%1$d)</script>",
          "--><script>hit(%1$d)</script>",
          "]]><script>hit(%1$d)</script>",
          "';hit(%1$d)//",
          "\";hit(%1$d)//",
          "\\\";hit(%1$d)//",
          "&lt;script&gt;hit(%1$d)&lt;/script&gt;",
          "&#60;script&#62;hit(%1$d)&#60;/script&#62;",
          "\\u003cscript\\u003ehit(%1$d)\\u003c/script\\u003e",
          "%%3Cscript%%3Ehit(%1$d)%%3C/script%%3E",
          "\uff1cscript\uff1ehit(%1$d)\uff1c/script\uff1e",
          "<\u0000script>hit(%1$d)</script>",
          "<scr<script>ipt>hit(%1$d)</scr</script>ipt>",
          "<!--[if gte IE 4]><script>hit(%1$d)</script><![endif]-->",
          "<?xml?><script>hit(%1$d)</script>",
          "\u202e<script>hit(%1$d)</script>",
          "<lit-part><script>hit(%1$d)</script></lit-part>",
          "?lit$1$<img src=x onerror=hit(%1$d)>",
          "<!--?lit$--><img src=x onerror=hit(%1$d)>",
          "<sluice-rooms onclick=hit(%1$d)></sluice-rooms>");

  private int next;

  /** The next one, unlike all before. */
  String next() {
    int number = next++;
    return String.format(FORMS.get(number % FORMS.size()), number);
  }

  /** As many next ones. */
  List<String> next(int count) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(next());
    }
    return all;
  }

  /** How many were given out. */
  int count() {
    return next;
  }
}
