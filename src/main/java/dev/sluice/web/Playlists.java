package dev.sluice.web;

import dev.sluice.media.flv.Picture;
import dev.sluice.media.mp4.Mp4Tracks;
import dev.sluice.web.PlayPlan.Fragment;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** HLS playlists (RFC 8216 and its second edition's draft). */
final class Playlists {
  static final String TYPE = "application/vnd.apple.mpegurl";

  /** Fragments that a live playlist looks back: an hour of key frames every second. */
  static final int LIVE_WINDOW = 3600;

  private static final long LEAST_BITS = 64_000;

  private Playlists() {}

  /**
   * How the list of fragments is to be told.
   *
   * @param startedAt the recording's time 0
   * @param targetMs as the fragments were cut
   * @param running whether more will come
   * @param live whether only the newest matter
   */
  record Manner(Instant startedAt, long targetMs, boolean running, boolean live) {}

  /**
   * The multivariant playlist, with its one variant.
   *
   * @param query for the media playlist's address, with its question mark, or empty
   * @param bitsPerSecond on average
   */
  static String master(Mp4Tracks tracks, long bitsPerSecond, String query) {
    long average = Math.max(LEAST_BITS, bitsPerSecond);
    StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-STREAM-INF:");
    text.append("BANDWIDTH=").append(average * 3 / 2).append(",AVERAGE-BANDWIDTH=").append(average);
    text.append(",CODECS=\"").append(tracks.codecs()).append('"');
    Optional<Picture> picture = tracks.picture();
    picture.ifPresent(
        p -> text.append(",RESOLUTION=").append(p.width()).append('x').append(p.height()));
    return text.append("\nmedia.m3u8").append(query).append('\n').toString();
  }

  /** The number of the first fragment in {@link #media}. */
  static int first(List<Fragment> fragments, Manner manner) {
    return manner.live() ? Math.max(0, fragments.size() - LIVE_WINDOW) : 0;
  }

  /** The list of fragments. */
  static String media(List<Fragment> fragments, Manner manner) {
    int first = first(fragments, manner);
    long longest = manner.targetMs();
    for (Fragment fragment : fragments) {
      longest = Math.max(longest, fragment.lengthMs());
    }
    StringBuilder text = new StringBuilder(128 + 48 * (fragments.size() - first));
    text.append("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:").append((longest + 500) / 1000);
    text.append("\n#EXT-X-MEDIA-SEQUENCE:").append(first);
    long breaks = fragments.subList(0, first).stream().filter(Fragment::broken).count();
    text.append("\n#EXT-X-DISCONTINUITY-SEQUENCE:").append(breaks).append('\n');
    if (!manner.live()) {
      text.append("#EXT-X-PLAYLIST-TYPE:").append(manner.running() ? "EVENT\n" : "VOD\n");
    } else if (manner.running()) {
      text.append("#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES\n");
    }
    long mapped = 0;
    for (Fragment fragment : fragments.subList(first, fragments.size())) {
      mapped = fragment(text, fragment, manner, mapped);
    }
    return text.append(manner.running() ? "" : "#EXT-X-ENDLIST\n").toString();
  }

  private static long fragment(StringBuilder text, Fragment fragment, Manner manner, long mapped) {
    boolean other = fragment.segment() != mapped;
    if (fragment.broken()) {
      text.append("#EXT-X-DISCONTINUITY\n");
    }
    if (other) {
      text.append("#EXT-X-MAP:URI=\"").append(fragment.segment()).append("/init.mp4\"\n");
    }
    if (other || fragment.broken()) {
      Instant at = manner.startedAt().plusMillis(fragment.atMs());
      text.append("#EXT-X-PROGRAM-DATE-TIME:").append(at).append('\n');
    }
    text.append(String.format(Locale.ROOT, "#EXTINF:%.3f,\n", fragment.lengthMs() / 1000.0));
    text.append(fragment.segment()).append('/').append(fragment.from()).append('-');
    text.append(fragment.to()).append(".m4s\n");
    return fragment.segment();
  }
}
