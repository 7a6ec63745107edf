import { Anchor } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { piecesOf, type Page } from '../commands.ts';
import { ownerOf, pathOf, sandboxSteps } from '../project-path.ts';

/** A text of the engine: where it names a command, the page that does the same, with a link to it. */
export function Told({ text }: Readonly<{ text: string }>): ReactNode {
  const { project }: { readonly project?: string } = useParams({ strict: false });
  return <>{piecesOf(text).map((piece, index) => (piece.kind === 'words' ? <span key={index}>{piece.text}</span> : <Anchor key={index} inherit c="inherit" underline="always" renderRoot={(props) => <Link to={addressOf(piece.page, project)} {...props} />}>{piece.text}</Anchor>))}</>;
}

/** Where a page is: a sandbox has only some of its own, the rest are its project's. */
function addressOf(page: Page, project: string | undefined): string {
  if (page === 'new') return '/new';
  if (project === undefined) return '/';
  return pathOf(sandboxSteps.has(page) ? project : ownerOf(project), page);
}
