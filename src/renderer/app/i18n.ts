import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import { resources } from '../../shared/i18n/index.ts';

/** Starts the words in a language; `i18n.changeLanguage` changes them without a reload. */
export async function startWords(lang: 'es' | 'en'): Promise<void> {
  await i18n.use(initReactI18next).init({ resources, lng: lang, fallbackLng: 'en', interpolation: { escapeValue: false }, returnNull: false });
}
export { i18n };
