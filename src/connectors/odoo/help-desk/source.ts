import type { ConnectionContext } from '../../../connector/context.ts';
import { ConfigurationError } from '../../../connector/errors.ts';
import type { Json } from '../../../connector/json.ts';
import type { ReadRequest, SourceConnection, SourcePage } from '../../../connector/source.ts';
import { createOdooModels } from '../fields/models.ts';
import { openOdoo } from '../open.ts';
import type { OdooSettings } from '../settings.ts';
import { discoverHelpDesk } from './catalog.ts';
import { checkHelpDesk } from './check.ts';
import { readAgents, type HelpDesk } from './desk.ts';
import { findDialect } from './dialect.ts';
import { helpDeskObject, helpDeskObjects } from './objects.ts';
import { openFile } from './open-file.ts';
import { readAttachments } from './read-attachments.ts';
import { readMessages } from './read-messages.ts';
import { readObject } from './read-objects.ts';
import { partnerScope, type PartnerScope } from './scope.ts';
import { isThreadCursor, threadStart } from './threads.ts';

/**
 * Opens the help desk of an Odoo as a source: tickets, their messages and files, and the people, teams, stages and tags they name.
 * @throws ConfigurationError 'no-help-desk' where neither dialect is installed; and as `openOdoo`.
 */
export async function openHelpDeskSource(settings: OdooSettings, context: ConnectionContext): Promise<SourceConnection> {
  const client = await openOdoo(settings, context);
  const models = createOdooModels(client);
  const dialect = await findDialect(models);
  if (dialect === null) {
    throw new ConfigurationError({ code: 'no-help-desk', message: `Odoo at ${settings.url} has no help desk that this user can see.`, remedy: 'Connect the database that holds the tickets, with a user who may read them. Known are Odoo\'s own Help Desk (Enterprise) and the community\'s Helpdesk Management (OCA).' });
  }
  let agents: ReturnType<typeof readAgents> | null = null;
  let scope: Promise<PartnerScope> | null = null;
  const desk: HelpDesk = { client, models, dialect, agents: () => (agents ??= readAgents(client)) };
  const partners = (): Promise<PartnerScope> => (scope ??= partnerScope(desk));

  async function* read(request: ReadRequest): AsyncGenerator<SourcePage> {
    const object = helpDeskObject(request.object);
    if (object === undefined) throw new ConfigurationError({ code: 'unknown-object', message: `The help desk has no object ${JSON.stringify(request.object)}.`, remedy: `Use one of: ${helpDeskObjects.map((one) => one.name).join(', ')}.` });
    if (object.name === 'message' || object.name === 'attachment') {
      const cursor = request.cursor ?? { ...threadStart };
      if (!isThreadCursor(cursor)) throw unusable(request);
      yield* (object.name === 'message' ? readMessages : readAttachments)(desk, object, { cursor, pageSize: request.pageSize });
      return;
    }
    const after = request.cursor === null ? 0 : idIn(request.cursor);
    if (after === null) throw unusable(request);
    const listed = object.name === 'partner' || object.name === 'company';
    yield* readObject(desk, object, { after, pageSize: request.pageSize, scope: listed ? await partners() : null });
  }

  return {
    // A ticket changes without its write_date: by its stage's name, its followers, its policies' status.
    capabilities: { modifiedSince: false, pageSize: 500, files: true },
    check: () => checkHelpDesk(desk, settings.url),
    async discover(options) {
      agents = null;
      scope = null;
      return discoverHelpDesk(desk, await partners(), settings.url, options?.onProgress);
    },
    read,
    openFile: ({ file }) => openFile(client, settings, context, file),
    close: async () => {},
  };
}

function idIn(cursor: Json): number | null {
  const after = typeof cursor === 'object' && cursor !== null && 'after' in cursor ? cursor['after'] : null;
  return typeof after === 'number' ? after : null;
}

function unusable(request: ReadRequest): ConfigurationError {
  return new ConfigurationError({ code: 'bad-cursor', message: `Reading ${request.object} cannot go on from ${JSON.stringify(request.cursor)}: that is no place in it.`, remedy: 'Start the extraction of this object anew.' });
}
