import { ActionIcon, Anchor, AppShell, Burger, Button, Group, Menu, Modal, NavLink, Text, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Navigate, Outlet, useLocation, useParams, useRouter } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { call } from '../api.ts';
import { isSandbox, ownerOf, pathOf, sandboxSteps, steps } from '../project-path.ts';
import { doorFor } from '../return-path.ts';
import { sessionQuery, statusQuery, usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { forgetUnsaved } from '../unsaved.ts';
import { Loaded } from './show.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** The frame of every page behind the door. */
export function Shell(): ReactNode {
  const session = useQuery(sessionQuery);
  const status = useQuery(statusQuery);
  const [who, setWho] = useState<string | null>(null); // for whom the page was opened
  const now = session.data?.user.email ?? null;
  const another = who !== null && now !== null && now !== who;
  useEffect(() => {
    if (now !== null && who === null) setWho(now);
    if (!another) return;
    // What was typed here is somebody else's.
    forgetUnsaved();
    window.location.reload();
  }, [now, who, another]);
  if (another) return null;
  if (session.data === null && who === null) return <Loaded query={status}>{({ firstRun }) => (firstRun ? <Navigate to="/first-run" /> : <ToTheDoor />)}</Loaded>;
  return <Loaded query={session}>{(present) => <><Inside />{present === null && who !== null && <SignInAgain email={who} />}</>}</Loaded>;
}

/** Who signs in comes back to where they wanted to go. */
function ToTheDoor(): ReactNode {
  const { history } = useRouter();
  useEffect(() => history.replace(doorFor(history.location.href)), [history]);
  return null;
}

/** A session that ends takes nothing from the page: the same person signs in over it and goes on. */
function SignInAgain({ email }: Readonly<{ email: string }>): ReactNode {
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} zIndex={500} title={texts.again.title} transitionProps={{ duration: 0 }}>
      <Text size="sm" mb="md">{texts.again.about(email)}</Text>
      <SignInForm email={email} />
    </Modal>
  );
}

function Inside(): ReactNode {
  const [open, { toggle, close }] = useDisclosure(false);
  const { project }: { readonly project?: string } = useParams({ strict: false });
  const { pathname } = useLocation();
  const ofSandbox = isSandbox(project ?? '');
  const owner = ownerOf(project ?? '');
  useEffect(close, [pathname, close]);
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 190, breakpoint: 'sm', collapsed: { mobile: !open, desktop: project === undefined } }} padding="md">
      <a href="#content" className="skip">{texts.skip}</a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            {project !== undefined && <Burger opened={open} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={texts.steps.overview} />}
            <Anchor renderRoot={(props) => <Link to="/" {...props} />} fw={700} c="var(--mantine-color-text)">{texts.product}</Anchor>
            {project !== undefined && <Anchor size="sm" renderRoot={(props) => <Link to="/" {...props} />}>{texts.projects.title}</Anchor>}
            {project !== undefined && <Text fw={600} truncate maw={300}>{ofSandbox ? texts.sample.ofSandbox(owner) : project}</Text>}
          </Group>
          <Account />
        </Group>
      </AppShell.Header>
      {project !== undefined && (
        <AppShell.Navbar p="xs" component="nav" aria-label={texts.steps.overview}>
          {ofSandbox && <NavLink label={texts.sample.back} renderRoot={(props) => <Link to={pathOf(owner, 'sample')} {...props} />} />}
          {steps.filter((step) => !ofSandbox || sandboxSteps.has(step)).map((step) => <NavLink key={step} label={texts.steps[step]} active={pathname === pathOf(project, step)} renderRoot={(props) => <Link to={pathOf(project, step)} activeOptions={{ exact: true }} {...props} />} />)}
        </AppShell.Navbar>
      )}
      <AppShell.Main id="content" tabIndex={-1}><Outlet /></AppShell.Main>
    </AppShell>
  );
}

function Account(): ReactNode {
  const { data: session } = useQuery(sessionQuery);
  const queries = useQueryClient();
  const administers = usePermission('administer');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useMutation({ mutationFn: () => call('POST', '/api/sign-out'), onSettled: () => { queries.clear(); window.location.assign('/sign-in'); } });
  const next = colorScheme === 'auto' ? 'light' : colorScheme === 'light' ? 'dark' : 'auto';
  return (
    <Group gap="xs" wrap="nowrap">
      <ActionIcon variant="subtle" color="gray" aria-label={texts.colours[colorScheme]} title={texts.colours[colorScheme]} onClick={() => setColorScheme(next)}>{colorScheme === 'auto' ? '◐' : colorScheme === 'light' ? '○' : '●'}</ActionIcon>
      <Menu position="bottom-end">
        <Menu.Target><Button variant="subtle" size="sm" color="gray" c="var(--mantine-color-text)">{session?.user.name} · {session === null || session === undefined ? '' : texts.access.role[session.user.role]}</Button></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item renderRoot={(props) => <Link to="/account" {...props} />}>{texts.account.title}</Menu.Item>
          {administers && <Menu.Item renderRoot={(props) => <Link to="/people" {...props} />}>{texts.people.title}</Menu.Item>}
          {administers && <Menu.Item renderRoot={(props) => <Link to="/settings" {...props} />}>{texts.settings.title}</Menu.Item>}
          <Menu.Item onClick={() => signOut.mutate()}>{texts.access.signOut}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
