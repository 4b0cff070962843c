import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { cleanPasted } from '../model/pasted-text.ts';
import { type Language, languageOf } from '../model/person.ts';
import { looksLikePem, type Proof, secretProblem } from '../model/proof.ts';
import { textsFor } from '../texts/catalogue.ts';
import {
  type SecretPageEnd,
  type SecretPageProblem,
  secretEnd,
  secretFields,
  secretForm,
} from '../views/secret-page.ts';
import { secretPageStyle } from '../views/secret-page-style.ts';
import type { Invited, SecretInvitations } from './secret-invitations.ts';

const pagePath = /\/secret\/([\w-]{20,100})$/;
/** A certificate with its key and chain is a few kilobytes. */
const mostBytes = 64 * 1024;

/** Serves the page on which a secret is entered. @returns false where the request is about something else. */
export type SecretPageHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
) => Promise<boolean>;

export interface SecretPageDeps {
  invitations: SecretInvitations;
  clock: Clock;
  log: Logger;
}

export function createSecretPageHandler(deps: SecretPageDeps): SecretPageHandler {
  const { invitations, clock } = deps;
  return async (request, response, path) => {
    const [, token] = pagePath.exec(path) ?? [];
    if (token === undefined) return false;
    const found = invitations.find(token);
    const asked = /[?&]lang=(\w+)/.exec(request.url ?? '')?.[1];
    const language = found?.invitation.language ?? languageOf(asked ?? request.headers['accept-language']);
    if (!found) end(response, { status: 404, language, say: 'gone' });
    else if (request.method === 'POST') await takeIn({ ...deps, request, response, token }, found);
    // Opening it uses nothing up: what looks at links before people do would otherwise take it from them.
    else if (request.method === 'GET' || request.method === 'HEAD') showForm(response, found, clock);
    else end(response, { status: 405, language, say: 'gone' });
    return true;
  };
}

interface Sent extends SecretPageDeps {
  request: IncomingMessage;
  response: ServerResponse;
  token: string;
}

async function takeIn(sent: Sent, found: Invited): Promise<void> {
  const { request, response, token, invitations, clock, log } = sent;
  const { person, language, isAllowed } = found.invitation;
  const form = await readForm(request);
  const parsed = form ? parseForm(form) : { problem: 'not-pem' as const };
  if ('problem' in parsed) return showForm(response, found, clock, parsed.problem);
  // Before anything is waited for: of two who send at once, one is taken.
  if (!invitations.take(token)) return end(response, { status: 404, language, say: 'gone' });
  if (!(await isAllowed())) {
    log.warn('A secret was sent by a link of somebody who is no admin any more', { user: person });
    return end(response, { status: 403, language, say: 'refused' });
  }
  found.invitation.receive(parsed);
  end(response, { status: 200, language, say: 'done' });
}

function parseForm(form: URLSearchParams): Proof | { problem: SecretPageProblem } {
  const secret = cleanPasted(form.get(secretFields.secret) ?? '');
  const pem = (form.get(secretFields.certificate) ?? '').trim();
  if (secret !== '' && pem !== '') return { problem: 'both' };
  if (pem !== '') return looksLikePem(pem) ? { kind: 'certificate', pem } : { problem: 'not-pem' };
  const problem = secretProblem(secret);
  return problem ? { problem } : { kind: 'secret', secret };
}

/** @returns null for more than anybody has to send. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read to its end all the same: a connection that is cut shows no page.
    if (size <= mostBytes) chunks.push(chunk);
    if (size > 16 * mostBytes) throw new Error('A form is far too long');
  }
  return size > mostBytes ? null : new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function showForm(
  response: ServerResponse,
  { invitation, validUntil }: Invited,
  clock: Clock,
  problem?: SecretPageProblem,
): void {
  const { application, language } = invitation;
  const input = { application, secondsLeft: (validUntil - clock.now()) / 1000 };
  const html = secretForm(textsFor(language), { ...input, ...(problem ? { problem } : {}) });
  answer(response, problem ? 422 : 200, html);
}

function end(
  response: ServerResponse,
  { status, language, say }: { status: number; language: Language; say: SecretPageEnd },
): void {
  answer(response, status, secretEnd(textsFor(language), say));
}

const styleHash = createHash('sha256').update(secretPageStyle).digest('base64');
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  // Nothing but its own style, and its form sends to nobody else.
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  // Its address is a secret, too.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
};

function answer(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, headers).end(html);
}
