import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the stand-in answers: a text, an HTTP error, or nothing at all. */
export type Behaviour = { readonly text: (asked: string) => string } | { readonly status: number } | { readonly silent: true };

export interface StandIn {
  readonly url: string; // with /v1
  readonly requests: { readonly path: string; readonly body: string; readonly key: string }[];
  behave: Behaviour;
  readonly close: () => Promise<void>;
}

/** A local server that speaks the two APIs the adviser knows (OpenAI's chat completions, Anthropic's messages), for tests. */
export async function startStandIn(): Promise<StandIn> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => { body += part.toString(); });
    request.on('end', () => {
      standIn.requests.push({ path: request.url ?? '', body, key: String(request.headers['x-api-key'] ?? request.headers.authorization ?? '') });
      const { behave } = standIn;
      if ('silent' in behave) return;
      if ('status' in behave) { response.writeHead(behave.status, { 'content-type': 'application/json' }).end('{"error":{"message":"no","type":"x"}}'); return; }
      const text = behave.text(body);
      const answer = request.url?.endsWith('/messages') === true
        ? { id: 'm', type: 'message', role: 'assistant', model: 'stand-in', content: [{ type: 'text', text }], stop_reason: 'end_turn', stop_sequence: null, usage: { input_tokens: 11, output_tokens: 7 } }
        : { id: 'c', object: 'chat.completion', created: 0, model: 'stand-in', choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }], usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 } };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const standIn: StandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, requests: [], behave: { text: () => '{}' },
    close: () => new Promise((resolve, reject) => { server.closeAllConnections(); server.close((error) => { if (error === undefined) resolve(); else reject(error); }); }),
  };
  return standIn;
}
