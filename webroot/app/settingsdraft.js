/** What a person changed on a settings page and has not saved. Knows neither the page nor the server. */

/**
 * What a level sets itself at a path: a field, a request header, an entry or a field of an entry.
 * @param {object} view as the API shows the fields of a level
 * @param {string} path
 * @returns {unknown} null where it sets nothing
 */
export function ownAt(view, path) {
  const field = view.fields.find((each) => each.path === path);
  if (field) return field.own;
  const map = view.fields.find((each) => each.map && path.startsWith(`${each.path}.`));
  if (map) return map.own?.[path.slice(map.path.length + 1)] ?? null;
  const [kind, name, ...rest] = path.split('.');
  const entry = view[kind]?.entries?.[name];
  return (rest.length ? entry?.[rest.join('.')] : entry) ?? null;
}

const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

export class Draft {
  /** @type {Map<string, {value: unknown, base: unknown}>} by path; the base is what stood there when it was changed */
  #edits = new Map();

  get size() {
    return this.#edits.size;
  }

  get paths() {
    return [...this.#edits.keys()];
  }

  has(path) {
    return this.#edits.has(path);
  }

  /** What is wanted at a path: the edit, or what stands there. @param {string} path @param {unknown} base */
  at(path, base) {
    return this.has(path) ? this.#edits.get(path).value : base;
  }

  /** @param {string} path @param {unknown} value null goes back to what is inherited @param {unknown} base */
  set(path, value, base) {
    const before = this.has(path) ? this.#edits.get(path).base : base;
    if (same(value, before)) this.#edits.delete(path);
    else this.#edits.set(path, { value, base: before });
  }

  /** Forgets the edits of a path and of all below it. */
  drop(path) {
    this.paths.filter((each) => each === path || each.startsWith(`${path}.`)).forEach((each) => this.#edits.delete(each));
  }

  clear() {
    this.#edits.clear();
  }

  /** What is to be sent. @returns {Record<string, unknown>} */
  values() {
    return Object.fromEntries([...this.#edits].map(([path, { value }]) => [path, value]));
  }

  /**
   * Takes the settings as they are now for the ones that were changed.
   * @param {object} view
   * @returns {Map<string, unknown>} what somebody else set meanwhile, by the paths that are changed here too
   */
  rebase(view) {
    const conflicts = new Map();
    for (const [path, edit] of [...this.#edits]) {
      const now = ownAt(view, path);
      if (same(now, edit.value)) this.#edits.delete(path);
      else if (!same(now, edit.base)) conflicts.set(path, now);
      edit.base = now;
    }
    return conflicts;
  }
}
