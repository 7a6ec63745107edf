import { examples, type RegisterCommand } from '../command-host.ts';

export const demoCommand: RegisterCommand = (program, host) => {
  program.command('demo').description('run a whole migration against simulators on this machine, with verification and rollback proof')
    .option('--route <route>', 'which route is shown: instream-to-odoo-crm, odoo-helpdesk-to-intercom, customerio-to-odoo-crm', 'instream-to-odoo-crm')
    .option('--folder <folder>', 'where export, data and reports go; emptied at each demo', './portolan-demo')
    .addHelpText('after', examples('demo', 'demo --route odoo-helpdesk-to-intercom', 'demo --route customerio-to-odoo-crm', 'demo --folder /tmp/portolan-demo'))
    .action(host.action(async (session, command) => {
      const { runDemo } = await import('../demo.ts');
      return await runDemo(session, command.opts<{ folder: string; route: string }>());
    }));
};
