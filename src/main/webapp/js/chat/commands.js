// @ts-check
/**
 * What a person typed: a text, or one of the few commands. A text that begins with a slash is written with two.
 *
 * @typedef {{kind: 'text', text: string, style?: string}
 *   | {kind: 'nick', name: string}
 *   | {kind: 'join', room: string}
 *   | {kind: 'topic', topic: string}
 *   | {kind: 'help'}
 *   | {kind: 'unknown', word: string}
 *   | {kind: 'nothing'}} Typed
 */

/** @param {string} input @returns {Typed} */
export function typed(input) {
  const text = input.replace(/\r\n?/g, '\n').trimEnd().replace(/^\n+/, '');
  if (text.trim() === '') return { kind: 'nothing' };
  if (text.startsWith('//')) return { kind: 'text', text: text.slice(1) };
  const command = /^\/(\S*)(?:\s+([\s\S]*))?$/.exec(text);
  return command ? commandOf(command[1].toLowerCase(), (command[2] ?? '').trim()) : { kind: 'text', text };
}

/** @param {string} word @param {string} rest @returns {Typed} */
function commandOf(word, rest) {
  if (word === 'help') return { kind: 'help' };
  if (word === 'me' && rest) return { kind: 'text', text: rest, style: 'action' };
  if (word === 'nick' && rest) return { kind: 'nick', name: rest };
  if (word === 'join' && rest) return { kind: 'join', room: rest };
  if (word === 'topic') return { kind: 'topic', topic: rest };
  return { kind: 'unknown', word };
}
