import { valueText } from '../../reports/words.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { print, projectOf } from '../session.ts';
import { table } from '../table.ts';

export const previewCommand: RegisterCommand = (program, host) => {
  program.command('preview').description('show what the plan would write for one source record, field by field; nothing is written')
    .argument('<project>', 'name of the project').argument('<object>', 'source object, e.g. contact').argument('<id>', 'id of the source record')
    .addHelpText('after', examples('preview acme contact 4711'))
    .action(host.action(async (session, command) => {
      const [name, object, sourceId] = command.args as [string, string, string];
      const project = await projectOf(session, name);
      const { engine } = await session.workspace();
      const previews = await engine.preview({ project: project.name, object, sourceId });
      print(session, previews, previews.length === 0 ? `no mapping of the plan takes ${object} records` : previews.map((preview) => [
        `${preview.mapping} → ${preview.destinationObject}: ${preview.outcome}${preview.reason === null ? '' : ` (${preview.reason})`}`,
        ...(preview.fields.length === 0 ? [] : [table(['to', 'from', 'before', 'after', 'why', 'loss'], preview.fields.map((field) => [field.to, field.from.join(' + '), valueText(field.before), valueText(field.after), [field.reason, field.warning].filter((text) => text !== null).join('; '), field.loss]))]),
      ].join('\n')).join('\n\n'));
    }));
};
