import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import type { HttpAnswer, HttpClient } from './http-client.ts';

/** msal's requests over our own pool. It remembers what msal forgets: the answer, and what was thrown. */
export interface EntraNetwork extends INetworkModule {
  /** The last answer of the other side, as it came. */
  lastAnswer(): HttpAnswer | undefined;
  /** What stopped the last request on its way. */
  lastThrown(): unknown;
}

export function createEntraNetwork(http: HttpClient, signal: AbortSignal): EntraNetwork {
  let answer: HttpAnswer | undefined;
  let thrown: unknown;

  async function send<T>(
    method: 'GET' | 'POST',
    target: string,
    options: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> {
    const { origin, pathname, search } = new URL(target);
    const { headers = {}, body } = options;
    try {
      const path = pathname + search;
      answer = await http.send({ method, origin, path, headers, signal, ...(body ? { body } : {}) });
    } catch (error) {
      thrown = error;
      throw error;
    }
    return { status: answer.status, headers: answer.headers, body: parseJson(answer.bytes) as T };
  }

  return {
    sendGetRequestAsync: (target, options) => send('GET', target, options),
    sendPostRequestAsync: (target, options) => send('POST', target, options),
    lastAnswer: () => answer,
    lastThrown: () => thrown,
  };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // msal takes a body without `error` for a success.
    return { error: 'not_json' };
  }
}
