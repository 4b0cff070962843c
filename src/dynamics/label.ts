import type { Label } from '../model/entity.ts';
import type { WireLabel } from './web-api-answers.ts';

const english = 1033;
const japanese = 1041;

/** `LocalizedLabels` has all installed languages, `UserLocalizedLabel` the application user's; each may be missing. */
export function parseLabel(wire: WireLabel): Label {
  const inLanguage = (code: number) =>
    wire?.LocalizedLabels?.find(({ LanguageCode }) => LanguageCode === code)?.Label;
  const ja = inLanguage(japanese);
  return {
    en: inLanguage(english) ?? wire?.UserLocalizedLabel?.Label ?? '',
    ...(ja ? { ja } : {}),
  };
}
