import { en, type Words } from './en.ts';
import { ja } from './ja.ts';

/** Slack's locales look like `ja-JP`; whatever is not Japanese gets English, as the app does. */
export function chooseWords(locale: string): Words {
  return locale.toLowerCase().startsWith('ja') ? ja : en;
}
