// @ts-check
import { html, nothing, render } from 'lit-html';
import { reasonOf, text } from '../text/text.js';

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {string} [label] of a line to fill in; without it there is only yes or no
 * @property {string} help
 * @property {string} [value]
 * @property {string} [example]
 * @property {number} [most] characters
 * @property {boolean} [optional] whether nothing is an answer
 * @property {boolean} [grave] what is done cannot be undone
 * @property {string} submit what the button says
 * @property {(value: string) => Promise<unknown>} act rejected with a Refusal, which is shown in place
 */

/** Asks for one line of text, or for a yes; stays open until what was to be done with it is done. */
export class ParleyAsk extends HTMLElement {
  /** @type {Question} */
  // @ts-ignore set by ask
  #question;
  #error = '';
  #busy = false;

  /** @param {Question} question */
  ask(question) {
    this.#question = question;
    this.#show();
    this.#dialog.showModal();
    this.#input?.select();
  }

  #show() {
    const { title, help, submit, grave } = this.#question;
    render(html`
      <dialog aria-labelledby="ask-title" @close=${() => this.remove()}>
        <form method="dialog" @submit=${this.#submit}>
          <h2 id="ask-title">${title}</h2>
          ${this.#line()}
          <p id="ask-help" class="help">${help}</p>
          <p id="ask-error" class="error" role="alert">${this.#error}</p>
          <div class="buttons">
            <button type="button" class="button" @click=${() => this.#dialog.close()}>${text.cancel}</button>
            <button type="submit" class="button ${grave ? 'grave' : 'primary'}" ?disabled=${this.#busy}>${submit}</button>
          </div>
        </form>
      </dialog>`, this);
  }

  #line() {
    const { label, value = '', example = '', most = 64, optional = false } = this.#question;
    return label === undefined ? nothing : html`
      <label for="ask-input">${label}</label>
      <input id="ask-input" name="answer" value=${value} placeholder=${example} ?required=${!optional} maxlength=${most}
        autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="done" dir="auto"
        aria-describedby="ask-help ask-error" aria-invalid=${String(this.#error !== '')} @input=${() => this.#complain('')}>`;
  }

  #submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    this.#busy = true;
    this.#show();
    try {
      await this.#question.act(this.#input?.value ?? '');
      this.#dialog.close();
    } catch (refusal) {
      this.#complain(reasonOf(refusal));
      this.#input?.focus();
    } finally {
      this.#busy = false;
      this.#show();
    }
  };

  /** @param {string} reason */
  #complain(reason) {
    this.#error = reason;
    this.#show();
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector('dialog'));
  }

  get #input() {
    return this.querySelector('input');
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

/** @param {Element} near @param {import('../chat/chat.js').Chat} chat @param {import('../log/room-log.js').RoomLog} log */
export function askTopic(near, chat, log) {
  ask(near, {
    title: text.setTopic(log.name),
    label: text.topicLabel,
    help: text.topicHelp,
    value: log.topic,
    most: 250,
    optional: true,
    submit: text.save,
    act: (topic) => chat.acts.entitle(log.name, topic),
  });
}

customElements.define('parley-ask', ParleyAsk);
