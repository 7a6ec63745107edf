import type { z } from 'zod';
import type { ConnectionContext } from './context.ts';
import type { DestinationConnection } from './destination.ts';
import type { SourceConnection } from './source.ts';

/** One setting of a connection, as `portolan connect --set name=value` and the console ask for it. */
export interface SettingDescription {
  readonly name: string;
  readonly label: string;
  readonly secret: boolean; // stored encrypted, never shown again
  readonly required: boolean;
  readonly help: string;
  /** It names, with the others that do, where the connection leads to: two connections alike in these are the same place. Default false. */
  readonly place?: boolean;
  readonly example?: string;
  /** The value is the path of a file or folder: kept as an absolute one. Default: told by the name (`path`, `…File`, `…Folder`). */
  readonly isPath?: boolean;
  /** Only a folder will do, so no file can be given for it in a browser. Default false. */
  readonly isFolder?: boolean;
}

/** The code for one platform. Listed in `src/cli/registry.ts`, the only file that names connectors. */
export interface Connector {
  readonly platform: string; // 'instream', 'odoo'
  readonly label: string; // 'InStream'
  readonly settings: readonly SettingDescription[];
  /** Parses the settings (strings as typed by a person, secrets included) or throws with the setting's name. */
  readonly settingsSchema: z.ZodType;
  /** Limits that the platform keeps and does not state in its answers, by the name under which the connector acquires them. Default: none. */
  readonly rates?: (settings: unknown) => { readonly [limit: string]: { readonly perSecond: number; readonly burst: number } };
  /**
   * Milliseconds for which a call that makes or removes fields, and lost its client, may still be at work at a platform where no
   * other call may meet it. A connection is opened only after that. Default: none may.
   */
  readonly schemaSettleMs?: (settings: unknown) => number;
  /** Address at which a person sees a record in the platform's own pages; null = it has no page. Pure. Left out = none has. */
  readonly recordAddress?: (settings: unknown, record: Readonly<{ object: string; id: string }>) => string | null;
  readonly openSource?: (settings: unknown, context: ConnectionContext) => Promise<SourceConnection>;
  readonly openDestination?: (settings: unknown, context: ConnectionContext) => Promise<DestinationConnection>;
}
