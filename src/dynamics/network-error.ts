import { AppError } from '../lib/errors.ts';
import type { FaultCode } from '../model/fault.ts';
import { dynamicsError } from './dynamics-error.ts';

const unknownHost = new Set(['ENOTFOUND', 'EAI_NODATA', 'EAI_NONAME']);
/** The name could not be asked for: the trouble is with the name server, not with the name. */
const noNameServer = new Set(['EAI_AGAIN', 'EAI_FAIL', 'EAI_SYSTEM', 'ESERVFAIL']);
const timedOut = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
const tooLarge = new Set(['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'ERR_BUFFER_TOO_LARGE']);
const inflating = new Set(['Z_BUF_ERROR', 'Z_DATA_ERROR']);
const wrongDates = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);
const wrongHost = new Set(['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH']);
/** OpenSSL's verification results ("X509 certificate error codes" of Node's tls page). */
const untrusted =
  /^(ERR_TLS_CERT_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_|INVALID_CA|ERROR_IN_CERT)/;
/** The two could not agree: another protocol, an older version. */
const handshake = /^(ERR_TLS_|ERR_SSL_|EPROTO)/;

/** What a socket, TLS, DNS or inflating failure means. */
export function networkError(thrown: unknown, host: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const original = errorCode(thrown);
  const code = faultOfNetwork(original);
  const hopeless = hopelessFaults.includes(code) || tooLarge.has(original);
  return dynamicsError(code, `Request to ${host} failed: ${original || String(thrown)}`, {
    recovery: hopeless ? 'ask-admin' : 'retry',
    details: { host },
    original,
    cause: thrown,
  });
}

/** No other try makes them better. */
const hopelessFaults: readonly FaultCode[] = ['tls-untrusted', 'tls-dates', 'tls-wrong-host'];

function faultOfNetwork(code: string): FaultCode {
  if (unknownHost.has(code)) return 'host-unknown';
  if (noNameServer.has(code)) return 'dns-failed';
  if (timedOut.has(code)) return 'timed-out';
  if (tooLarge.has(code) || inflating.has(code)) return 'answer-malformed';
  if (wrongDates.has(code)) return 'tls-dates';
  if (wrongHost.has(code)) return 'tls-wrong-host';
  if (untrusted.test(code)) return 'tls-untrusted';
  return handshake.test(code) ? 'tls-failed' : 'connection-failed';
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
