// @ts-check
import { en } from './en.js';

/** The language in use. */
export const text = en;

const locales = globalThis.navigator?.languages ?? [en.language];
const clock = new Intl.DateTimeFormat(locales, { hour: '2-digit', minute: '2-digit' });
const full = new Intl.DateTimeFormat(locales, { dateStyle: 'full', timeStyle: 'medium' });
const date = new Intl.DateTimeFormat(locales, { dateStyle: 'full' });
const thisYear = new Intl.DateTimeFormat(en.language, { weekday: 'long', day: 'numeric', month: 'long' });
const otherYear = new Intl.DateTimeFormat(en.language, { day: 'numeric', month: 'long', year: 'numeric' });

/** @param {string} at RFC 3339 */
export function timeOf(at) {
  return clock.format(new Date(at));
}

/** As short as may be, for the margin: morning or evening is known from around it. @param {string} at RFC 3339 */
export function shortTimeOf(at) {
  const parts = clock.formatToParts(new Date(at)).filter(({ type }) => type !== 'dayPeriod');
  return parts.map(({ value }) => value).join('').trim();
}

/** @param {string} at RFC 3339 */
export function fullTimeOf(at) {
  return full.format(new Date(at));
}

/** @param {string} at RFC 3339 */
export function dateOf(at) {
  return date.format(new Date(at));
}

/** @param {string} at RFC 3339 @param {Date} [now] */
export function dayOf(at, now = new Date()) {
  const then = new Date(at);
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (then.toDateString() === now.toDateString()) return text.today;
  if (then.toDateString() === yesterday.toDateString()) return text.yesterday;
  return (then.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(then);
}

/** What a log's entry says in words. @param {import('../connection/types.js').Event} entry */
export function toldOf(entry) {
  const who = entry.from?.name ?? '';
  if (entry.type === 'topic') return text.topicSet(who, entry.topic ?? '');
  if (entry.type === 'settings') return text.settingsSet(who);
  return text.member[entry.change]?.(who, entry.user?.name ?? who) ?? '';
}

/** What a person reads of a refusal. @param {any} refusal */
export function reasonOf(refusal) {
  if (refusal?.code === 'disconnected') return text.disconnected;
  if (refusal?.code === 'other_author') return text.otherAuthor;
  return sentence(refusal?.message || text.refusedUnknown);
}

/** A server gives its reasons as they may stand within a sentence. @param {string} words */
function sentence(words) {
  const begun = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?…。！？]$/.test(begun) ? begun : `${begun}.`;
}
