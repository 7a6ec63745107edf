import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A mail server that takes every mail and delivers none. */
export interface MailSink {
  readonly port: number;
  /** Whole mails as they came in, headers and all. */
  readonly mails: readonly string[];
  close(): Promise<void>;
}

/** Speaks as much SMTP as Odoo's library needs, on 127.0.0.1. */
export async function startMailSink(): Promise<MailSink> {
  const mails: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setEncoding('utf8');
    let buffer = '';
    let inData = false;
    socket.write('220 sink\r\n');
    socket.on('data', (chunk: string) => {
      buffer += chunk;
      for (;;) {
        const end = inData ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n');
        if (end < 0) return;
        const text = buffer.slice(0, end);
        buffer = buffer.slice(end + (inData ? 5 : 2));
        if (inData) {
          mails.push(text);
          inData = false;
          socket.write('250 taken\r\n');
        } else if (/^DATA/iu.test(text)) {
          inData = true;
          socket.write('354 go on\r\n');
        } else if (/^QUIT/iu.test(text)) socket.end('221 bye\r\n');
        else socket.write('250 sink\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    port: (server.address() as AddressInfo).port, mails,
    close: () => new Promise((resolve) => {
      for (const socket of open) socket.destroy();
      server.close(() => resolve());
    }),
  };
}
