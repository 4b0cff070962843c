import { type Agent, type OutgoingHttpHeaders, request } from 'node:http';

export interface TimedRequest {
  agent: Agent;
  port: number;
  method: 'GET' | 'POST';
  path: string;
  headers?: OutgoingHttpHeaders;
  body?: string;
}

export interface TimedAnswer {
  /** From the call to the last byte of the answer. */
  ms: number;
  status: number;
  text: string;
}

export function send({ agent, port, method, path, headers = {}, body }: TimedRequest): Promise<TimedAnswer> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: '127.0.0.1', port, method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('error', reject);
      response.once('end', () =>
        resolve({ ms: performance.now() - began, status: response.statusCode ?? 0, text }),
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
