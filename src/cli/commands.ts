import type { RegisterCommand } from './command-host.ts';
import { approveCommand } from './commands/approve.ts';
import { checkCommand } from './commands/check.ts';
import { connectCommand } from './commands/connect.ts';
import { decideCommand } from './commands/decide.ts';
import { deltaCommand } from './commands/delta.ts';
import { demoCommand } from './commands/demo.ts';
import { discoverCommand } from './commands/discover.ts';
import { estimateCommand } from './commands/estimate.ts';
import { guideCommand } from './commands/guide.ts';
import { handoffCommand } from './commands/handoff.ts';
import { initCommand } from './commands/init.ts';
import { ownersCommand } from './commands/owners.ts';
import { pauseCommand, cancelCommand } from './commands/pause-cancel.ts';
import { planCommand } from './commands/plan.ts';
import { previewCommand } from './commands/preview.ts';
import { proposeCommand } from './commands/propose.ts';
import { purgeCommand } from './commands/purge.ts';
import { quarantineCommand } from './commands/quarantine.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { reportCommand } from './commands/report.ts';
import { resumeCommand } from './commands/resume.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { runCommand, sampleCommand } from './commands/run.ts';
import { serveCommand } from './commands/serve.ts';
import { statusCommand } from './commands/status.ts';
import { verifyCommand } from './commands/verify.ts';
import { waitCommand } from './commands/wait.ts';
import { workerCommand } from './commands/worker.ts';

/** Every command, in the order in which a migration meets them. */
export const commands: readonly RegisterCommand[] = [
  initCommand, connectCommand, checkCommand, discoverCommand, proposeCommand, planCommand, decideCommand, ownersCommand, previewCommand,
  estimateCommand, sampleCommand, runCommand, statusCommand, waitCommand, pauseCommand, resumeCommand, cancelCommand, approveCommand,
  quarantineCommand, verifyCommand, reconcileCommand, deltaCommand, rollbackCommand, reportCommand, handoffCommand, guideCommand, purgeCommand, serveCommand, workerCommand, demoCommand,
];
