import { html } from 'lit';

/**
 * A sign of the sprite. It is for the eye only: the word beside it, or the button's label, says the same.
 * @param {string} name id in icons.svg
 */
export const icon = (name) => html`<svg class="icon" aria-hidden="true"><use href="icons.svg#${name}"></use></svg>`;
