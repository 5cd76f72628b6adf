// @ts-check
import { html, svg } from 'lit-html';

/** Strokes on a 24 by 24 field. @type {Record<string, string>} */
const STROKES = {
  menu: 'M4 7h16M4 12h16M4 17h10',
  people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.2a6.5 6.5 0 0 1 3.5 5.8',
  plus: 'M12 5v14M5 12h14',
  send: 'M5 12h13M12.5 6l6 6-6 6',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  pencil: 'M4 20l1-4L16.5 4.5a2.1 2.1 0 0 1 3 3L8 19l-4 1Z',
  down: 'M12 5v14M6 13l6 6 6-6',
  close: 'M6 6l12 12M18 6L6 18',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.5 14.5s1.2 2 3.5 2 3.5-2 3.5-2M9 9.5v.5M15 9.5v.5',
  reply: 'M9 7l-5 5 5 5M4.5 12H14a6 6 0 0 1 6 6',
  thread: 'M4 5h16v11H11l-4 4v-4H4ZM8 9h8M8 12.500h5',
  back: 'M19 12H5M11 6l-6 6 6 6',
  more: 'M5 11.5v1M12 11.5v1M19 11.5v1',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  bin: 'M4.500 7h15M10 11v6M14 11v6M6.500 7l1 13h9l1-13M9 7V4h6v3',
  search: 'M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13ZM15.500 15.500L20 20',
  leave: 'M14 5h5v14h-5M10 8l-4 4 4 4M6 12h9',
  topic: 'M5 6h14M5 11h14M5 16h8',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM8 19.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z',
};

/** Those that point to where the text goes on, or comes from. */
const DIRECTED = new Set(['send', 'reply', 'leave', 'back', 'menu', 'topic']);

/** A drawing that says nothing by itself: what it stands in names itself. @param {string} name */
export function icon(name) {
  return html`<svg class="icon ${DIRECTED.has(name) ? 'directed' : ''}" viewBox="0 0 24 24" aria-hidden="true">${svg`<path d=${STROKES[name]}></path>`}</svg>`;
}

/** @param {string} label @param {string} drawing @param {(event: Event) => void} act @param {string} [kind] */
export function iconButton(label, drawing, act, kind = '') {
  return html`<button type="button" class="icon-button ${kind}" aria-label=${label} title=${label} @click=${act}>${icon(drawing)}</button>`;
}
