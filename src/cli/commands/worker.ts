import { examples, type RegisterCommand } from '../command-host.ts';
import { positiveInteger } from '../parse-options.ts';
import { say } from '../session.ts';

export const workerCommand: RegisterCommand = (program, host) => {
  program.command('worker').description('serve batches of any project until stopped; start as many as you like, on any machine with the same DATABASE_URL')
    .option('--concurrency <n>', 'batches at a time', positiveInteger, 2)
    .addHelpText('after', examples('worker', 'worker --concurrency 4'))
    .action(host.action(async (session, command) => {
      const { engine } = await session.workspace();
      const abort = new AbortController();
      const stopListening = session.io.onInterrupt(() => {
        if (abort.signal.aborted) process.exit(9);
        say(session, 'stopping after the batches under way; once more leaves at once');
        abort.abort();
      });
      const { concurrency } = command.opts<{ concurrency: number }>();
      say(session, `worker: ${concurrency} batches at a time; stop with Ctrl-C`);
      await engine.work({ concurrency, signal: abort.signal }).finally(stopListening);
    }));
};
