import { createHmac } from 'node:crypto';

/** How mail leaves: a server of the company that runs Portolan. */
export interface MailServer { readonly host: string; readonly port: number; readonly security: 'tls' | 'starttls' | 'none'; readonly user: string; readonly from: string; readonly password: string | null }

/** A webhook or mail server has so long to answer, in milliseconds. */
const answerMs = 10_000;

/** Signature of a webhook: HMAC-SHA-256 over `<timestamp>.<body>`, so that neither can be changed or sent again later unnoticed. */
function signatureOf(key: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')}`;
}

/** @throws Error naming the status or the cause; never the address's answer, which is not ours to keep */
export async function sendWebhook(params: Readonly<{ url: string; key: string; id: string; event: string; body: string; timestamp: string }>): Promise<void> {
  const { url, key, id, event, body, timestamp } = params;
  let status: number;
  try {
    const response = await fetch(url, {
      method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(answerMs),
      headers: { 'content-type': 'application/json', 'user-agent': 'Portolan', 'x-portolan-event': event, 'x-portolan-delivery': id, 'x-portolan-timestamp': timestamp, 'x-portolan-signature': signatureOf(key, timestamp, body) },
    });
    await response.body?.cancel();
    ({ status } = response);
  } catch (error) {
    const cause = (error as { readonly cause?: { readonly code?: string } }).cause?.code;
    throw new Error(error instanceof Error && error.name === 'TimeoutError' ? `no answer within ${answerMs / 1000} s` : `cannot be reached${cause === undefined ? '' : ` (${cause})`}`, { cause: error });
  }
  if (status < 200 || status > 299) throw new Error(`answered with ${status}`);
}

/** @throws Error with what the mail server said */
export async function sendMail(server: MailServer, mail: Readonly<{ to: string; subject: string; text: string; id: string }>): Promise<void> {
  const { createTransport } = await import('nodemailer'); // loaded with the first mail
  const transport = createTransport({
    host: server.host, port: server.port, secure: server.security === 'tls', requireTLS: server.security === 'starttls', ignoreTLS: server.security === 'none',
    ...(server.user === '' ? {} : { auth: { user: server.user, pass: server.password ?? '' } }),
    connectionTimeout: answerMs, greetingTimeout: answerMs, socketTimeout: answerMs, disableFileAccess: true, disableUrlAccess: true,
  });
  try {
    await transport.sendMail({ from: server.from, to: mail.to, subject: mail.subject, text: mail.text, messageId: `<${mail.id}@portolan>`, headers: { 'Auto-Submitted': 'auto-generated' } });
  } finally {
    transport.close();
  }
}
