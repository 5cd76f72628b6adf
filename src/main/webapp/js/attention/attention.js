// @ts-check
import { text } from '../text/text.js';

/** @typedef {import('../chat/chat.js').Chat} Chat */
/** @typedef {import('../connection/types.js').Message} Message */

/** Sounds closer together than this become one. */
const CALM_MS = 2_000;

/**
 * Calls somebody who does not look at the page: by its title, and, where they asked for that, by a notification and a sound
 * when they are mentioned.
 */
export class Attention {
  #chat;
  #go;
  #soundedAt = 0;

  /** @param {Chat} chat @param {(room: string, seq: number) => void} go */
  constructor(chat, go) {
    this.#chat = chat;
    this.#go = go;
  }

  /** What the title says. */
  get title() {
    const { rooms, current } = this.#chat;
    const fresh = rooms.all.map(({ name }) => this.#chat.fresh(name));
    const unread = fresh.reduce((sum, { unread: count }) => sum + count, 0);
    const mentions = fresh.reduce((sum, { mentions: count }) => sum + count, 0);
    const badge = mentions > 0 ? `(@${mentions}) ` : unread > 0 ? `(${unread}) ` : '';
    return `${badge}#${current?.name ?? ''} · ${text.product}`;
  }

  /** @param {string} room @param {Message} message what somebody else said */
  heard(room, message) {
    const me = this.#chat.identity.you?.id;
    const { notify, sound, quiet } = this.#chat.preferences.all;
    const looks = document.visibilityState === 'visible' && document.hasFocus();
    if (quiet || looks || !me || !message.mentions?.includes(me)) return;
    if (notify) this.#notify(room, message);
    if (sound) this.#sound();
  }

  /** One for each message, however many tabs there are. @param {string} room @param {Message} message */
  #notify(room, { seq, from, text: words = '' }) {
    if (!('Notification' in window) || Notification.permission !== 'granted') return;
    try {
      const shown = new Notification(text.mentionedBy(from.name, room), { body: words.slice(0, 300), tag: `${room}/${seq}`, icon: 'img/parley.svg' });
      shown.onclick = () => {
        window.focus();
        shown.close();
        this.#go(room, seq);
      };
    } catch {
      // Some phones notify only out of a service worker.
    }
  }

  /** Two soft tones, made here: there is no file to fetch. */
  #sound() {
    const now = Date.now();
    if (now - this.#soundedAt < CALM_MS) return;
    this.#soundedAt = now;
    const audio = new AudioContext();
    const gain = audio.createGain();
    gain.connect(audio.destination);
    gain.gain.setValueAtTime(0.06, audio.currentTime);
    gain.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.5);
    [660, 880].forEach((hertz, i) => {
      const tone = audio.createOscillator();
      tone.frequency.value = hertz;
      tone.connect(gain);
      tone.start(audio.currentTime + i * 0.12);
      tone.stop(audio.currentTime + 0.5);
      tone.onended = () => i === 1 && void audio.close();
    });
  }
}
