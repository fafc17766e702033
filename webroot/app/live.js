/** The live WebSocket; nothing else on the page speaks it. */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const SILENCE_MS = 20_000;
const OPENING_MS = 15_000;

/**
 * @typedef {object} LiveState
 * @property {'connecting' | 'open' | 'lost'} phase
 * @property {number | null} retryAt when it tries again, by `performance.now()`
 * @property {number | null} heardAt when the server was last heard, by `performance.now()`
 */

/** Keeps one WebSocket open, in order and without holes: a hole in the numbering is answered by a new snapshot. */
export class Live {
  #socket = null;
  #last = 0;
  #wait = FIRST_WAIT_MS;
  #timer = 0;
  #hooks;
  /** @type {LiveState} */
  state = { phase: 'connecting', retryAt: null, heardAt: null };

  /**
   * @param {object} hooks
   * @param {(message: object) => void} hooks.onMessage a snapshot or the delta that follows the last message
   * @param {(state: LiveState) => void} hooks.onState
   * @param {() => Promise<unknown>} hooks.probe fails when the server is gone: silence alone may mean that nothing changed
   */
  constructor(hooks) {
    this.#hooks = hooks;
  }

  /** Connects, and stays connected from then on. */
  start() {
    addEventListener('online', () => this.retryNow());
    document.addEventListener('visibilitychange', () => document.hidden || this.#wake());
    setInterval(() => this.#watchSilence(), SILENCE_MS / 2);
    this.#connect();
  }

  /** Does not wait for the next try. */
  retryNow() {
    if (this.state.phase === 'lost' && !this.#socket) this.#connect();
  }

  #connect() {
    clearTimeout(this.#timer);
    const url = new URL('../api/v1/live', import.meta.url);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    this.#socket = socket;
    this.#last = 0;
    this.#timer = setTimeout(() => this.#lose(), OPENING_MS);
    socket.onmessage = (event) => socket === this.#socket && this.#receive(event.data);
    socket.onclose = () => socket === this.#socket && this.#lose();
  }

  #receive(data) {
    const message = parse(data);
    if (!message || !this.#follows(message)) return this.#lose();
    clearTimeout(this.#timer);
    this.#last = message.n;
    this.#wait = FIRST_WAIT_MS;
    this.#hooks.onMessage(message);
    this.#heard();
  }

  #follows(message) {
    return message.type === 'snapshot' || (message.type === 'delta' && this.#last > 0 && message.n === this.#last + 1);
  }

  #heard() {
    this.#tell({ phase: 'open', retryAt: null, heardAt: performance.now() });
  }

  #lose() {
    const socket = this.#socket;
    this.#socket = null;
    clearTimeout(this.#timer);
    socket?.close();
    // Many pages lose the same server at once; the spread keeps them from coming back in one instant.
    const wait = this.#wait * (0.75 + Math.random() / 2);
    this.#wait = Math.min(LONGEST_WAIT_MS, this.#wait * 2);
    this.#timer = setTimeout(() => this.#connect(), wait);
    this.#tell({ ...this.state, phase: 'lost', retryAt: performance.now() + wait });
  }

  #wake() {
    if (this.state.phase === 'lost') this.retryNow();
    else this.#watchSilence();
  }

  async #watchSilence() {
    const socket = this.#socket;
    const silent = performance.now() - (this.state.heardAt ?? 0) >= SILENCE_MS;
    if (this.state.phase !== 'open' || !silent) return;
    try {
      await this.#hooks.probe();
      if (socket === this.#socket && socket?.readyState === WebSocket.OPEN) this.#heard();
    } catch {
      if (socket === this.#socket) this.#lose();
    }
  }

  #tell(state) {
    this.state = state;
    this.#hooks.onState(state);
  }
}

function parse(data) {
  try {
    const message = JSON.parse(data);
    return Number.isInteger(message?.n) ? message : null;
  } catch {
    return null;
  }
}
