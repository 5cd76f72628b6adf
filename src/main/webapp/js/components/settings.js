// @ts-check
import { html, render } from 'lit-html';
import { permission } from '../attention/permission.js';
import { LANGUAGES, text } from '../text/text.js';
import { popUp } from './pop-up.js';

/** @typedef {import('../chat/preferences.js').Preferences} Preferences */

/** How somebody wants the page to be; each choice shows at once. @param {HTMLElement} anchor @param {Preferences} preferences */
export function settings(anchor, preferences) {
  const box = document.createElement('div');
  box.className = 'settings-box';
  const show = () => render(template(preferences), box);
  const end = preferences.on('change', () => (box.isConnected ? queueMicrotask(show) : end()));
  show();
  popUp(anchor, text.settings, () => box);
}

/** @param {Preferences} preferences */
function template(preferences) {
  const { theme, language, notify, sound, quiet } = preferences.all;
  const choose = (/** @type {string} */ name) => (/** @type {Event} */ event) =>
    preferences.set({ [name]: /** @type {HTMLSelectElement} */ (event.target).value });
  const toggle = (/** @type {string} */ name) => (/** @type {Event} */ event) =>
    void switched(preferences, name, /** @type {HTMLInputElement} */ (event.target).checked);
  return html`
    <h2>${text.settings}</h2>
    <label>${text.language}
      <select @change=${choose('language')}>
        <option value="" ?selected=${language === ''}>${text.automatic}</option>
        ${Object.entries(LANGUAGES).map(([code, { self }]) => html`<option value=${code} lang=${code} ?selected=${language === code}>${self}</option>`)}
      </select>
    </label>
    <label>${text.theme}
      <select @change=${choose('theme')}>
        ${Object.entries(text.themes).map(([code, name]) => html`<option value=${code} ?selected=${theme === code}>${name}</option>`)}
      </select>
    </label>
    <label class="switch"><input type="checkbox" .checked=${notify} @change=${toggle('notify')}> ${text.notify}</label>
    <label class="switch"><input type="checkbox" .checked=${sound} @change=${toggle('sound')}> ${text.sound}</label>
    <label class="switch"><input type="checkbox" .checked=${quiet} @change=${toggle('quiet')}> ${text.quiet}</label>
    <p class="help">${text.settingsHelp}</p>
    <p class="help"><a href="doctor.html" target="_blank">${text.testConnection}</a></p>`;
}

/** The browser is asked only when somebody wants it: a question out of nothing is refused. @param {Preferences} preferences @param {string} name @param {boolean} on */
async function switched(preferences, name, on) {
  const allowed = name !== 'notify' || !on || (await permission()) === 'granted';
  preferences.set({ [name]: on && allowed });
}
