// @ts-check
/** Elements without markup in strings: what users wrote can only ever become text. */

/**
 * @param {string} tag
 * @param {Record<string, any>} [props] `class`, `text`, `on` (listeners by event); else attributes: false and null leave it out
 * @param {(Node|string|null|undefined|false)[]} children
 * @returns {any}
 */
export function make(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === 'text') element.textContent = value;
    else if (name === 'on') Object.entries(value).forEach(([type, f]) => element.addEventListener(type, /** @type {any} */ (f)));
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(.../** @type {(Node|string)[]} */ (children.filter((child) => child !== null && child !== undefined && child !== false)));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Strokes on a 24 by 24 field. @type {Record<string, string>} */
const STROKES = {
  menu: 'M4 7h16M4 12h16M4 17h10',
  people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.2a6.5 6.5 0 0 1 3.5 5.8',
  plus: 'M12 5v14M5 12h14',
  send: 'M5 12h13M12.5 6l6 6-6 6',
  pencil: 'M4 20l1-4L16.5 4.5a2.1 2.1 0 0 1 3 3L8 19l-4 1Z',
  down: 'M12 5v14M6 13l6 6 6-6',
  close: 'M6 6l12 12M18 6L6 18',
};

/** A drawing that says nothing by itself: what it stands in names itself. @param {string} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  path.setAttribute('d', STROKES[name]);
  svg.append(path);
  return svg;
}

/** @param {string} label @param {string} drawing @param {() => void} act @param {string} [kind] */
export function iconButton(label, drawing, act, kind = '') {
  const button = make('button', { type: 'button', class: `icon-button ${kind}`, 'aria-label': label, title: label });
  button.append(icon(drawing));
  button.addEventListener('click', act);
  return button;
}
