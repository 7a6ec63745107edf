import { examples, type RegisterCommand } from '../command-host.ts';

export const demoCommand: RegisterCommand = (program, host) => {
  program.command('demo').description('run a whole migration against simulators on this machine, with verification and rollback proof')
    .addHelpText('after', examples('demo', 'demo --data ./portolan-demo'))
    .action(host.action(async (session) => {
      const { runDemo } = await import('../demo.ts');
      return await runDemo(session);
    }));
};
