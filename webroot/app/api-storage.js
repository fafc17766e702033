/** Storage's part of the REST interface. */
import { send } from './api.js';

const one = (place, id) => `${place}/${encodeURIComponent(id)}`;

/** @returns {Promise<object>} how full the disks are */
export const storage = () => send('GET', 'storage');

/** @returns {Promise<{items: object[], paused: object | null}>} what the rules take next */
export const nextToGo = () => send('GET', 'storage/next');

/** @returns {Promise<{items: object[]}>} what is in the trash */
export const listTrash = () => send('GET', 'trash');

/**
 * @param {string} id
 * @param {{force?: boolean, final?: boolean}} sure what a person was asked about
 * @returns {Promise<{key: string, detail: string} | null>} what is to be said of it
 */
export const trashRecording = (id, sure = {}) => send('DELETE', one('recordings', id), sure);

/** @param {string} id @returns {Promise<{key: string, detail: string} | null>} */
export const restoreRecording = (id) => send('POST', `${one('recordings', id)}/restore`);

/** For good. @param {string} id @returns {Promise<{key: string, detail: string} | null>} */
export const removeFromTrash = (id) => send('DELETE', one('trash', id));

/** @param {string} id @param {boolean} wanted @returns {Promise<null>} */
export const protectRecording = (id, wanted) => send('PATCH', one('recordings', id), { protected: wanted });
