// @ts-check
import { reasonOf, text } from '../text/text.js';
import { make } from './dom.js';

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {string} label
 * @property {string} help
 * @property {string} [value]
 * @property {string} [example]
 * @property {string} submit what the button says
 * @property {(value: string) => Promise<void>} act rejected with a Refusal, which is shown in place
 */

/** Asks for one line of text; stays open until what was to be done with it is done. */
export class ParleyAsk extends HTMLElement {
  /** @type {HTMLDialogElement} */
  #dialog;
  /** @type {HTMLInputElement} */
  #input;
  /** @type {HTMLElement} */
  #error;
  /** @type {HTMLButtonElement} */
  #submit;

  /** @param {Question} question */
  ask(question) {
    const { title, label, help, value = '', example = '', submit } = question;
    this.#input = make('input', {
      id: 'ask-input', name: 'answer', value, placeholder: example, required: true, maxlength: 64,
      autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', enterkeyhint: 'done',
      'aria-describedby': 'ask-help ask-error', on: { input: () => this.#complain('') },
    });
    this.#error = make('p', { id: 'ask-error', class: 'error', role: 'alert' });
    this.#submit = make('button', { type: 'submit', class: 'button primary', text: submit });
    const cancel = make('button', { type: 'button', class: 'button', text: text.cancel, on: { click: () => this.#dialog.close() } });
    const form = make('form', { method: 'dialog' },
      make('h2', { id: 'ask-title', text: title }),
      make('label', { for: 'ask-input', text: label }),
      this.#input,
      make('p', { id: 'ask-help', class: 'help', text: help }),
      this.#error,
      make('div', { class: 'buttons' }, cancel, this.#submit));
    form.addEventListener('submit', (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      void this.#act(question);
    });
    this.#dialog = make('dialog', { 'aria-labelledby': 'ask-title', on: { close: () => this.remove() } }, form);
    this.replaceChildren(this.#dialog);
    this.#dialog.showModal();
    this.#input.select();
  }

  /** @param {Question} question */
  async #act({ act }) {
    this.#submit.disabled = true;
    try {
      await act(this.#input.value);
      this.#dialog.close();
    } catch (refusal) {
      this.#complain(reasonOf(refusal));
      this.#input.focus();
    } finally {
      this.#submit.disabled = false;
    }
  }

  /** @param {string} reason */
  #complain(reason) {
    this.#error.textContent = reason;
    this.#input.setAttribute('aria-invalid', String(reason !== ''));
  }
}

/** @param {Element} near what is asked about: the question lives beside it @param {Question} question */
export function ask(near, question) {
  const element = /** @type {ParleyAsk} */ (document.createElement('parley-ask'));
  (near.closest('parley-chat') ?? document.body).append(element);
  element.ask(question);
}

/** @param {Element} near @param {import('../chat/chat.js').Chat} chat */
export function askName(near, chat) {
  ask(near, {
    title: text.chooseName,
    label: text.nameLabel,
    help: text.nameHelp,
    value: chat.identity.you?.name ?? '',
    submit: text.useName,
    act: (name) => chat.rename(name),
  });
}

/** @param {Element} near @param {import('../chat/chat.js').Chat} chat @param {(room: string) => void} go */
export function askRoom(near, chat, go) {
  ask(near, {
    title: text.newRoom,
    label: text.roomName,
    help: text.newRoomHelp,
    example: text.roomNameExample,
    submit: text.createRoom,
    act: async (name) => go(await chat.open(name.trim().replace(/^#/, '').replace(/\s+/g, '-'))),
  });
}

customElements.define('parley-ask', ParleyAsk);
