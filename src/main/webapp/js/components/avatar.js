// @ts-check
import { html } from 'lit-html';

const HUES = 12;

/** Scripts in which one character says enough, and fills the square. */
const WHOLE = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Initials on a colour: the same person is the same colour everywhere. @param {{id: string, name: string}} user */
export function avatarOf({ id, name }) {
  return html`<span class="avatar" aria-hidden="true" data-hue=${hashOf(id) % HUES}>${initialsOf(name)}</span>`;
}

/** @param {string} name */
function initialsOf(name) {
  const words = name.split(/[\s._-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.map((word) => [.../** @type {RegExpExecArray} */ (/[\p{L}\p{N}].*/u.exec(word))[0]][0]);
  if (letters.length > 0 && WHOLE.test(letters[0])) return letters[0];
  const chosen = letters.length > 1 ? [letters[0], letters.at(-1)] : letters;
  return chosen.join('').toUpperCase() || '?';
}

/** @param {string} id */
function hashOf(id) {
  let hash = 2166136261;
  for (const character of id) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}
