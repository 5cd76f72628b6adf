// @ts-check
import { html, nothing } from 'lit-html';
import { Keep } from '../chat/keep.js';
import { Preferences } from '../chat/preferences.js';
import { copy } from '../components/clipboard.js';
import { Part } from '../components/part.js';
import { language, speak } from '../text/text.js';
import { Examination, QUESTIONS } from './examination.js';
import { IDLE_S } from './questions.js';
import { remedies } from './remedies.js';
import { words } from './words.js';

/** @typedef {import('./examination.js').Question} Question */

/** Signs for eyes; ears hear the words beside them. @type {Record<string, string>} */
const SIGNS = { good: '✓', bad: '✕', odd: '!', skipped: '–', running: '…' };

/** A page by itself: tests the connection, and says what to change for what does not work. */
export class ParleyDoctor extends Part {
  #base = new URL('.', document.baseURI);
  #examination = new Examination(this.#base);
  /** Whose lines were copied last. */
  #copied = '';

  build() {
    void this.#prefer();
    this.#begin();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#examination.end();
  }

  template() {
    const said = words();
    this.lang = language();
    document.title = `Parley: ${said.title}`;
    return html`
      <main>
        <p><a href="./">${said.back}</a></p>
        <h1>${said.title}</h1>
        <p class="lead">${said.lead}</p>
        <p class="verdict" role="status">${this.#verdict()}</p>
        <ol>${QUESTIONS.map((question) => this.#item(question))}</ol>
        <p><button type="button" class="button" ?disabled=${!this.#examination.done} @click=${() => this.#begin()}>${said.again}</button></p>
        ${this.#examination.bad.length === 0 ? nothing : this.#remedies()}
      </main>`;
  }

  /** In the language and the colours that somebody chose for the chat. */
  async #prefer() {
    const keep = await Keep.open(this.#base.pathname);
    const { theme, language: wanted } = new Preferences(keep).all;
    keep.close();
    this.dataset.theme = theme;
    speak(wanted);
    this.update();
  }

  #begin() {
    this.#examination.end();
    const examination = new Examination(this.#base);
    this.#examination = examination;
    examination.on('change', () => examination === this.#examination && this.later());
    void examination.run();
    this.later();
  }

  #verdict() {
    const { way, refused } = this.#examination;
    if (way === undefined) return words().running;
    return words().verdicts[way ?? (refused ? 'refused' : 'none')];
  }

  /** @param {Question} question */
  #item(question) {
    const { findings, seconds } = this.#examination;
    const said = words();
    const finding = findings.get(question);
    const state = finding?.state ?? 'running';
    const detail = finding ? said.found[finding.what](finding.value ?? 0) : question === 'idle' && seconds > 0 ? said.lives(seconds, IDLE_S) : '';
    return html`
      <li class=${state} data-question=${question}>
        <span class="sign" aria-hidden="true">${SIGNS[state]}</span>
        <span class="what"><b>${said.questions[question]}</b>${detail ? html` <span class="detail">${detail}${finding?.words ? html` <bdi>${finding.words}</bdi>` : nothing}</span>` : nothing}</span>
        <span class="unseen">(${said.states[state]})</span>
      </li>`;
  }

  #remedies() {
    const said = words();
    return html`
      <section aria-labelledby="change">
        <h2 id="change">${said.change}</h2>
        <ul class="because">${this.#examination.bad.map((question) => html`<li>${said.because[question]}</li>`)}</ul>
        <p>${said.changeHelp}</p>
        ${remedies(this.#base).map(({ name, lines }) => html`
          <h3>${name}</h3>
          <div class="lines">
            <pre dir="ltr" tabindex="0" role="region" aria-label=${name}>${lines}</pre>
            <button type="button" class="button" aria-label="${said.copy}: ${name}" @click=${() => this.#copy(name, lines)}>${this.#copied === name ? said.copied : said.copy}</button>
          </div>`)}
      </section>`;
  }

  /** @param {string} name @param {string} lines */
  async #copy(name, lines) {
    await copy(lines);
    this.#copied = name;
    this.later();
  }
}

customElements.define('parley-doctor', ParleyDoctor);
