/** The door's part of the REST interface. */
import { knock, search, send } from './api.js';

/** @returns {Promise<{state: 'needed' | 'done'}>} */
export const setupState = () => send('GET', 'setup');

/** @param {string} code @returns {Promise<{recordings_dir: string, recordings_dir_fixed: boolean, rooms: number}>} */
export const checkSetupCode = (code) => knock('setup/check', { code });

/** What a folder is like, found by writing into it. @param {string} code @param {string} dir @returns {Promise<object>} */
export const tryFolder = (code, dir) => knock('setup/folder', { code, recordings_dir: dir });

/** Everything at once; signs in. @param {object} all @returns {Promise<object>} */
export const finishSetup = (all) => knock('setup', all);

/** @param {string} password @returns {Promise<object>} */
export const signIn = (password) => knock('session', { password });

/** @returns {Promise<null>} */
export const signOut = () => send('DELETE', 'session');

/** @param {string} password the present one @param {string} next @returns {Promise<null>} */
export const changePassword = (password, next) => send('PUT', 'password', { password, new: next });

/** @returns {Promise<{items: object[]}>} */
export const listSessions = () => send('GET', 'sessions');

/** @param {string} id @returns {Promise<null>} */
export const endSession = (id) => send('DELETE', `sessions/${encodeURIComponent(id)}`);

/** @returns {Promise<null>} */
export const endOtherSessions = () => send('DELETE', 'sessions');

/** @returns {Promise<{items: object[]}>} */
export const listKeys = () => send('GET', 'keys');

/** @param {string} name @param {boolean} readOnly @returns {Promise<{key: string}>} the only answer that holds the key */
export const addKey = (name, readOnly) => send('POST', 'keys', { name, read_only: readOnly });

/** @param {string} id @returns {Promise<null>} */
export const removeKey = (id) => send('DELETE', `keys/${encodeURIComponent(id)}`);

/** @param {{before?: string | null}} query @returns {Promise<{items: object[], next: string | null}>} */
export const listAudit = (query) => send('GET', `audit${search({ limit: 30, ...query })}`);
