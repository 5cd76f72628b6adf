// @ts-check
import { html, nothing } from 'lit-html';
import { reasonOf, text } from '../text/text.js';
import { Part } from './part.js';

/** A shorter outage is nobody's business. */
const QUIET_MS = 2_000;
const TICK_MS = 1_000;

/** One quiet line while there is no connection. */
export class ParleyStatus extends Part {
  /** @type {any} */
  #tick;

  build() {
    this.setAttribute('role', 'status');
    this.hidden = true;
    this.watch(this.chat.connection, 'state');
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
    const lasted = since === null ? 0 : Date.now() - since;
    const stopped = phase === 'stopped';
    this.hidden = !stopped && (since === null || lasted < QUIET_MS);
    if (since !== null && !stopped) {
      this.#tick = setTimeout(() => this.later(), lasted < QUIET_MS ? QUIET_MS - lasted : TICK_MS);
    }
    return this.hidden ? nothing : this.#words(stopped);
  }

  /** @param {boolean} stopped */
  #words(stopped) {
    const { phase, nextAt, reason } = this.chat.connection;
    const seconds = Math.max(0, Math.ceil((nextAt - Date.now()) / 1_000));
    this.classList.toggle('stopped', stopped);
    const words = stopped ? (reason ? reasonOf({ message: reason }) : text.stopped) : this.#waiting(phase, seconds);
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
