/** The health's part of the REST interface. */
import { send } from './api.js';

/** @returns {Promise<{status: string, version: string, checks: {key: string, level: string, text: string, values: object}[]}>} */
export const healthReport = () => send('GET', 'health');
