import type { Labels, Language } from '../tables/column.ts';
import { labelIn } from '../tables/column.ts';

/** A `Label` of the metadata; without any text `UserLocalizedLabel` is null, as for hidden columns. */
export function describeLabel(labels: Labels, language: Language): object {
  const localized = (
    [
      [1033, labels.en],
      [1041, labels.ja],
    ] as const
  )
    .filter(([, text]) => text !== '')
    .map(([LanguageCode, Label]) => describeLocalized(Label, LanguageCode));
  const own = labelIn(labels, language);
  const code = language === 1041 && labels.ja !== '' ? 1041 : 1033;
  return {
    LocalizedLabels: localized,
    UserLocalizedLabel: own === '' ? null : describeLocalized(own, code),
  };
}

function describeLocalized(Label: string, LanguageCode: number): object {
  return { Label, LanguageCode, IsManaged: true, MetadataId: null, HasChanged: null };
}
