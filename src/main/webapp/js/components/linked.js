// @ts-check
import { make } from './dom.js';

const LINK = /https?:\/\/[^\s<>"'`]+/gi;

/** Marks that end a sentence rather than an address. */
const TRAILING = /[.,;:!?…]+$/;

/** A text with its web addresses as links; all else stays text. @param {string} text @returns {(Node|string)[]} */
export function linked(text) {
  const pieces = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const address = trimmed(match[0]);
    if (!URL.canParse?.(address)) continue;
    pieces.push(text.slice(from, match.index));
    pieces.push(make('a', { href: address, target: '_blank', rel: 'noopener noreferrer nofollow ugc', text: address }));
    from = match.index + address.length;
  }
  pieces.push(text.slice(from));
  return pieces.filter((piece) => piece !== '');
}

/** @param {string} found */
function trimmed(found) {
  const address = found.replace(TRAILING, '');
  const closes = address.endsWith(')') && !address.includes('(');
  return closes ? address.slice(0, -1).replace(TRAILING, '') : address;
}
