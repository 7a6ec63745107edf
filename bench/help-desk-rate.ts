/**
 * `node bench/help-desk-rate.ts [tickets] [per-minute]`: how much of a workspace's limit a run of Odoo Help Desk → Intercom uses. Real time, real
 * HTTP, the product and both simulators in processes of their own; the simulator of Intercom counts the calls of its windows of ten seconds,
 * aligned as Intercom states them in its headers. Default 420 tickets (some 5,500 calls) at 1,000 calls a minute (167 in ten seconds): some six minutes.
 * Prints the share of 30 windows (five minutes) that follow one another, from the second full window on, the calls answered with 429,
 * and the calls per ticket beside what the facts allow: k messages + t tags + f further replies with files + 4.
 */
import type { RunReport } from '../src/engine/run-report.ts';
import { installation, runCommand } from './help-desk/installation.ts';

const [tickets = 420, perMinute = 1_000] = process.argv.slice(2).map(Number);
const windowsOfFiveMinutes = 30;

const desk = await installation({ tickets, perMinute });
try {
  const { out, errors, code, seconds } = await desk.command(runCommand);
  if (code !== 0 && code !== 6) throw new Error(`the run ended with ${String(code)}:\n${errors}`);
  const report = JSON.parse(out) as RunReport;
  const windows = await desk.intercom<readonly { readonly startsAt: number; readonly limit: number; readonly used: number; readonly refused: number }[]>('/state/windows');
  const first = windows.findIndex((window) => window.used + window.refused > window.limit / 2) + 1;
  const five = windows.slice(first, first + windowsOfFiveMinutes);
  const [start, end] = [five[0]?.startsAt ?? 0, five.at(-1)?.startsAt ?? 0];
  const span = Math.round((end - start) / 10_000) + 1; // windows without a call are not listed, and count as unused
  const sum = (name: 'used' | 'refused'): number => five.reduce((total, window) => total + window[name], 0);
  const limit = windows[0]?.limit ?? 0;
  console.log(`limit ${limit} in ten seconds; ${span} windows looked at (${(span / 6).toFixed(1)} min); the whole run took ${seconds.toFixed(0)} s, exit ${String(code)}`);
  console.log(`used ${sum('used')} of ${span * limit} calls: ${(100 * sum('used') / (span * limit)).toFixed(1)} %   answered 429: ${sum('refused')} (${(100 * sum('refused') / (sum('used') + sum('refused'))).toFixed(2)} %)`);
  console.log(`by window: ${five.map((window) => `${window.used}${window.refused === 0 ? '' : `+${window.refused}`}`).join(' ')}`);

  const calls = (...names: string[]): number => names.reduce((total, name) => total + (report.calls['destination']?.[name] ?? 0), 0);
  const made = (id: string): number => report.phases.filter((phase) => phase.mapping === id).reduce((total, phase) => total + phase.created, 0);
  const conversations = made('conversations');
  const tags = calls('conversations.tag');
  // Messages and further batches of files, as the report counts them: every mapping but those of people, tags, fields and the threads themselves.
  const others = new Set(['fields', 'companies', 'contacts', 'contact-companies', 'admins', 'teams', 'tags', 'rating-notes', 'conversations', 'settings']);
  const replies = report.phases.filter(({ mapping }) => !others.has(mapping)).reduce((total, { created }) => total + created, 0);
  const threads = calls('conversations.create', 'conversations.reply', 'conversations.tag', 'conversations.update', 'conversations.assign', 'conversations.close', 'conversations.snooze', 'conversations.get', 'conversations.search');
  console.log(`${conversations} conversations, ${replies} further messages and file batches, ${tags} tags: ${threads} calls for threads = ${(threads / conversations).toFixed(2)} a ticket; allowed k + t + f + 4 = ${((replies + tags) / conversations + 1 + 4).toFixed(2)}`);
} finally {
  await desk.stop();
}
