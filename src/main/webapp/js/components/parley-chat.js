// @ts-check
import { Chat } from '../chat/chat.js';
import { text } from '../text/text.js';
import { addressOf, roomIn } from './address.js';
import { iconButton, make } from './dom.js';
import './parley-composer.js';
import './parley-header.js';
import './parley-hint.js';
import './parley-me.js';
import './parley-people.js';
import './parley-rooms.js';
import './parley-status.js';
import './parley-talk.js';
import { Part } from './part.js';

/** Wide enough for rooms and talk side by side; above the second, for people too. */
const ROOMS_BESIDE = matchMedia('(min-width: 760px)');
const PEOPLE_BESIDE = matchMedia('(min-width: 1080px)');

/** How often it is asked whether the list of rooms has become old. */
const LOOK_MS = 30_000;

const clock = {
  setTimeout: (/** @type {() => void} */ f, /** @type {number} */ ms) => window.setTimeout(f, ms),
  clearTimeout: (/** @type {number} */ id) => window.clearTimeout(id),
  now: () => Date.now(),
};

/** The whole chat: owns the models, lays out the parts, follows the address bar. */
export class ParleyChat extends Part {
  /** @type {HTMLElement} */
  #rooms;
  /** @type {HTMLElement} */
  #people;
  /** @type {HTMLElement} */
  #main;
  /** @type {any} */
  #timer;

  build() {
    if (!('WebSocket' in window)) {
      this.append(make('p', { class: 'unsupported', role: 'alert', text: text.noWebSocket }));
      return;
    }
    this.chat = new Chat({
      path: new URL('.', document.baseURI).pathname,
      storage: storage(),
      open: () => new WebSocket(socketAddress(), 'superchat'),
      clock,
      visible: () => document.visibilityState === 'visible',
    });
    this.#layOut();
    this.#listen();
    this.#follow();
    this.chat.start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.chat?.stop();
  }

  update() {
    if (!this.#main) return;
    const { drawer = '' } = this.dataset;
    this.#rooms.inert = !ROOMS_BESIDE.matches && drawer !== 'rooms';
    this.#people.inert = !PEOPLE_BESIDE.matches && drawer !== 'people';
    this.#main.inert = drawer !== '';
  }

  #layOut() {
    const part = (/** @type {string} */ name) => Object.assign(make(name), { chat: this.chat });
    this.#rooms = make('nav', { class: 'side rooms-side', 'aria-label': text.rooms },
      make('div', { class: 'brand' },
        make('img', { src: 'img/parley.svg', alt: '', width: '26', height: '26' }),
        make('span', { text: text.product }),
        iconButton(text.close, 'close', () => this.#open(''), 'shut')),
      part('parley-rooms'),
      part('parley-me'));
    this.#people = make('aside', { class: 'side people-side', 'aria-label': text.people }, part('parley-people'));
    this.#main = make('main', {},
      part('parley-header'), part('parley-status'), part('parley-talk'), part('parley-hint'), part('parley-composer'));
    this.append(this.#rooms, this.#main, this.#people, make('div', { class: 'backdrop', on: { click: () => this.#open('') } }));
  }

  #listen() {
    this.hear(window, 'hashchange', () => this.#follow());
    this.hear(window, 'online', () => this.chat.wake());
    this.hear(window, 'focus', () => this.chat.wake());
    this.hear(document, 'visibilitychange', () => document.visibilityState === 'visible' && this.chat.wake());
    this.hear(document, 'keydown', (event) => event.key === 'Escape' && this.#open(''));
    this.hear(this, 'drawer', ({ detail }) => this.#open(detail));
    this.hear(this, 'shut', () => this.#open(''));
    this.hear(this, 'said', () => this.#talk.toEnd());
    this.hear(this, 'revised', ({ detail }) => this.#composer.insert(detail));
    this.hear(ROOMS_BESIDE, 'change', () => this.#open(''));
    this.hear(PEOPLE_BESIDE, 'change', () => this.#open(''));
    this.#timer = setInterval(() => document.visibilityState === 'visible' && this.chat.directory.refreshIfStale(), LOOK_MS);
    this.watch(this.chat.rooms, 'renamed', ({ from, to }) => roomIn(location.hash) === from && location.replace(addressOf(to)));
    this.watch(this.chat.rooms, 'entry', () => this.#entitle());
    this.watch(this.chat.reading, 'change', () => this.#entitle());
  }

  /** The room that the address bar names, or the one where the person left off. */
  #follow() {
    const named = roomIn(location.hash);
    if (named === null) history.replaceState(null, '', addressOf(this.chat.lastRoom));
    this.chat.visit(named ?? this.chat.lastRoom);
    this.#open('');
    this.#entitle();
    if (matchMedia('(pointer: fine)').matches) queueMicrotask(() => this.#composer?.focus());
  }

  #entitle() {
    const me = this.chat.identity.you?.id;
    const unread = this.chat.rooms.all.reduce((sum, log) => sum + this.chat.reading.unread(log, me), 0);
    document.title = `${unread > 0 ? `(${unread}) ` : ''}#${this.chat.current?.name} · ${text.product}`;
  }

  /** @param {''|'rooms'|'people'} which */
  #open(which) {
    const before = this.dataset.drawer ?? '';
    this.dataset.drawer = which;
    this.update();
    if (which !== '') {
      const drawer = which === 'rooms' ? this.#rooms : this.#people;
      /** @type {HTMLElement|null} */ (drawer.querySelector('a[aria-current], .shut'))?.focus();
    } else if (before !== '') {
      /** @type {HTMLElement|null} */ (this.querySelector(before === 'rooms' ? '.menu' : '.people-button'))?.focus();
    }
  }

  /** @returns {import('./parley-talk.js').ParleyTalk} */
  get #talk() {
    return /** @type {any} */ (this.querySelector('parley-talk'));
  }

  /** @returns {import('./parley-composer.js').ParleyComposer} */
  get #composer() {
    return /** @type {any} */ (this.querySelector('parley-composer'));
  }
}

function socketAddress() {
  const address = new URL('chat', document.baseURI);
  address.protocol = address.protocol.replace('http', 'ws');
  address.hash = '';
  return address.href;
}

/** Browsers may forbid it altogether. @returns {Storage|null} */
function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

customElements.define('parley-chat', ParleyChat);
