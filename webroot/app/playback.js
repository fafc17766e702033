/** Plays one recording in a `<video>`, in the recording's own time. Alone knows hls.js. */

const LIBRARY = new URL('../vendor/hls/hls.light.min.js', import.meta.url);
/** The newest second is still being written, and the list tells of it a moment later. */
const OPTIONS = { enableWorker: false, liveSyncDuration: 1, maxBufferLength: 20, backBufferLength: 30, maxBufferHole: 0.5 };
/** Whoever follows live jumps to it from further behind; whoever went back on purpose does not. */
const JUMPS_FROM_S = 6;
/** Close behind live it catches up by playing a little faster rather than by a jump. */
const CATCH_UP = 1.15;
const MOST_RECOVERIES = 2;
let loading = null;

/** @returns {Promise<any>} the library, fetched when something is played for the first time */
function library() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = LIBRARY.href;
    script.onload = () => resolve(globalThis.Hls);
    script.onerror = () => {
      loading = null;
      reject(new Error('the player cannot be had'));
    };
    document.head.append(script);
  });
  return loading;
}

/**
 * @typedef {'loading' | 'playing' | 'cannot_decode' | 'failed'} Phase
 * @typedef {object} Hooks
 * @property {(phase: Phase, url?: string) => void} onPhase with what could not be had
 */

export class Playback {
  #video;
  #startedAt;
  #hooks;
  #hls = null;
  #run = 0;
  #wanted = null;
  #recoveries = 0;

  /** @param {HTMLVideoElement} video @param {number} startedAt the recording's time 0, milliseconds since 1970 @param {Hooks} hooks */
  constructor(video, startedAt, hooks) {
    this.#video = video;
    this.#startedAt = startedAt;
    this.#hooks = hooks;
  }

  /**
   * Begins to play.
   * @param {string} url a multivariant playlist
   * @param {number | null} atMs where in the recording; null for its newest
   */
  async load(url, atMs) {
    const run = ++this.#run;
    this.#drop();
    this.#hooks.onPhase('loading');
    this.#wanted = atMs;
    try {
      const Hls = await library();
      if (run !== this.#run) return;
      if (Hls.isSupported()) this.#open(Hls, url, atMs);
      else this.#openNative(url, atMs);
    } catch {
      if (run === this.#run) this.#end('failed', url);
    }
  }

  #open(Hls, url, atMs) {
    const live = atMs === null;
    const hls = new Hls({ ...OPTIONS, maxLiveSyncPlaybackRate: live ? CATCH_UP : 1, liveMaxLatencyDuration: live ? JUMPS_FROM_S : Infinity, startPosition: live ? -1 : atMs / 1000 });
    this.#hls = hls;
    hls.on(Hls.Events.MANIFEST_PARSED, () => this.#play());
    hls.on(Hls.Events.LEVEL_UPDATED, () => this.#goToWanted());
    hls.on(Hls.Events.ERROR, (_, error) => this.#troubled(Hls, error));
    hls.loadSource(url);
    hls.attachMedia(this.#video);
  }

  /** Safari plays such playlists itself. */
  #openNative(url, atMs) {
    if (!this.#video.canPlayType('application/vnd.apple.mpegurl')) return this.#hooks.onPhase('cannot_decode');
    this.#video.src = url;
    if (atMs !== null) this.#video.addEventListener('loadedmetadata', () => (this.#video.currentTime = atMs / 1000), { once: true });
    this.#play();
  }

  #play() {
    this.#hooks.onPhase('playing');
    // Without a click a browser plays only what is silent; its own button is there for the rest.
    this.#video.play().catch((error) => {
      if (error.name !== 'NotAllowedError') return;
      this.#video.muted = true;
      this.#video.play().catch(() => {});
    });
  }

  #troubled(Hls, error) {
    if (error.details === 'manifestIncompatibleCodecsError' || error.details === 'bufferAddCodecError' || error.details === 'bufferIncompatibleCodecsError') {
      return this.#end('cannot_decode');
    }
    if (!error.fatal) return;
    if (error.type === Hls.ErrorTypes.MEDIA_ERROR) {
      if (this.#recoveries++ < MOST_RECOVERIES) this.#hls.recoverMediaError();
      else this.#end('cannot_decode');
      return;
    }
    this.#end('failed', error.url ?? error.frag?.url);
  }

  #end(phase, url) {
    this.#drop();
    this.#hooks.onPhase(phase, url);
  }

  /** Where in the recording the picture is, milliseconds; null while nothing is shown. @returns {number | null} */
  position() {
    const date = this.#hls ? this.#hls.playingDate : nativeDate(this.#video);
    return date ? Math.max(0, date.getTime() - this.#startedAt) : null;
  }

  /** How far behind what is recorded, milliseconds, as far as it is known. @returns {number | null} */
  behind() {
    const seconds = this.#hls?.latency;
    return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null;
  }

  /**
   * Goes to a time of the recording, or to the first that there is behind it.
   * @param {number} ms
   * @returns {boolean} whether what is loaded reaches there
   */
  seek(ms) {
    const details = this.#details();
    if (!details) {
      this.#wanted = ms;
      return true;
    }
    this.#hls.config.liveMaxLatencyDuration = Infinity;
    const target = this.#startedAt + ms;
    const fragments = details.fragments;
    if (fragments.length === 0 || target < fragments[0].programDateTime - 1000) return false;
    const found = fragments.find((each) => target < each.programDateTime + each.duration * 1000);
    if (!found) return !details.live && this.#moveTo(details.edge - 0.5);
    return this.#moveTo(found.start + Math.max(0, target - found.programDateTime) / 1000);
  }

  #moveTo(seconds) {
    this.#video.currentTime = seconds;
    return true;
  }

  #details() {
    const hls = this.#hls;
    return hls?.levels?.[Math.max(0, hls.currentLevel)]?.details ?? null;
  }

  /** Gaps make the player's own time run behind the recording's: only the loaded list says by how much. */
  #goToWanted() {
    if (this.#wanted === null || !this.#details()) return;
    const wanted = this.#wanted;
    this.#wanted = null;
    this.seek(wanted);
  }

  #drop() {
    this.#hls?.destroy();
    this.#hls = null;
    this.#recoveries = 0;
    this.#video.removeAttribute('src');
  }

  /** Ends it for good. */
  close() {
    this.#run++;
    this.#drop();
    this.#video.load();
  }
}

function nativeDate(video) {
  const start = video.getStartDate?.();
  return start && !Number.isNaN(start.getTime()) ? new Date(start.getTime() + video.currentTime * 1000) : null;
}
