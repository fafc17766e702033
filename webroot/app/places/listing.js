/** A list that the server hands out in pages, newest first. */

/** Keeps the pages read so far; what is read again replaces what was there. */
export class Listing {
  #ask;
  #changed;
  #run = 0;
  /** @type {Map<string, object>} by id */
  items = new Map();
  /** @type {string | null} cursor of the next page */
  next = null;
  /** @type {'loading' | 'ready' | 'failed'} */
  phase = 'loading';
  /** @type {unknown} */
  error = null;

  /**
   * @param {(before: string | null) => Promise<{items: object[], next: string | null}>} ask
   * @param {() => void} changed
   */
  constructor(ask, changed) {
    this.#ask = ask;
    this.#changed = changed;
  }

  /** Forgets all and reads the first page. */
  async restart() {
    this.items = new Map();
    this.next = null;
    this.phase = 'loading';
    await this.#read(null, (page) => (this.next = page.next));
  }

  /** Reads the first page again, without letting go of the others; what is gone from that page goes. */
  async refresh() {
    const had = this.items.size > 0;
    await this.#read(null, (page) => {
      this.#forgetGone(page);
      this.next = had ? this.next : page.next;
    });
  }

  /** Lets go of one that is no longer there. @param {string} id */
  drop(id) {
    if (this.items.delete(id)) this.#changed();
  }

  #forgetGone(page) {
    const there = new Set(page.items.map((item) => item.id));
    const oldest = page.next === null ? 0 : Math.min(...page.items.map((item) => Number(item.id)));
    for (const id of this.items.keys()) if (Number(id) >= oldest && !there.has(id)) this.items.delete(id);
  }

  /** Reads the next page. */
  async more() {
    await this.#read(this.next, (page) => (this.next = page.next));
  }

  async #read(before, keepCursor) {
    const run = ++this.#run;
    try {
      const page = await this.#ask(before);
      if (run !== this.#run) return;
      for (const item of page.items) this.items.set(item.id, item);
      keepCursor(page);
      this.phase = 'ready';
    } catch (error) {
      if (run !== this.#run) return;
      this.error = error;
      this.phase = this.items.size ? 'ready' : 'failed';
    }
    this.#changed();
  }
}
