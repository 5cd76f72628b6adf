// @ts-check
import { html, nothing } from 'lit-html';
import { Attention } from '../attention/attention.js';
import { Chat } from '../chat/chat.js';
import { Keep } from '../chat/keep.js';
import { Network } from '../connection/network.js';
import { pollWay } from '../connection/poll-way.js';
import { sseWay } from '../connection/sse-way.js';
import { openedSocket, webSocketWay } from '../connection/websocket-way.js';
import { newKey } from '../outbox/key.js';
import { Tabs } from '../outbox/tabs.js';
import { language, speak, text } from '../text/text.js';
import { addressOf, go, messageIn, roomIn, threadIn } from './address.js';
import { iconButton } from './icons.js';
import { FINE, ROOMS_BESIDE, THREE_BESIDE } from './media.js';
import './parley-announcer.js';
import './parley-composer.js';
import './parley-header.js';
import './parley-hint.js';
import './parley-me.js';
import './parley-people.js';
import './parley-rooms.js';
import './parley-status.js';
import './parley-switcher.js';
import './parley-talk.js';
import './parley-thread.js';
import './parley-toast.js';
import './parley-typing.js';
import { Part } from './part.js';
import { settings } from './settings.js';

/** How often it is asked whether the list of rooms has become old. */
const LOOK_MS = 30_000;

const clock = {
  setTimeout: (/** @type {() => void} */ f, /** @type {number} */ ms) => window.setTimeout(f, ms),
  clearTimeout: (/** @type {number} */ id) => window.clearTimeout(id),
  now: () => Date.now(),
};

/** The whole chat: owns the models, lays out the parts, follows the address bar. */
export class ParleyChat extends Part {
  /** @type {''|'rooms'|'people'} */
  #drawer = '';
  /** @type {any} */
  #timer;

  build() {
    void this.#begin();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.chat?.stop();
    this.tabs?.leave();
    this.chat?.keep.close();
    // Put into a page again it begins anew, with other models.
    this.chat = /** @type {any} */ (undefined);
    this.update();
  }

  template() {
    const { chat } = this;
    if (!chat) return nothing;
    this.lang = language();
    const drawer = this.#drawer;
    const thread = chat.threads.current;
    return html`
      <nav class="side rooms-side" aria-label=${text.rooms} .inert=${!ROOMS_BESIDE.matches && drawer !== 'rooms'}>
        <div class="brand">
          <img src="img/parley.svg" alt="" width="26" height="26"><span>${text.product}</span>
          ${iconButton(text.close, 'close', () => this.#open(''), 'shut')}
        </div>
        <parley-rooms .chat=${chat}></parley-rooms>
        <parley-me .chat=${chat}></parley-me>
      </nav>
      <main .inert=${drawer !== '' || (thread !== null && !THREE_BESIDE.matches)}>
        <parley-header .chat=${chat}></parley-header>
        <parley-status .chat=${chat}></parley-status>
        <parley-talk .chat=${chat}></parley-talk>
        <parley-hint .chat=${chat}></parley-hint>
        <parley-typing .chat=${chat}></parley-typing>
        <parley-composer .chat=${chat}></parley-composer>
      </main>
      ${thread ? html`<section class="thread-side" role=${THREE_BESIDE.matches ? nothing : 'main'} aria-label=${text.thread} .inert=${drawer !== ''}><parley-thread .chat=${chat}></parley-thread></section>` : nothing}
      <aside class="side people-side" aria-label=${text.people} .inert=${(!THREE_BESIDE.matches || thread !== null) && drawer !== 'people'}>
        <parley-people .chat=${chat}></parley-people>
      </aside>
      <div class="backdrop" @click=${() => this.#open('')}></div>
      <parley-announcer .chat=${chat}></parley-announcer>
      <parley-toast .chat=${chat}></parley-toast>
      <parley-switcher .chat=${chat}></parley-switcher>`;
  }

  async #begin() {
    const path = new URL('.', document.baseURI).pathname;
    // The network and the disk are waited for together: that is seen at the first message.
    const base = new URL('.', document.baseURI);
    const wanted = this.getAttribute('transport') ?? new URLSearchParams(location.search).get('transport');
    const ahead = goes('websocket', wanted) ? openedSocket(base) : null;
    const keep = await Keep.open(path);
    if (!this.isConnected) {
      ahead?.close();
      return;
    }
    this.tabs = new Tabs(navigator.locks, path);
    this.chat = new Chat({
      keep,
      tabs: this.tabs,
      ways: waysTo(base, wanted, ahead),
      clock,
      visible: () => document.visibilityState === 'visible',
    });
    this.attention = new Attention(this.chat, (room, seq) => (location.hash = addressOf(room, seq)));
    this.#prefer();
    this.update();
    this.#listen();
    this.#follow();
    this.chat.start();
  }

  /** Not every browser tells. */
  #watchNetwork() {
    const { connection } = /** @type {any} */ (navigator);
    if (!connection) return;
    const network = new Network(connection);
    this.hear(connection, 'change', () => network.hasChanged() && this.chat.networkChanged());
  }

  #listen() {
    const { chat } = this;
    this.hear(window, 'hashchange', () => this.#follow());
    this.hear(window, 'online', () => chat.networkChanged());
    this.hear(window, 'focus', () => chat.wake());
    this.#watchNetwork();
    this.hear(document, 'visibilitychange', () => document.visibilityState === 'visible' && chat.wake());
    this.hear(document, 'resume', () => chat.wake());
    this.hear(document, 'keydown', (event) => this.#pressed(event));
    this.hear(this, 'drawer', ({ detail }) => this.#open(detail));
    this.hear(this, 'shut', () => this.#open(''));
    this.hear(this, 'switch', () => this.#switcher.open());
    this.hear(this, 'settings', ({ detail }) => settings(detail, chat.preferences));
    this.hear(this, 'said', () => this.#talk.toEnd());
    this.hear(this, 'compose', ({ detail }) => this.#composer.take(detail));
    this.hear(ROOMS_BESIDE, 'change', () => this.#open(''));
    this.hear(THREE_BESIDE, 'change', () => this.#open(''));
    this.#timer = setInterval(() => document.visibilityState === 'visible' && chat.directory.refreshIfStale(), LOOK_MS);
    this.watch(chat.threads, 'change', () => this.#threaded());
    this.watch(chat.preferences, 'change', () => this.#prefer());
    this.watch(chat.rooms, 'renamed', ({ from, to }) => roomIn(location.hash) === from && location.replace(addressOf(to)));
    this.watch(chat.rooms, 'joined', (log) => log === chat.current && this.#lookAtNamed());
    this.watch(chat, 'heard', ({ log, message }) => this.attention?.heard(log.name, message));
    for (const [model, type] of /** @type {[any, string][]} */ ([[chat.rooms, 'entry'], [chat.rooms, 'joined'], [chat.reading, 'change']])) {
      this.watch(model, type, () => this.#entitle());
    }
  }

  /** The language and the theme that somebody wants, at once. */
  #prefer() {
    const { theme, language: wanted } = this.chat.preferences.all;
    speak(wanted);
    this.dataset.theme = theme;
    if (this.attention) this.#entitle();
  }

  /** The room that the address bar names, or the one where the person left off. */
  #follow() {
    const named = roomIn(location.hash);
    if (named === null) history.replaceState(null, '', addressOf(this.chat.lastRoom));
    const room = named ?? this.chat.lastRoom;
    const other = room !== this.chat.current?.name;
    if (other) this.chat.visit(room);
    const thread = threadIn(location.hash);
    if (thread !== null && this.chat.current) this.chat.threads.open(this.chat.current, thread);
    else this.chat.threads.close();
    this.#lookAtNamed();
    this.#open('');
    this.#entitle();
    if (other && thread === null && FINE.matches) queueMicrotask(() => this.#composer?.focus());
  }

  /** The message that the address bar names is looked at once; the address stays as it was shared. */
  #lookAtNamed() {
    const seq = messageIn(location.hash);
    if (seq === null || this.chat.current?.state !== 'joined' || this.#looked === location.hash) return;
    this.#looked = location.hash;
    this.chat.jump(seq).catch(() => (this.#looked = ''));
  }

  #looked = '';

  /** A thread was opened or closed, or has changed: the focus goes into it, and back to where it was opened. */
  #threaded() {
    const thread = this.chat.threads.current;
    const before = this.#thread;
    if (thread === before) return;
    this.#thread = thread;
    const within = document.activeElement === document.body || this.querySelector('.thread-side')?.contains(document.activeElement);
    // Beside a thread the talk is narrower: its lines break elsewhere, and what one looks at shall stay.
    this.#talk.hold(() => {
      this.toggleAttribute('data-thread', thread !== null);
      this.update();
    });
    const back = `main a.replies[href$="/thread/${before?.seq}"]`;
    const there = thread ? (FINE.matches ? this.#threadPart : this.querySelector('.thread-side .back')) : within ? (this.querySelector(back) ?? this.#composer) : null;
    /** @type {HTMLElement|null} */ (there)?.focus();
  }

  /** @type {import('../log/thread.js').Thread|null} */
  #thread = null;

  #entitle() {
    document.title = this.attention?.title ?? document.title;
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.key === 'Escape' && !event.defaultPrevented) this.#escaped();
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      if (!this.querySelector('dialog[open]')) this.#switcher.open();
    }
  }

  /** What lies on top goes first. */
  #escaped() {
    if (this.querySelector('dialog[open], :popover-open')) return;
    if (this.#drawer !== '') this.#open('');
    else if (this.chat.threads.current) go(this.chat.threads.current.log.name);
  }

  /** @param {''|'rooms'|'people'} which */
  #open(which) {
    const before = this.#drawer;
    this.#drawer = which;
    this.dataset.drawer = which;
    this.update();
    if (which !== '') {
      const drawer = this.querySelector(which === 'rooms' ? '.rooms-side' : '.people-side');
      /** @type {HTMLElement|null} */ (drawer?.querySelector('a[aria-current], .shut'))?.focus();
    } else if (before !== '') {
      /** @type {HTMLElement|null} */ (this.querySelector(before === 'rooms' ? '.menu' : '.people-button'))?.focus();
    }
  }

  /** @returns {import('./parley-thread.js').ParleyThread} */
  get #threadPart() {
    return /** @type {any} */ (this.querySelector('parley-thread'));
  }

  /** @returns {import('./parley-talk.js').ParleyTalk} */
  get #talk() {
    return /** @type {any} */ (this.querySelector('parley-talk'));
  }

  /** @returns {import('./parley-composer.js').ParleyComposer} */
  get #composer() {
    return /** @type {any} */ (this.querySelector('main parley-composer'));
  }

  /** @returns {import('./parley-switcher.js').ParleySwitcher} */
  get #switcher() {
    return /** @type {any} */ (this.querySelector('parley-switcher'));
  }
}

/** Whether a way is to be tried: where a person names one, for want of a better explanation of what is wrong, only that. @param {string} name @param {string|null} wanted */
function goes(name, wanted) {
  const named = ['websocket', 'sse', 'poll'].includes(wanted ?? '');
  return named ? name === wanted : name !== 'websocket' || 'WebSocket' in window;
}

/** @param {URL} base @param {string|null} wanted @param {WebSocket|null} ahead */
function waysTo(base, wanted, ahead) {
  const client = newKey();
  return [webSocketWay(base, ahead), sseWay(base, clock, client), pollWay(base, clock, client)].filter(({ name }) => goes(name, wanted));
}

customElements.define('parley-chat', ParleyChat);
