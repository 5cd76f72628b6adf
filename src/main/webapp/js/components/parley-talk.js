// @ts-check
import { LOBBY } from '../chat/chat.js';
import { rowsOf } from '../log/rows.js';
import { Window } from '../log/window.js';
import { reasonOf, text } from '../text/text.js';
import { go } from './address.js';
import { icon, make } from './dom.js';
import { Part } from './part.js';
import { RowList } from './row-list.js';
import { ScrollKeeper } from './scroll-keeper.js';

/** Older messages are fetched this many heights before the reader comes to where they are missing. */
const AHEAD = 1.5;

/** What is said in the current room. Emits `revise` with a text that its author wants back. */
export class ParleyTalk extends Part {
  /** @type {HTMLElement} */
  #scroller;
  /** @type {HTMLElement} */
  #rows;
  /** @type {HTMLElement} */
  #top;
  /** @type {HTMLElement} */
  #vacant;
  /** @type {HTMLButtonElement} */
  #below;
  /** @type {RowList} */
  #list;
  /** @type {ScrollKeeper} */
  #scroll;
  #window = new Window();
  #fetching = false;
  /** The room and epoch last shown. */
  #epoch = '';
  /** @type {import('../log/room-log.js').RoomLog|null} */
  #log = null;

  build() {
    const rows = make('div', { class: 'rows', role: 'log', 'aria-live': 'off', 'aria-relevant': 'additions' });
    this.#top = make('p', { class: 'top' });
    this.#vacant = make('div', { class: 'vacant' });
    this.#scroller = make('div', { class: 'scroller', tabindex: '0', role: 'region' }, this.#top, this.#vacant, rows);
    this.#below = make('button', { type: 'button', class: 'below', hidden: true, on: { click: () => this.#toNewest() } });
    this.append(this.#scroller, this.#below);
    this.#rows = rows;
    this.#list = new RowList(rows);
    this.#scroll = new ScrollKeeper(this.#scroller, rows, () => this.#moved());
    this.watch(this.chat, 'room');
    this.watch(this.chat.identity, 'change');
    this.watch(this.chat.rooms, 'change', (log) => log === this.chat.current && this.later());
    this.watch(this.chat.outbox, 'change', (room) => room === this.chat.current?.name && this.later());
    this.watch(this.chat.connection, 'ready', () => (this.#fetching = false));
    this.hear(document, 'visibilitychange', () => this.later());
    this.hear(this, 'retry', ({ detail }) => this.chat.outbox.retry(detail));
    this.hear(this, 'discard', ({ detail }) => this.chat.outbox.discard(detail));
    this.hear(this, 'revise', ({ detail }) => this.#revise(detail));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#scroll.stop();
  }

  update() {
    const log = this.chat.current;
    if (!log) return;
    if (log !== this.#log) this.#show(log);
    this.#scroll.keep(() => this.#render(log));
    this.#settle(log);
  }

  /** One's own words are to be seen, wherever one was reading. */
  toEnd() {
    this.#toNewest();
  }

  /** @param {import('../log/room-log.js').RoomLog} log */
  #show(log) {
    this.#log = log;
    this.#window.reset();
    this.#scroll.atEnd = true;
    this.#scroller.setAttribute('aria-label', text.messagesIn(log.name));
  }

  /** @param {import('../log/room-log.js').RoomLog} log */
  #render(log) {
    if (this.#atNewest) log.trim();
    const { start, end } = this.#window.over(log.items, !this.#atNewest);
    const unsent = this.#window.follows ? this.chat.outbox.of(log.name) : [];
    const rows = rowsOf(log.items.slice(start, end), unsent, this.chat.identity.you);
    this.#announce(log);
    this.#list.show(rows);
    const begun = log.epoch !== null && start === 0 && !log.more && rows.length > 0;
    this.#top.textContent = begun ? text.beginning(log.name) : log.more ? text.loadingOlder : '';
    this.#showVacancy(log, rows.length === 0);
  }

  /** What comes new is read out; a page of older messages, or the first one, is not. @param {import('../log/room-log.js').RoomLog} log */
  #announce(log) {
    const goesOn = this.#epoch === `${log.name} ${log.epoch}`;
    this.#epoch = `${log.name} ${log.epoch}`;
    this.#rows.setAttribute('aria-live', goesOn && this.#atNewest ? 'polite' : 'off');
  }

  /** After the rows stand: what follows from where the reader is. @param {import('../log/room-log.js').RoomLog} log */
  #settle(log) {
    if (this.#atNewest && document.visibilityState === 'visible') this.chat.reading.read(log);
    const unread = this.chat.reading.unread(log, this.chat.identity.you?.id);
    const far = this.#scroll.heights.below > AHEAD || !this.#window.follows;
    this.#below.hidden = this.#atNewest || !(unread > 0 || far);
    this.#below.classList.toggle('unread', unread > 0);
    this.#below.replaceChildren(unread > 0 ? text.unread(unread) : text.latest, icon('down'));
    this.#extend(log);
  }

  /** @param {import('../log/room-log.js').RoomLog} log */
  #extend(log) {
    const { above, below } = this.#scroll.heights;
    if (above < AHEAD && this.#window.growUp(log.items)) {
      this.later();
    } else if (above < AHEAD && log.more && log.state === 'joined') {
      void this.#fetch();
    } else if (below < AHEAD && !this.#window.follows) {
      this.#window.growDown(log.items);
      this.later();
    }
  }

  async #fetch() {
    if (this.#fetching) return;
    this.#fetching = true;
    try {
      await this.chat.older();
    } catch {
      // Asked again as soon as the reader scrolls, or the connection is back.
    } finally {
      this.#fetching = false;
    }
  }

  #moved() {
    if (this.#log) this.#settle(this.#log);
  }

  get #atNewest() {
    return this.#scroll.atEnd && this.#window.follows;
  }

  #toNewest() {
    this.#window.reset();
    this.#scroll.atEnd = true;
    this.later();
  }

  /** @param {string} key */
  #revise(key) {
    const unsent = this.chat.outbox.discard(key);
    if (unsent) this.dispatchEvent(new CustomEvent('revised', { detail: unsent.text, bubbles: true }));
  }

  /** @param {import('../log/room-log.js').RoomLog} log @param {boolean} empty */
  #showVacancy(log, empty) {
    const refused = log.state === 'refused';
    this.#vacant.hidden = !(refused || (empty && log.epoch !== null));
    const shown = this.#vacant.hidden ? '' : refused ? `${log.refusal?.code} ${log.name}` : 'empty';
    if (shown === this.#vacant.dataset.shown) return;
    this.#vacant.dataset.shown = shown;
    this.#vacant.replaceChildren(...(shown === '' ? [] : refused ? this.#refusedWords(log) : emptyWords()));
  }

  /** @param {import('../log/room-log.js').RoomLog} log */
  #refusedWords(log) {
    const missing = log.refusal?.code === 'no_such_room';
    const create = () => this.chat.open(log.name).then((room) => this.chat.visit(room), (refusal) => log.refused(refusal));
    return [
      make('h2', { text: missing ? text.noSuchRoom(log.name) : text.cannotJoin }),
      make('p', { text: missing ? text.noSuchRoomHelp : reasonOf(log.refusal) }),
      make('div', { class: 'buttons' },
        missing && make('button', { type: 'button', class: 'button primary', text: text.createNamedRoom(log.name), on: { click: create } }),
        make('button', { type: 'button', class: 'button', text: text.backToLobby, on: { click: () => go(LOBBY) } })),
    ];
  }
}

function emptyWords() {
  return [make('h2', { text: text.emptyTitle }), make('p', { text: text.emptyHelp })];
}

customElements.define('parley-talk', ParleyTalk);
