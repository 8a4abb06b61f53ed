import { html, type TemplateResult } from 'lit';
import type { Words } from '../i18n/words';
import type { Language, Settings } from '../model/settings';

const NAMES: Readonly<Record<Language, string>> = { ko: '한국어', en: 'English' };

/** Both languages by their own names. */
export function languageSwitch(settings: Settings, t: Words): TemplateResult {
  const languages = Object.keys(NAMES) as Language[];
  return html`<div class="languages" role="group" aria-label=${t.language}>${languages.map(language =>
    html`<button type="button" lang=${language} aria-pressed=${settings.language === language}
      @click=${() => { settings.language = language; }}>${NAMES[language]}</button>`)}</div>`;
}
