import { steps } from './project-path.ts';
import { texts } from './texts.ts';

/** Pages that belong to no project. */
const pages: Readonly<Record<string, string>> = {
  '/': texts.projects.title, '/new': texts.create.title, '/account': texts.account.title, '/people': texts.people.title, '/settings': texts.settings.title, '/sign-in': texts.access.signIn, '/first-run': texts.access.firstRun,
};

/** What a tab, the history and a screen reader call the page at an address. */
export function titleOf(pathname: string): string {
  const path = pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname;
  const [, named, rest = 'overview'] = /^\/p\/([^/]+)(?:\/(?!overview$)(.+))?$/.exec(path) ?? []; // the overview is at the project's own address
  const project = named === undefined ? undefined : decoded(named);
  const step = project === undefined ? undefined : steps.find((one) => one === rest);
  const page = step === undefined ? pages[path] ?? texts.notFound.title : texts.steps[step];
  return [page, ...(step === undefined || project === undefined ? [] : [project]), texts.product].join(' · ');
}

/** The name as it is shown; an address with a broken escape is taken as it stands, and leads nowhere. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
