// @ts-check
import { html, render } from 'lit-html';
import { icon } from './icons.js';

/** @typedef {{label: string, drawing: string, act: () => void, kind?: string}} Choice */

const GAP_PX = 6;

/**
 * Shows something beside what it belongs to, on a phone at the lower edge; gone as soon as one turns elsewhere. The focus
 * goes into it, and back.
 *
 * @param {HTMLElement} anchor @param {string} label @param {(close: () => void) => unknown} template
 */
export function popUp(anchor, label, template) {
  const box = document.createElement('div');
  const close = () => box.hidePopover();
  box.className = 'pop-up';
  box.popover = 'auto';
  box.setAttribute('role', 'dialog');
  box.setAttribute('aria-label', label);
  (anchor.closest('parley-chat') ?? document.body).append(box);
  render(template(close), box);
  box.addEventListener('toggle', (event) => {
    if (/** @type {any} */ (event).newState !== 'closed') return;
    const within = box.contains(document.activeElement) || document.activeElement === document.body;
    box.remove();
    if (within && anchor.isConnected) anchor.focus();
  });
  box.showPopover();
  place(box, anchor.getBoundingClientRect());
  /** @type {HTMLElement|null} */ (box.querySelector('button, input'))?.focus();
}

/** A list of things to do. @param {HTMLElement} anchor @param {string} label @param {(Choice|false|null)[]} choices @param {(close: () => void) => unknown} [above] */
export function menu(anchor, label, choices, above = () => null) {
  popUp(anchor, label, (close) => {
    const chosen = (/** @type {Choice} */ { act }) => {
      close();
      act();
    };
    const shown = /** @type {Choice[]} */ (choices.filter(Boolean));
    return html`${above(close)}
      <div class="choices" @keydown=${moves}>
        ${shown.map((choice) => html`
          <button type="button" class=${choice.kind ?? ''} @click=${() => chosen(choice)}>${icon(choice.drawing)}${choice.label}</button>`)}
      </div>`;
  });
}

/** @param {KeyboardEvent} event */
function moves(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll('button')];
  const at = buttons.indexOf(/** @type {any} */ (document.activeElement));
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
}

/** Below the anchor where there is room, else above, and never over the edge. @param {HTMLElement} box @param {DOMRect} anchor */
function place(box, anchor) {
  const { offsetWidth: width, offsetHeight: height } = box;
  const below = anchor.bottom + GAP_PX + height <= innerHeight;
  const top = below ? anchor.bottom + GAP_PX : Math.max(GAP_PX, anchor.top - GAP_PX - height);
  const ends = getComputedStyle(box).direction === 'rtl' ? anchor.left : anchor.right - width;
  const left = Math.min(Math.max(GAP_PX, ends), innerWidth - width - GAP_PX);
  box.style.setProperty('--top', `${top}px`);
  box.style.setProperty('--left', `${left}px`);
}
