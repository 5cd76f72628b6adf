// @ts-check
import { reasonOf, text } from '../text/text.js';
import { go } from './address.js';
import { icon, make } from './dom.js';
import { Part } from './part.js';

/** The counter appears when so many characters are left. */
const CLOSE_TO_LIMIT = 200;

/** Where one writes. What was typed is kept per room, across reloads, until it is sent. Emits `said`. */
export class ParleyComposer extends Part {
  /** @type {HTMLTextAreaElement} */
  #box;
  /** @type {HTMLOutputElement} */
  #counter;
  /** @type {HTMLButtonElement} */
  #send;
  /** @type {string|null} */
  #room = null;

  build() {
    this.#box = make('textarea', {
      rows: '1', enterkeyhint: 'send', autocomplete: 'off', 'aria-describedby': 'characters-left',
      on: {
        input: () => this.#typed(),
        keydown: (/** @type {KeyboardEvent} */ event) => this.#pressed(event),
      },
    });
    this.#counter = make('output', { class: 'counter', id: 'characters-left' });
    this.#send = make('button', { type: 'submit', class: 'send', 'aria-label': text.send, title: text.send }, icon('send'));
    const form = make('form', {}, this.#box, this.#counter, this.#send);
    form.addEventListener('submit', (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      this.#submit();
    });
    this.append(form);
    this.watch(this.chat, 'room');
    this.watch(this.chat.rooms, 'change', (log) => log === this.chat.current && this.later());
    this.watch(this.chat.connection, 'ready');
  }

  update() {
    const log = this.chat.current;
    if (!log) return;
    if (log.name !== this.#room) {
      this.#room = log.name;
      this.#box.value = this.chat.keep.get(`draft:${log.name}`) ?? '';
    }
    const where = text.writeTo(log.name);
    this.#box.placeholder = where;
    this.#box.setAttribute('aria-label', where);
    this.#box.disabled = log.state === 'refused';
    this.#measure();
  }

  focus() {
    this.#box.focus();
  }

  /** A text that its author wants back in the box, above what is there. @param {string} words */
  insert(words) {
    this.#box.value = [words, this.#box.value].filter((part) => part !== '').join('\n');
    this.#typed();
    this.focus();
  }

  #typed() {
    if (this.#room !== null) {
      const name = `draft:${this.#room}`;
      if (this.#box.value === '') this.chat.keep.remove(name);
      else this.chat.keep.put(name, this.#box.value);
    }
    this.#measure();
  }

  #measure() {
    const { value } = this.#box;
    const left = this.chat.textLength - value.length;
    this.#counter.value = left <= CLOSE_TO_LIMIT ? text.charactersLeft(left) : '';
    this.#counter.classList.toggle('over', left < 0);
    this.#send.disabled = value.trim() === '' || left < 0 || this.#box.disabled;
    this.#box.style.height = 'auto';
    this.#box.style.height = `${this.#box.scrollHeight}px`;
  }

  /** An Enter that chooses a word from an input method is not one that sends. @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    if (this.#send.disabled) return;
    const said = this.chat.say(this.#box.value);
    this.#box.value = '';
    this.#typed();
    this.focus();
    this.dispatchEvent(new CustomEvent('said', { bubbles: true }));
    void this.#obey(said);
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
      }
    } catch (refusal) {
      this.#tell(reasonOf(refusal));
    }
  }

  /** @param {string[]} lines */
  #tell(...lines) {
    this.chat.current?.notice(lines.join('\n'));
  }
}

customElements.define('parley-composer', ParleyComposer);
