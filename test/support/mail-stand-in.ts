import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A mail server on 127.0.0.1 that takes every message and keeps it; one user, plain text. */
export interface MailStandIn {
  readonly port: number;
  /** Whole messages with their headers, in the order in which they came. */
  readonly messages: readonly string[];
  /** Addresses that messages were for. */
  readonly recipients: readonly string[];
  close(): Promise<void>;
}

export async function startMailStandIn(): Promise<MailStandIn> {
  const messages: string[] = [];
  const recipients: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    let text = '';
    let inData = false;
    socket.write('220 stand-in\r\n');
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (;;) {
        const end = text.indexOf(inData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + (inData ? 5 : 2));
        if (inData) {
          messages.push(line);
          inData = false;
          socket.write('250 taken\r\n');
          continue;
        }
        const verb = line.split(/[ :]/)[0]?.toUpperCase();
        if (verb === 'RCPT') recipients.push(/<(.*)>/.exec(line)?.[1] ?? '');
        if (verb === 'DATA') inData = true;
        socket.write(verb === 'DATA' ? '354 go on\r\n' : verb === 'QUIT' ? '221 bye\r\n' : '250 fine\r\n');
        if (verb === 'QUIT') socket.end();
      }
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    port: (server.address() as AddressInfo).port, messages, recipients,
    close: () => new Promise((resolve) => {
      for (const socket of open) socket.destroy();
      server.close(() => resolve());
    }),
  };
}
