/** A list that grows at its head: asks the server for what is newer every two seconds while it is shown. */
const EVERY_MS = 2000;
const AT_ONCE = 200;
const MOST = 1000;

/** Keeps at most the newest thousand lines, and more only when older ones were asked for. */
export class Tail {
  #ask;
  #changed;
  #run = 0;
  #timer = 0;
  #newest = '0';
  #grown = false;
  /** @type {object[]} newest first */
  lines = [];
  /** @type {string | null} cursor of the older ones */
  next = null;
  /** @type {'loading' | 'ready'} */
  phase = 'loading';
  /** @type {unknown} */
  error = null;
  /** Whether new lines are only counted. */
  paused = false;
  /** Lines that came while it was paused. */
  missed = 0;

  /**
   * @param {(query: {after?: string, before?: string, limit: number}) => Promise<{items: object[], next: string | null, newest: string}>} ask
   * @param {() => void} changed
   */
  constructor(ask, changed) {
    this.#ask = ask;
    this.#changed = changed;
  }

  /** Reads what is there and goes on from then. */
  start() {
    this.restart();
  }

  /** Asks no more. */
  stop() {
    this.#run++;
    clearTimeout(this.#timer);
  }

  /** Forgets all and reads anew, as with another filter. */
  restart() {
    this.lines = [];
    this.next = null;
    this.phase = 'loading';
    this.paused = false;
    this.missed = 0;
    this.#grown = false;
    this.#newest = '0';
    this.#read(++this.#run);
  }

  /** @param {boolean} paused */
  pause(paused) {
    this.paused = paused;
    if (!paused) this.#read(++this.#run);
    this.#changed();
  }

  /** Reads older ones. */
  async more() {
    const run = this.#run;
    try {
      const page = await this.#ask({ before: this.next, limit: AT_ONCE });
      if (run !== this.#run) return;
      this.#grown = true;
      this.lines = [...this.lines, ...page.items];
      this.next = page.next;
    } catch (error) {
      this.error = error;
    }
    this.#changed();
  }

  async #read(run) {
    clearTimeout(this.#timer);
    try {
      const page = await this.#ask({ after: this.#newest === '0' ? undefined : this.#newest, limit: AT_ONCE });
      if (run !== this.#run) return;
      this.error = null;
      this.#take(page);
    } catch (error) {
      if (run !== this.#run) return;
      this.error = error;
      this.phase = 'ready';
    }
    this.#timer = setTimeout(() => this.#read(run), EVERY_MS);
    this.#changed();
  }

  #take(page) {
    // The server was started anew and counts from 1 again.
    if (Number(page.newest) < Number(this.#newest)) return this.restart();
    if (this.paused) {
      this.missed = page.next ? AT_ONCE : page.items.length;
      return;
    }
    const first = this.phase === 'loading';
    // More came than one answer holds: what lies between is left out, and found by asking for older ones.
    const gap = !first && page.next !== null;
    if (first || gap) this.next = page.next;
    this.lines = first || gap ? page.items : [...page.items, ...this.lines];
    if (!this.#grown && this.lines.length > MOST) {
      this.lines = this.lines.slice(0, MOST);
      this.next = this.lines.at(-1).id;
    }
    this.#newest = page.newest;
    this.missed = 0;
    this.phase = 'ready';
  }
}
