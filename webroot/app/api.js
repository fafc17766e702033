/** The REST interface; nothing else on the page speaks it. */

/** Where the interface is, also when the page lives under a sub-path. */
export const API_BASE = new URL('../api/v1/', import.meta.url);

const TIMEOUT_MS = 30_000;
const PREFIX = '/api/v1/';

/** An answer of 400 and above, or none at all (`status` 0). */
export class ApiError extends Error {
  /**
   * @param {number} status @param {string} detail an English sentence @param {string | null} key the same for programs
   * @param {{path: string, detail: string}[]} [errors] field by field
   */
  constructor(status, detail, key, errors = []) {
    super(detail);
    this.status = status;
    this.detail = detail;
    this.key = key;
    this.errors = errors;
  }
}

/** @param {string} link @returns {Promise<object>} the room; with `already: true` if it was there before */
export const addRoom = (link) => send('POST', 'rooms', { link });

/** @param {string} id @param {'check' | 'start' | 'stop' | 'cut'} command @returns {Promise<object>} the room */
export const commandRoom = (id, command) => send('POST', `rooms/${encodeURIComponent(id)}/${command}`);

/** @param {string} id @param {object} change `name`, `mode`, `targets` @returns {Promise<object>} the room */
export const changeRoom = (id, change) => send('PATCH', `rooms/${encodeURIComponent(id)}`, change);

/** @param {string} id @returns {Promise<object | null>} the room while its recorder still closes its files */
export const removeRoom = (id) => send('DELETE', `rooms/${encodeURIComponent(id)}`);

/** Takes a removal back. @param {string} id @returns {Promise<object>} the room */
export const restoreRoom = (id) => send('POST', `rooms/${encodeURIComponent(id)}/restore`);

/** @param {{before?: string | null, room?: string | null, limit?: number}} query @returns {Promise<{items: object[], next: string | null}>} */
export const listRecordings = (query) => send('GET', `recordings${search({ limit: 30, ...query })}`);

/** @param {{before?: string | null, state?: string | null, limit?: number}} query @returns {Promise<{items: object[], next: string | null}>} */
export const listDeliveries = (query) => send('GET', `deliveries${search({ limit: 50, ...query })}`);

/** @returns {Promise<object>} fails when nobody answers or is signed in */
export const session = () => send('GET', 'session');

/** Also true when nobody answers. @returns {Promise<boolean>} */
export const isSignedIn = () => ask('GET', 'session', undefined, { bare: true }).then(() => true, (error) => error.status !== 401);

/**
 * Turns the `url` of a file into a link on this origin and below the interface, or null: what an answer says is never
 * followed elsewhere.
 * @param {unknown} url an absolute path such as `/api/v1/recordings/12/files/a.flv`
 * @returns {string | null}
 */
export function fileLink(url) {
  if (typeof url !== 'string' || !url.startsWith(PREFIX)) return null;
  try {
    const target = new URL(`./${url.slice(PREFIX.length)}`, API_BASE);
    const inside = target.origin === API_BASE.origin && target.pathname.startsWith(API_BASE.pathname);
    if (!inside) return null;
    target.searchParams.set('download', '1');
    return target.href;
  } catch {
    return null;
  }
}

/**
 * @param {string} method @param {string} path below `API_BASE` @param {object} [body]
 * @param {Record<string, string>} [more] further request headers @param {AbortSignal} [signal] ends it
 * @returns {Promise<any>}
 */
export async function send(method, path, body, more = {}, signal) {
  try {
    return await ask(method, path, body, { more, signal });
  } catch (error) {
    // Signed in anew in another tab: the token is another one since then.
    if (error.key !== 'token.wrong') throw error;
    token = null;
    return ask(method, path, body, { more, signal });
  }
}

/** What whoever is not signed in may post. @param {string} path @param {object} body @returns {Promise<any>} */
export const knock = (path, body) => ask('POST', path, body, { bare: true });

/** What comes with each change, so that no page of another origin can make one. */
let token = null;

async function ask(method, path, body, { more = {}, bare = false, signal } = {}) {
  const headers = body === undefined ? { ...more } : { 'content-type': 'application/json', ...more };
  if (method !== 'GET' && !bare) headers['x-sluice-token'] = token ??= (await ask('GET', 'session')).token;
  let answer;
  try {
    answer = await fetch(new URL(path, API_BASE), {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ?? AbortSignal.timeout(TIMEOUT_MS),
      cache: 'no-store',
    });
  } catch {
    throw new ApiError(0, 'the server does not answer', 'network');
  }
  if (answer.status === 401 && !bare) dispatchEvent(new Event('signed-out'));
  if (!answer.ok) throw await problem(answer);
  return answer.status === 204 ? null : answer.json();
}

async function problem(answer) {
  const said = await answer.json().catch(() => ({}));
  const detail = said.detail ?? said.title ?? `${answer.status} ${answer.statusText}`;
  return new ApiError(answer.status, detail, said.key ?? null, said.errors);
}

/** A query string of what is given. @param {object} query */
export function search(query) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length ? `?${new URLSearchParams(given)}` : '';
}
