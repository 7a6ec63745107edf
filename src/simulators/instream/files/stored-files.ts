import { sizeOf } from './attachment-sizes.ts';
import type { Row } from '../records/companies.ts';
import { digestsOf, emptyDigests, mimeTypes } from '../words/content.ts';
import type { Content, ContentKind } from '../words/content.ts';
import { dirtOf } from '../dirt.ts';
import type { Email } from '../mail/emails.ts';
import { contentIdOf } from '../mail/emails.ts';
import { daysBefore, slug } from './formats.ts';
import { fateOf } from '../later.ts';
import type { Fate } from '../later.ts';
import { ownerOf } from '../records/owners.ts';
import { anyParent, noParent, unknownParent } from '../records/parents.ts';
import type { Parent } from '../records/parents.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

export const fileColumns = ['id', 'path', 'name', 'mime', 'size', 'sha256', 'record_type', 'record_id', 'contact_email', 'uploaded_by', 'uploaded_at'] as const;

export interface StoredFile {
  readonly id: string;
  readonly parent: Parent;
  readonly path: string;
  readonly name: string;
  /** What lies in the bundle; null where the file is missing or has no bytes. */
  readonly content: Content | null;
  /** Whether there is a file at `path`; an empty one has no content. */
  readonly present: boolean;
  readonly uploadedAt: number;
  readonly uploadedBy: string;
  readonly fate: Fate;
  readonly row: Row;
}

/** A part of a message, or a file that a row of emails.csv names. */
export interface MailFile {
  readonly name: string;
  readonly content: Content;
  readonly inline: boolean;
  readonly contentId: string | null;
  /** Where emails.csv finds it. */
  readonly path: string;
}

const kinds: readonly ContentKind[] = ['pdf', 'png', 'txt', 'docx', 'zip'];

function nameOf(world: World, random: Random, kind: ContentKind): string {
  const name = world.encoder.fit(random.pick(world.words.fileNames));
  return `${name} ${1 + random.below(40)}.${kind === 'png' && random.chance(0.2) ? 'PNG' : kind}`;
}

/** The files of a message: its inline images first, then its attachments. */
export function mailFiles(world: World, email: Email): readonly MailFile[] {
  const random = world.random('email files', email.index);
  const images = Array.from({ length: email.inlineImages }, (_, number): MailFile => ({
    name: `image${number + 1}.png`, inline: true, contentId: contentIdOf(email.id, number), path: '',
    content: { kind: 'png', topic: `mail ${email.index} inline ${number}`, size: 400 + random.below(600) },
  }));
  const attachments = Array.from({ length: email.attachments }, (_, number): MailFile => {
    const kind = random.pick(kinds);
    return {
      name: nameOf(world, random, kind), inline: false, contentId: null, path: `emails/attachments/${email.id}-${number + 1}.${kind}`,
      content: { kind, topic: `mail ${email.index} ${number}`, size: sizeOf(world, random, email.index + number) },
    };
  });
  return [...images, ...attachments];
}

export function fileAt(world: World, index: number): StoredFile {
  const random = world.random('file', index);
  const dirt = dirtOf('files', index, world.options.dirt);
  const fate = fateOf(world, 'file', index, world.options.files);
  const parent = dirt === 'no-parent' ? noParent : dirt === 'unknown-parent' ? unknownParent : anyParent(world, random);
  const kind = random.pick(kinds);
  const name = nameOf(world, random, kind);
  const content: Content = { kind, topic: `file ${index}${fate === 'changed' ? ' changed' : ''}`, size: sizeOf(world, random, index) };
  const id = `a${index + 1}`;
  const path = dirt === 'outside-path' ? `../${id}.${kind}` : `files/${id}-${slug(name.replace(/\.\w+$/, ''))}.${kind}`;
  const present = dirt !== 'missing' && dirt !== 'outside-path';
  const digest = dirt === 'empty' ? emptyDigests.sha256 : digestsOf(world, content).sha256;
  const size = dirt === 'empty' ? 0 : content.size + (dirt === 'wrong-size' ? 1 : 0);
  const uploadedBy = ownerOf(world, random);
  const uploadedAt = daysBefore(1 + random.below(700) + random.next());
  return {
    id, parent, path, name, content: present && dirt !== 'empty' ? content : null, present, uploadedAt, uploadedBy, fate,
    row: {
      id, path, name, mime: random.chance(0.9) ? mimeTypes[kind] : '', size: String(size), sha256: dirt === 'wrong-hash' ? digest.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) : digest,
      ...parent.cells, uploaded_by: uploadedBy, uploaded_at: world.formats.dateTime(uploadedAt),
    },
  };
}
