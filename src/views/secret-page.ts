import type { Application } from '../model/credentials.ts';
import type { Texts } from '../texts/catalogue.ts';
import { secretPageStyle } from './secret-page-style.ts';

/** Names of the form's fields. */
export const secretFields = { secret: 'secret', certificate: 'certificate' } as const;

export type SecretPageProblem = keyof Texts['secretPage']['problems'];
export type SecretPageEnd = 'done' | 'gone' | 'refused';

export interface SecretFormInput {
  application: Application;
  /** Until the link ends. */
  secondsLeft: number;
  /** Of what was sent before; what that was is never shown again. */
  problem?: SecretPageProblem;
}

/** The form, as a whole page. Works without scripts. */
export function secretForm(t: Texts, { application, secondsLeft, problem }: SecretFormInput): string {
  const words = t.secretPage;
  const isAboutCertificate = problem === 'not-pem' || problem === 'both';
  const facts = [
    [words.facts.organization, new URL(application.address.origin).host],
    [words.facts.client, application.clientId],
    [words.facts.username, application.username],
    [words.facts.validFor, t.format.interval(60 * Math.ceil(Math.max(1, secondsLeft) / 60))],
  ] as const;
  return page(
    t,
    words.title,
    `<p>${escapeHtml(words.intro)}</p>
<dl>${facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>
<form method="post" autocomplete="off">
${problem ? `<p class="problem" id="problem" role="alert">${escapeHtml(words.problems[problem])}</p>` : ''}
<label for="secret">${escapeHtml(words.secret)}</label>
<input id="secret" name="${secretFields.secret}" type="password" autocomplete="off" spellcheck="false"${
      isAboutCertificate ? '' : ' autofocus'
    } aria-describedby="${problem ? 'problem ' : ''}secret-hint"${problem ? ' aria-invalid="true"' : ''}>
<p class="hint" id="secret-hint">${escapeHtml(words.secretHint)}</p>
<details${isAboutCertificate ? ' open' : ''}>
<summary>${escapeHtml(words.certificateInstead)}</summary>
<label for="certificate">${escapeHtml(words.certificate)}</label>
<textarea id="certificate" name="${secretFields.certificate}" rows="8" autocomplete="off" spellcheck="false" aria-describedby="certificate-hint"></textarea>
<p class="hint" id="certificate-hint">${escapeHtml(words.certificateHint)}</p>
</details>
<button type="submit">${escapeHtml(words.send)}</button>
<p class="hint">${escapeHtml(words.note)}</p>
</form>`,
  );
}

/** What is left to say when there is nothing to enter any more. */
export function secretEnd(t: Texts, end: SecretPageEnd): string {
  const { title, text } = t.secretPage[end];
  return page(t, title, `<p role="status">${escapeHtml(text)}</p>`);
}

function page(t: Texts, title: string, body: string): string {
  return `<!doctype html>
<html lang="${t.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · ${escapeHtml(t.secretPage.product)}</title>
<style>${secretPageStyle}</style>
</head>
<body>
<main>
<p class="product">${escapeHtml(t.secretPage.product)}</p>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}
