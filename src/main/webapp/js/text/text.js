// @ts-check
import { Emitter } from '../connection/emitter.js';
import { en } from './en.js';
import { keptApart } from './isolate.js';
import { zh } from './zh.js';

/** Every language, by its code. @type {Record<string, typeof en>} */
export const LANGUAGES = { en, zh };

/** Tells by `change` that everything is to be said anew. */
export const languageChanged = new Emitter();

const wishes = globalThis.navigator?.languages ?? ['en'];

/** In the language in use. */
export let text = keptApart(en);
let code = 'en';
let dates = datesIn('en');

/** @param {string} wanted empty: the first that the browser asks for and that there is */
export function speak(wanted) {
  const found = wanted || (wishes.map((tag) => tag.toLowerCase().split('-')[0]).find((tag) => tag in LANGUAGES) ?? 'en');
  if (found === code) return;
  code = found;
  text = keptApart(LANGUAGES[found]);
  dates = datesIn(found);
  languageChanged.emit('change');
}

/** The code of the language in use. */
export function language() {
  return code;
}

/** In the words of a language, in the order that its readers at this place are used to. @param {string} of */
function datesIn(of) {
  const place = wishes.find((tag) => tag.toLowerCase().startsWith(of)) ?? of;
  const format = (/** @type {Intl.DateTimeFormatOptions} */ options) => new Intl.DateTimeFormat(place, options);
  return {
    clock: format({ hour: '2-digit', minute: '2-digit' }),
    full: format({ dateStyle: 'full', timeStyle: 'medium' }),
    date: format({ dateStyle: 'full' }),
    thisYear: format({ weekday: 'long', day: 'numeric', month: 'long' }),
    otherYear: format({ day: 'numeric', month: 'long', year: 'numeric' }),
    short: format({ day: 'numeric', month: 'short' }),
  };
}

/** @param {string} at RFC 3339 */
export function timeOf(at) {
  return dates.clock.format(new Date(at));
}

/** As short as may be, for the margin: morning or evening is known from around it. @param {string} at RFC 3339 */
export function shortTimeOf(at) {
  const parts = dates.clock.formatToParts(new Date(at)).filter(({ type }) => type !== 'dayPeriod');
  return parts.map(({ value }) => value).join('').trim();
}

/** @param {string} at RFC 3339 */
export function fullTimeOf(at) {
  return dates.full.format(new Date(at));
}

/** @param {string} at RFC 3339 */
export function dateOf(at) {
  return dates.date.format(new Date(at));
}

/** The hour when it was today, else the day. @param {string} at RFC 3339 @param {Date} [now] */
export function agoOf(at, now = new Date()) {
  const then = new Date(at);
  return then.toDateString() === now.toDateString() ? shortTimeOf(at) : dates.short.format(then);
}

/** @param {string} at RFC 3339 @param {Date} [now] */
export function dayOf(at, now = new Date()) {
  const then = new Date(at);
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (then.toDateString() === now.toDateString()) return text.today;
  if (then.toDateString() === yesterday.toDateString()) return text.yesterday;
  return (then.getFullYear() === now.getFullYear() ? dates.thisYear : dates.otherYear).format(then);
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
  return text.reasons[refusal?.code] ?? sentence(refusal?.message || text.refusedUnknown);
}

/** A server gives its reasons as they may stand within a sentence. @param {string} words */
function sentence(words) {
  const begun = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?…。！？]$/.test(begun) ? begun : `${begun}.`;
}
