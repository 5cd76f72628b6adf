// @ts-check
import { html, nothing } from 'lit-html';
import { completion } from '../chat/completion.js';
import { Drafts } from '../chat/draft.js';
import { reasonOf, text } from '../text/text.js';
import { go } from './address.js';
import { avatarOf } from './avatar.js';
import { pickEmoji } from './emoji.js';
import { icon, iconButton } from './icons.js';
import { Part } from './part.js';

/** The counter appears when so many characters are left. */
const CLOSE_TO_LIMIT = 200;

/** Where one writes. What was typed is kept per room and thread, across reloads, until it is sent. Emits `said`. */
export class ParleyComposer extends Part {
  /** The message below which it is said, if any. @type {import('../log/thread.js').Thread|null} */
  thread = null;

  /** @type {Drafts} */
  #drafts;
  /** @type {import('../chat/draft.js').Draft} */
  #draft = { text: '' };
  /** @type {string|null} */
  #room = null;
  /** Where the draft is kept: a room's name, and the thread's number where it is in one. */
  #place = '';
  /** @type {import('../chat/completion.js').completion extends (...args: any) => infer R ? R : never} */
  #offer = null;
  #chosen = 0;

  build() {
    this.#drafts = new Drafts(this.chat.keep);
    this.watch(this.chat, 'room');
    this.watch(this.chat.rooms, 'change', (log) => log === this.chat.current && this.later());
    this.watch(this.chat.connection, 'ready');
    this.watch(this.chat.keep, 'change', (name) => name === `draft:${this.#place}` && this.#changedElsewhere());
    this.hear(this, 'keydown', (event) => event.key === 'Escape' && this.#escape(event));
  }

  template() {
    const log = this.chat.current;
    // Where there is no room there is nothing to be said.
    this.hidden = log?.state === 'refused';
    if (!log) return nothing;
    const where = this.thread ? text.writeInThread : text.writeTo(log.name);
    const id = this.thread ? 'thread' : 'room';
    const left = this.chat.textLength - this.#draft.text.length;
    const { edit } = this.#draft;
    return html`
      ${this.#offer ? this.#offered(`${id}-completion`) : nothing}
      ${this.#banner()}
      <form @submit=${this.#submitted}>
        ${iconButton(text.insertEmoji, 'smile', (event) => pickEmoji(/** @type {HTMLElement} */ (event.currentTarget), (emoji) => this.#type(emoji)), 'emoji')}
        <textarea rows="1" enterkeyhint="send" autocomplete="off" dir="auto" placeholder=${where} aria-label=${where}
          aria-describedby="${id}-characters-left" aria-autocomplete="list" aria-controls=${this.#offer ? `${id}-completion` : nothing}
          aria-activedescendant=${this.#offer ? `${id}-completion-${this.#chosen}` : nothing}
          ?disabled=${log.state === 'refused'} @input=${this.#typed} @keydown=${this.#pressed} @blur=${this.#left}></textarea>
        <output class="counter ${left < 0 ? 'over' : ''}" id="${id}-characters-left">${left <= CLOSE_TO_LIMIT ? text.charactersLeft(left) : ''}</output>
        <button type="submit" class="send" aria-label=${edit ? text.save : text.send} title=${edit ? text.save : text.send} ?disabled=${!this.#sendable}>${icon(edit ? 'check' : 'send')}</button>
      </form>`;
  }

  update() {
    const log = this.chat.current;
    const place = log && (this.thread ? `${log.name}/${this.thread.seq}` : log.name);
    const arrived = log !== null && place !== null && place !== this.#place;
    if (arrived) {
      if (this.#room !== null && this.#room !== log.name) this.chat.typing.stopped(this.#room, false);
      this.#room = log.name;
      this.#place = place;
      this.#draft = this.#drafts.of(place);
      this.#offer = null;
    }
    super.update();
    if (arrived) this.#box.value = this.#draft.text;
    if (log) this.#fit();
  }

  focus() {
    this.#box?.focus();
  }

  /** Takes up what somebody wants to do with a message. @param {{what: string, message: import('../connection/types.js').Message, text: string}} wish */
  take({ what, message, text: words }) {
    if (what === 'insert') this.#put({ ...this.#draft, text: [words, this.#draft.text].filter((part) => part !== '').join('\n') });
    else if (what === 'edit') this.#put(this.#drafts.editing(this.#draft, message));
    else this.#put(this.#drafts.answering(this.#draft, message));
    this.focus();
  }

  #banner() {
    const { replyTo, edit } = this.#draft;
    if (!replyTo && !edit) return nothing;
    const words = edit ? html`<b>${text.editing}</b> <span dir="auto">${edit.text.slice(0, 200)}</span>`
      : html`<b>${text.replyingTo(replyTo?.name ?? '')}</b> <span dir="auto">${replyTo?.text}</span>`;
    return html`<div class="banner"><p>${words}</p>${iconButton(text.giveUp, 'close', () => this.#giveUp())}</div>`;
  }

  /** @param {string} id */
  #offered(id) {
    return html`
      <ul class="completion" id=${id} role="listbox" aria-label=${text.mentionWhom}>
        ${this.#offer?.users.map((user, i) => html`
          <li role="option" id="${id}-${i}" aria-selected=${String(i === this.#chosen)}
            @pointerdown=${(/** @type {Event} */ event) => event.preventDefault()} @click=${() => this.#complete(i)}>${avatarOf(user)}<bdi>${user.name}</bdi></li>`)}
      </ul>`;
  }

  get #box() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea'));
  }

  get #sendable() {
    return this.#draft.text.trim() !== '' && this.#draft.text.length <= this.chat.textLength && this.chat.current?.state !== 'refused';
  }

  #typed = () => {
    this.#draft = { ...this.#draft, text: this.#box.value };
    this.#store();
    const { current, identity, typing } = this.chat;
    if (current && this.#draft.text.trim() !== '') typing.typed(current.name);
    else if (current) typing.stopped(current.name, false);
    this.#offer = current && completion(this.#box.value.slice(0, this.#box.selectionEnd), current, identity.you?.id);
    this.#chosen = 0;
    this.update();
  };

  #left = () => {
    this.#offer = null;
    this.later();
  };

  /** Another tab wrote in the same room: whoever writes here goes on. */
  #changedElsewhere() {
    if (this.#place === '' || document.activeElement === this.#box) return;
    this.#draft = this.#drafts.of(this.#place);
    this.#box.value = this.#draft.text;
    this.later();
  }

  /** @param {import('../chat/draft.js').Draft} draft */
  #put(draft) {
    this.#draft = draft;
    this.#store();
    this.#box.value = draft.text;
    this.update();
  }

  #store() {
    if (this.#place !== '') this.#drafts.put(this.#place, this.#draft);
  }

  #giveUp() {
    this.#put(this.#drafts.given(this.#draft));
    this.focus();
  }

  /** @param {string} words */
  #type(words) {
    this.#box.setRangeText(words, this.#box.selectionStart, this.#box.selectionEnd, 'end');
    this.#typed();
    this.focus();
  }

  /** @param {number} index */
  #complete(index) {
    const offer = this.#offer;
    if (!offer) return;
    const end = this.#box.selectionEnd;
    this.#box.setRangeText(`${offer.users[index].name} `, end - offer.begun.length, end, 'end');
    this.#typed();
    this.#offer = null;
    this.update();
  }

  #fit() {
    const box = this.#box;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
  }

  /** An Enter that chooses a word from an input method is not one that sends. */
  #pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (this.#offer && this.#walks(event)) return;
    if (event.key === 'ArrowUp' && this.#draft.text === '' && !event.shiftKey) this.#editLast(event);
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void this.#submit();
  };

  /** @param {KeyboardEvent} event @returns {boolean} whether it was for the names that are offered */
  #walks(event) {
    const count = this.#offer?.users.length ?? 0;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#chosen = (this.#chosen + step + count) % count;
    else if (event.key === 'Enter' || event.key === 'Tab') this.#complete(this.#chosen);
    else return false;
    event.preventDefault();
    this.update();
    return true;
  }

  /** @param {KeyboardEvent} event */
  #escape(event) {
    if (this.#offer) this.#offer = null;
    else if (this.#draft.edit || this.#draft.replyTo) this.#giveUp();
    else return;
    event.stopPropagation();
    this.update();
  }

  /** The last thing that one said is changed most often. @param {KeyboardEvent} event */
  #editLast(event) {
    const me = this.chat.identity.you?.id;
    const last = (this.thread ?? this.chat.current)?.items.findLast(({ message }) => message?.from.id === me && message?.text !== undefined)?.message;
    if (!last) return;
    event.preventDefault();
    this.take({ what: 'edit', message: last, text: '' });
  }

  #submitted = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    void this.#submit();
  };

  async #submit() {
    if (!this.#sendable || !this.chat.current) return;
    if (this.#draft.edit) {
      await this.#saveEdit(this.chat.current.name, this.#draft.edit, this.#draft.text.trimEnd());
      return;
    }
    const said = this.chat.say(this.#draft.text, { replyTo: this.#draft.replyTo?.seq, thread: this.thread?.seq });
    this.chat.typing.stopped(this.chat.current.name, said.kind === 'text');
    this.#put({ text: '' });
    this.focus();
    this.tell('said');
    void this.#obey(said);
  }

  /** What was changed stays in the box until the server has it. @param {string} room @param {{seq: number, text: string}} edit @param {string} words */
  async #saveEdit(room, { seq, text: before }, words) {
    const place = this.#place;
    try {
      if (words !== before) await this.chat.acts.edit(room, seq, words);
      this.chat.typing.stopped(room, false);
      if (this.#place === place && this.#draft.edit?.seq === seq) this.#giveUp();
      else this.#drafts.put(place, this.#drafts.given(this.#drafts.of(place)));
    } catch (refusal) {
      this.chat.emit('told', reasonOf(refusal));
    }
  }

  /** @param {import('../chat/commands.js').Typed} said */
  async #obey(said) {
    try {
      if (said.kind === 'help') {
        this.#tell(...text.help);
      } else if (said.kind === 'unknown') {
        this.#tell(text.unknownCommand(said.word));
      } else if (said.kind === 'nick') {
        await this.chat.rename(said.name);
        this.#tell(text.nowCalled(this.chat.identity.you?.name ?? said.name));
      } else if (said.kind === 'join') {
        go(await this.chat.open(said.room.replace(/^#/, '')));
      } else if (said.kind === 'topic' && this.chat.current) {
        await this.chat.acts.entitle(this.chat.current.name, said.topic);
      }
    } catch (refusal) {
      this.#tell(reasonOf(refusal));
    }
  }

  /** @param {string[]} lines */
  #tell(...lines) {
    if (this.thread) this.chat.emit('told', lines.join('\n'));
    else this.chat.current?.notice(lines.join('\n'));
  }
}

customElements.define('parley-composer', ParleyComposer);
