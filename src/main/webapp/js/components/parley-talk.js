// @ts-check
import { html, nothing, render } from 'lit-html';
import { LOBBY } from '../chat/chat.js';
import { rowsOf } from '../log/rows.js';
import { Window } from '../log/window.js';
import { reasonOf, text } from '../text/text.js';
import { go, isOfThisMachine, linkTo } from './address.js';
import { aroundOf } from './around.js';
import { copied } from './clipboard.js';
import { icon } from './icons.js';
import { MessageActs } from './message-acts.js';
import { Part } from './part.js';
import { RowFocus } from './row-focus.js';
import { RowList } from './row-list.js';
import { ScrollKeeper } from './scroll-keeper.js';

/** @typedef {import('../log/room-log.js').RoomLog} RoomLog */

/** Messages are fetched this many heights before the reader comes to where they are missing. */
const AHEAD = 1.5;

/** What is said in the current room. */
export class ParleyTalk extends Part {
  /** @type {HTMLElement} */
  #rows;
  /** @type {RowList} */
  #list;
  /** @type {ScrollKeeper} */
  #scroll;
  /** @type {RowFocus} */
  #focus;
  #window = new Window();
  #fetching = false;
  #far = false;
  #wasPast = false;
  /** The room and epoch last shown. */
  #epoch = '';
  /** The message to be shown next. @type {number|null} */
  #wanted = null;
  /** @type {RoomLog|null} */
  #log = null;

  build() {
    this.#rows = document.createElement('div');
    this.#rows.className = 'rows';
    this.#list = new RowList(this.#rows);
    this.#frame();
    const scroller = /** @type {HTMLElement} */ (this.querySelector('.scroller'));
    this.#scroll = new ScrollKeeper(scroller, this.#rows, () => this.#moved());
    this.#focus = new RowFocus(scroller, this.#rows);
    const acts = new MessageActs(this, this.chat);
    this.watch(this.chat, 'room');
    this.watch(this.chat, 'jump', (seq) => this.#jump(seq));
    this.watch(this.chat, 'heard', ({ log }) => this.#heard(log));
    this.watch(this.chat.quotes, 'change');
    this.watch(this.chat.identity, 'change');
    this.watch(this.chat.rooms, 'change', (log) => log === this.chat.current && this.later());
    this.watch(this.chat.outbox, 'change', (room) => room === this.chat.current?.name && this.later());
    this.watch(this.chat.connection, 'ready', () => (this.#fetching = false));
    this.hear(document, 'visibilitychange', () => this.later());
    this.hear(this, 'fold', () => this.#scroll.hold());
    this.hear(this, 'wish', ({ detail }) => acts.fulfil(detail));
    this.hear(this, 'long', ({ detail }) => acts.offer(detail));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#scroll.stop();
  }

  update() {
    const log = this.chat.current;
    if (!log) return;
    if (log !== this.#log) this.#show(log);
    if (this.#wasPast && !log.isPast && this.#wanted === null) this.#scroll.atEnd = false;
    this.#wasPast = log.isPast;
    this.#scroll.keep(() => this.#render(log));
    this.#scroll.goesOn(log.isPast || !this.#window.follows);
    this.#reveal(log);
    this.#settle(log);
  }

  /** One's own words are to be seen, wherever one was reading. */
  toEnd() {
    this.chat.current?.lookAtNewest();
    this.#wasPast = false;
    this.#window.reset();
    this.#scroll.atEnd = true;
    this.later();
  }

  /** @param {() => void} change of the place that the talk has */
  hold(change) {
    this.#scroll.keep(change);
  }

  /** Goes to the newest message by keyboard. */
  focusLast() {
    this.#focus.last();
  }

  /** @param {RoomLog} log */
  #show(log) {
    this.#log = log;
    this.#wasPast = log.isPast;
    this.#window.reset();
    this.#scroll.atEnd = true;
  }

  /** @param {RoomLog} log */
  #render(log) {
    if (this.#atNewest) log.trim();
    const items = log.shown;
    const { start, end } = this.#window.over(items, !this.#atNewest);
    const follows = this.#window.follows && !log.isPast;
    const line = this.chat.reading.line(log.name);
    const drawn = line !== null && (start === 0 ? !log.more || line >= (items[0]?.seq ?? 0) - 1 : line >= items[start].seq - 1);
    const rows = rowsOf(items.slice(start, end), follows ? this.chat.outbox.of(log.name) : [], this.chat.identity.you, drawn ? line : null);
    const epoch = `${log.name} ${log.epoch}`;
    if (epoch !== this.#epoch) this.#list.clear();
    this.#epoch = epoch;
    this.#list.show(rows, aroundOf(this.chat, log, null));
    const begun = log.epoch !== null && start === 0 && !log.more && rows.length > 0;
    this.#frame(begun ? text.beginning(log.name) : log.more ? text.loadingOlder : '', rows.length === 0);
  }

  /** Everything around the rows. @param {string} [top] @param {boolean} [empty] */
  #frame(top = '', empty = false) {
    const log = this.chat.current;
    const { unread } = log ? this.chat.fresh(log.name) : { unread: 0 };
    const below = log !== null && this.#log !== null && !this.#atNewest && (unread > 0 || this.#far);
    render(html`
      <div class="scroller" tabindex="0" role="region" aria-label=${text.messagesIn(log?.name ?? '')}>
        <p class="top">${top}</p>
        ${log ? this.#vacancy(log, empty) : nothing}
        ${this.#rows}
      </div>
      <button type="button" class="below ${unread > 0 ? 'unread' : ''}" ?hidden=${!below} @click=${() => this.toEnd()}>
        ${unread > 0 ? text.unread(unread) : text.latest}${icon('down')}
      </button>`, this);
  }

  /** After the rows stand: what follows from where the reader is. @param {RoomLog} log */
  #settle(log) {
    if (this.#atNewest && this.#inSight) this.chat.reading.read(log);
    const far = this.#scroll.heights.below > AHEAD || !this.#window.follows || log.isPast;
    const hidden = /** @type {HTMLElement|null} */ (this.querySelector('.below'))?.hidden;
    if (far !== this.#far || (hidden === false && this.#atNewest)) {
      this.#far = far;
      this.later();
    }
    this.#extend(log);
  }

  /** @param {RoomLog} log */
  #extend(log) {
    const { above, below } = this.#scroll.heights;
    if (above < AHEAD && this.#window.growUp(log.shown)) {
      this.later();
    } else if (above < AHEAD && log.more && log.state === 'joined') {
      void this.#fetch(() => this.chat.older());
    } else if (below < AHEAD && !this.#window.follows) {
      this.#window.growDown(log.shown);
      this.later();
    } else if (below < AHEAD && log.isPast && log.state === 'joined') {
      void this.#fetch(() => this.chat.rooms.newer(log));
    }
  }

  /** @param {() => Promise<void>} what */
  async #fetch(what) {
    if (this.#fetching) return;
    this.#fetching = true;
    try {
      await what();
    } catch {
      // Asked again as soon as the reader scrolls, or the connection is back.
    } finally {
      this.#fetching = false;
    }
  }

  #moved() {
    if (this.#log) this.#settle(this.#log);
  }

  /** @param {RoomLog} log */
  #heard(log) {
    const looks = this.#atNewest && this.#inSight;
    if (log === this.chat.current && !looks) this.chat.reading.missed(log);
  }

  /** @param {number|null} seq */
  #jump(seq) {
    if (seq === null) {
      this.chat.emit('told', text.noSuchMessage);
      return;
    }
    const log = /** @type {RoomLog} */ (this.chat.current);
    const index = log.shown.findIndex((item) => item.seq === seq);
    this.#wanted = seq;
    this.#scroll.atEnd = false;
    this.#window.around(log.shown, index);
    this.later();
  }

  /** @param {RoomLog} log */
  #reveal(log) {
    if (this.#wanted === null) return;
    const item = log.shown.find(({ seq }) => seq === this.#wanted);
    this.#wanted = null;
    const row = item && (this.#list.get(item.id) ?? this.#list.get(`k${item.message?.key}`));
    if (!row) return;
    this.#scroll.reveal(row);
    row.focus({ preventScroll: true });
    row.classList.remove('linked');
    requestAnimationFrame(() => row.classList.add('linked'));
  }

  /** Nobody has read what lies under something else, on a phone under a thread. */
  get #inSight() {
    return document.visibilityState === 'visible' && !this.closest('[inert]');
  }

  get #atNewest() {
    return this.#scroll?.atEnd && this.#window.follows && !this.chat.current?.isPast;
  }

  /** Who comes to an empty room learns how it fills. @param {string} room */
  #invitation(room) {
    const link = linkTo(room);
    return html`
      <div class="vacant">
        <h2>${text.emptyTitle}</h2>
        <p>${text.emptyHelp}</p>
        <p class="invite">${text.inviteHelp}</p>
        <p class="address"><bdi class="link-text">${link}</bdi>
          <button type="button" class="button" @click=${() => void copied(this.chat, link, text.linkCopied)}>${text.copyLink}</button></p>
        ${isOfThisMachine() ? html`<p class="caution">${text.onlyThisMachine}</p>` : nothing}
      </div>`;
  }

  /** @param {RoomLog} log @param {boolean} empty */
  #vacancy(log, empty) {
    if (log.state !== 'refused') return empty && log.epoch !== null ? this.#invitation(log.name) : nothing;
    const missing = log.refusal?.code === 'no_such_room';
    const create = () => this.chat.open(log.name).then((room) => this.chat.visit(room), (refusal) => log.refused(refusal));
    return html`
      <div class="vacant">
        <h2>${missing ? text.noSuchRoom(log.name) : text.cannotJoin}</h2>
        <p>${missing ? text.noSuchRoomHelp : reasonOf(log.refusal)}</p>
        <div class="buttons">
          ${missing ? html`<button type="button" class="button primary" @click=${create}>${text.createNamedRoom(log.name)}</button>` : nothing}
          <button type="button" class="button" @click=${() => go(LOBBY)}>${text.backToLobby}</button>
        </div>
      </div>`;
  }
}

customElements.define('parley-talk', ParleyTalk);
