import { text } from './call.ts';
import type { Body } from './call.ts';
import type { Attachment } from './model.ts';
import { invalid } from './problem.ts';
import type { Workspace } from './workspace.ts';

const most = 10;

export interface Upload { readonly name: string; readonly contentType: string; readonly content: Buffer }

/** Files that a request carries, checked but not kept yet: at most ten, each with name, type and base64. */
export function uploadsOf(body: Body): readonly Upload[] {
  const given = body['attachment_files'];
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw invalid('attachment_files must be an array');
  if (given.length > most) throw invalid(`attachment_files can have at most ${most} files`);
  return (given as readonly Body[]).map((file) => {
    const [name, contentType, data] = [text(file, 'name'), text(file, 'content_type'), text(file, 'data')];
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(data) || data.length % 4 !== 0) throw invalid(`attachment_files: the data of '${name}' is not base64`);
    return { name, contentType, content: Buffer.from(data, 'base64') };
  });
}

/** Addresses of images that the service would fetch. Nothing on this machine is reachable from there: they are checked and lead to nothing. */
export function checkUrls(body: Body): void {
  const given = body['attachment_urls'];
  if (given === undefined || given === null) return;
  if (!Array.isArray(given)) throw invalid('attachment_urls must be an array');
  if (given.length > most) throw invalid(`attachment_urls can have at most ${most} URLs`);
  for (const url of given) if (typeof url !== 'string' || !URL.canParse(url)) throw invalid(`attachment_urls: '${String(url)}' is not a URL`);
}

/** Puts the files away. */
export function kept(workspace: Workspace, uploads: readonly Upload[]): readonly Attachment[] {
  const { imagesReencoded } = workspace.unknowns;
  return uploads.map(({ name, contentType, content }) => workspace.keep(name, contentType, imagesReencoded && contentType.startsWith('image/') ? Buffer.concat([content, Buffer.of(0)]) : content));
}
