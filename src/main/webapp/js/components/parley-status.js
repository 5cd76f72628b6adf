// @ts-check
import { html, nothing } from 'lit-html';
import { reasonOf, text } from '../text/text.js';
import { iconButton } from './icons.js';
import { Part } from './part.js';

/** A shorter outage is nobody's business. */
const QUIET_MS = 2_000;
const TICK_MS = 1_000;

/** A worse way that is left sooner is nobody's business either. */
const SETTLED_MS = 6_000;

/** One quiet line while there is no connection, or one that goes a worse way than it might. */
export class ParleyStatus extends Part {
  /** @type {any} */
  #tick;
  /** The worse way that somebody knows of now. @type {import('../connection/types.js').Way|null} */
  #known = null;
  #openAt = 0;

  build() {
    this.setAttribute('role', 'status');
    this.hidden = true;
    this.watch(this.chat.connection, 'state');
    this.watch(this.chat.connection, 'ready', () => this.#opened());
    this.hear(window, 'online', () => this.later());
    this.hear(window, 'offline', () => this.later());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#tick);
  }

  template() {
    const { phase, since } = this.chat.connection;
    clearTimeout(this.#tick);
    const stopped = phase === 'stopped';
    this.classList.toggle('stopped', stopped);
    this.classList.toggle('way', phase === 'open');
    if (phase === 'open') return this.#way();
    const lasted = since === null ? 0 : Date.now() - since;
    this.hidden = !stopped && (since === null || lasted < QUIET_MS);
    if (since !== null && !stopped) {
      this.#tick = setTimeout(() => this.later(), lasted < QUIET_MS ? QUIET_MS - lasted : TICK_MS);
    }
    return this.hidden ? nothing : this.#words(stopped);
  }

  #opened() {
    if (this.chat.connection.way?.name === 'websocket') this.#known = null;
    this.#openAt = Date.now();
    this.later();
  }

  /** Which way it goes, once it is clear that it stays so. */
  #way() {
    const { way } = this.chat.connection;
    const settles = this.#openAt + SETTLED_MS - Date.now();
    this.hidden = !way || way.name === 'websocket' || way === this.#known || settles > 0;
    if (way && way.name !== 'websocket' && settles > 0) this.#tick = setTimeout(() => this.later(), settles);
    if (this.hidden || !way) return nothing;
    const know = () => {
      this.#known = way;
      this.later();
    };
    const words = this.chat.connection.best ? text.byWayAsked : text.byWay;
    return html`<span>${words[way.name]}</span>
      <a class="link" href="doctor.html" target="_blank">${text.findOutWhy}</a>
      ${iconButton(text.hide, 'close', know, 'hide')}`;
  }

  /** @param {boolean} stopped */
  #words(stopped) {
    const { phase, nextAt, reason, code } = this.chat.connection;
    const seconds = Math.max(0, Math.ceil((nextAt - Date.now()) / 1_000));
    const words = stopped ? (text.ends[code] ?? (reason ? reasonOf({ message: reason }) : text.stopped)) : this.#waiting(phase, seconds);
    const idle = phase === 'connecting' || (!stopped && (!navigator.onLine || seconds < 3));
    return html`<span>${words}</span>${idle ? nothing : html`
      <button type="button" class="link" @click=${() => this.chat.connection.tryNow()}>${stopped ? text.connectAgain : text.tryNow}</button>`}`;
  }

  /** @param {string} phase @param {number} seconds */
  #waiting(phase, seconds) {
    if (!navigator.onLine) return text.offline;
    return phase === 'connecting' && !this.chat.identity.you ? text.connecting : text.lost(phase === 'connecting' ? 0 : seconds);
  }
}

customElements.define('parley-status', ParleyStatus);
