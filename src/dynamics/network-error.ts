import { AppError } from '../lib/errors.ts';
import type { FaultCode } from '../model/fault.ts';
import { dynamicsError } from './dynamics-error.ts';

const unknownHost = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME', 'EAI_FAIL']);
const timedOut = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
const tooLarge = new Set(['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'ERR_BUFFER_TOO_LARGE']);
const inflating = new Set(['Z_BUF_ERROR', 'Z_DATA_ERROR']);
/** OpenSSL's verification results ("X509 certificate error codes" of Node's tls page) and handshake failures. */
const tls =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_|INVALID_CA|HOSTNAME_MISMATCH|ERROR_IN_CERT|EPROTO)/;

/** What a socket, TLS, DNS or inflating failure means. */
export function networkError(thrown: unknown, host: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const original = errorCode(thrown);
  const code = faultOfNetwork(original);
  const hopeless = code === 'tls-untrusted' || tooLarge.has(original);
  return dynamicsError(code, `Request to ${host} failed: ${original || String(thrown)}`, {
    recovery: hopeless ? 'ask-admin' : 'retry',
    details: { host },
    original,
    cause: thrown,
  });
}

function faultOfNetwork(code: string): FaultCode {
  if (unknownHost.has(code)) return 'host-unknown';
  if (timedOut.has(code)) return 'timed-out';
  if (tooLarge.has(code) || inflating.has(code)) return 'answer-malformed';
  return tls.test(code) ? 'tls-untrusted' : 'connection-failed';
}

/** The answer is larger than one takes in. */
export function isTooLarge(thrown: unknown): boolean {
  return thrown instanceof AppError && tooLarge.has(thrown.details.original ?? '');
}

/** The code of an error or of what caused it: wrappers have none, or one that says nothing. */
function errorCode(thrown: unknown): string {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string' && error.code !== 'UND_ERR_ABORTED') {
      return error.code;
    }
  }
  return '';
}
