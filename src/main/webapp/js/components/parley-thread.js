// @ts-check
import { html, nothing, render } from 'lit-html';
import { threadRowsOf } from '../log/rows.js';
import { Window } from '../log/window.js';
import { reasonOf, text } from '../text/text.js';
import { addressOf, go, linkToThread } from './address.js';
import { aroundOf } from './around.js';
import { copied } from './clipboard.js';
import { iconButton } from './icons.js';
import { THREE_BESIDE } from './media.js';
import { MessageActs } from './message-acts.js';
import './parley-composer.js';
import './parley-status.js';
import './parley-typing.js';
import { Part } from './part.js';
import { RowFocus } from './row-focus.js';
import { RowList } from './row-list.js';
import { ScrollKeeper } from './scroll-keeper.js';

/** Older answers are fetched this many heights before the reader comes to where they are missing. */
const AHEAD = 1;

/** A message with everything that was said below it, and where one says more. */
export class ParleyThread extends Part {
  /** @type {HTMLElement} */
  #rows;
  /** @type {RowList} */
  #list;
  /** @type {ScrollKeeper} */
  #scroll;
  #window = new Window();
  #fetching = false;
  /** @type {import('../log/thread.js').Thread|null} */
  #thread = null;

  build() {
    this.#rows = document.createElement('div');
    this.#rows.className = 'rows';
    this.#list = new RowList(this.#rows);
    this.#frame();
    const scroller = /** @type {HTMLElement} */ (this.querySelector('.scroller'));
    this.#scroll = new ScrollKeeper(scroller, this.#rows, () => this.#extend());
    new RowFocus(scroller, this.#rows);
    const acts = new MessageActs(this, this.chat, { jump: async (seq) => this.#jump(seq), threads: false });
    this.watch(this.chat.threads, 'change');
    this.watch(this.chat.quotes, 'change');
    this.watch(this.chat.identity, 'change');
    this.watch(this.chat.rooms, 'change', (log) => log === this.chat.current && this.later());
    this.watch(this.chat.outbox, 'change', (room) => room === this.chat.current?.name && this.later());
    this.hear(THREE_BESIDE, 'change', () => this.later());
    this.hear(this, 'fold', () => this.#scroll.hold());
    this.hear(this, 'wish', ({ detail }) => acts.fulfil(detail));
    this.hear(this, 'long', ({ detail }) => acts.offer(detail));
    this.hear(this, 'compose', (event) => this.#compose(event));
    this.hear(this, 'said', (event) => this.#said(event));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#scroll.stop();
  }

  update() {
    const thread = this.chat.threads.current;
    if (!thread) return;
    const other = thread !== this.#thread;
    if (other) this.#show(thread);
    this.#frame();
    this.#scroll.keep(() => this.#render(thread));
    if (other) this.#composer?.update();
    this.#extend();
  }

  /** To where one writes. */
  focus() {
    this.#composer?.focus();
  }

  /** @param {import('../log/thread.js').Thread} thread */
  #show(thread) {
    this.#thread = thread;
    this.#list.clear();
    this.#window.reset();
    this.#scroll.atEnd = true;
  }

  /** @param {import('../log/thread.js').Thread} thread */
  #render(thread) {
    const { root, log, items, seq } = thread;
    if (!root) return;
    const { start, end } = this.#window.over(items, !this.#scroll.atEnd);
    const unsent = this.#window.follows ? this.chat.outbox.of(log.name).filter((one) => one.thread === seq) : [];
    this.#list.show(threadRowsOf(root, items.slice(start, end), unsent, this.chat.identity.you), aroundOf(this.chat, log, seq));
  }

  #frame() {
    const thread = this.chat.threads.current;
    const room = thread?.log.name ?? '';
    const close = () => go(room);
    render(html`
      <header>
        ${iconButton(text.closeThread, 'back', close, 'back')}
        <h2 aria-level=${THREE_BESIDE.matches ? nothing : '1'}>${text.thread} <a class="in" href=${addressOf(room)}>#<bdi>${room}</bdi></a></h2>
        ${iconButton(text.copyLink, 'link', () => void copied(this.chat, linkToThread(room, thread?.seq ?? 0), text.linkCopied), 'copy')}
        ${iconButton(text.closeThread, 'close', close, 'shut')}
      </header>
      <parley-status .chat=${this.chat}></parley-status>
      <div class="scroller" tabindex="0" role="region" aria-label=${text.messagesInThread}>
        ${this.#rows}
        <p class="hint">${this.#hint(thread)}</p>
      </div>
      <parley-typing .chat=${this.chat}></parley-typing>
      ${thread?.refusal ? nothing : html`<parley-composer .chat=${this.chat} .thread=${thread}></parley-composer>`}`, this);
  }

  /** @param {import('../log/thread.js').Thread|null} thread */
  #hint(thread) {
    if (!thread) return '';
    if (thread.refusal) return thread.refusal.code === 'no_such_message' ? text.noSuchMessage : reasonOf(thread.refusal);
    if (!thread.root) return text.loadingThread;
    const unsent = this.chat.outbox.of(thread.log.name).some((one) => one.thread === thread.seq);
    return thread.items.length === 0 && !unsent ? text.emptyThread : '';
  }

  #extend() {
    const thread = this.#thread;
    if (!thread?.root) return;
    const { above, below } = this.#scroll.heights;
    if (above < AHEAD && this.#window.growUp(thread.items)) {
      this.later();
    } else if (above < AHEAD && thread.more && thread.log.state === 'joined') {
      void this.#fetch();
    } else if (below < AHEAD && !this.#window.follows) {
      this.#window.growDown(thread.items);
      this.later();
    }
  }

  async #fetch() {
    if (this.#fetching) return;
    this.#fetching = true;
    try {
      await this.chat.threads.older();
    } catch {
      // Asked again as soon as the reader scrolls, or the thread is read anew.
    } finally {
      this.#fetching = false;
    }
  }

  /** To a message that another one here quotes; one outside of the thread is shown in the room. @param {number} seq */
  #jump(seq) {
    const item = [this.#thread?.root, ...(this.#thread?.items ?? [])].find((one) => one?.seq === seq);
    const row = item && (this.#list.get(item.id) ?? this.#list.get(`k${item.message?.key}`));
    if (!row) {
      location.hash = addressOf(this.#thread?.log.name ?? '', seq);
      return;
    }
    this.#scroll.reveal(row);
    row.focus({ preventScroll: true });
    row.classList.remove('linked');
    requestAnimationFrame(() => row.classList.add('linked'));
  }

  /** What is to be done with a message here is done here. @param {CustomEvent} event */
  #compose(event) {
    event.stopPropagation();
    this.#composer.take(event.detail);
  }

  /** One's own words are to be seen; where one is in the room stays. @param {CustomEvent} event */
  #said(event) {
    event.stopPropagation();
    this.#window.reset();
    this.#scroll.atEnd = true;
    this.later();
  }

  /** @returns {import('./parley-composer.js').ParleyComposer} */
  get #composer() {
    return /** @type {any} */ (this.querySelector('parley-composer'));
  }
}

customElements.define('parley-thread', ParleyThread);
