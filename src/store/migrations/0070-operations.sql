-- What people do around the runs of a project, and the settings of an installation.

-- A sheet of records drawn by chance, kept as people saw it, with what they said of each and who signed it.
create table portolan.spot_check (
  id uuid primary key,
  project_id uuid not null references portolan.project (id) on delete cascade,
  run_id uuid, -- null = drawn from everything that the project wrote
  seed text not null,
  destination text not null,
  written bigint not null, -- records among which was drawn
  records jsonb not null,
  made_by text not null,
  made_at timestamptz not null default clock_timestamp(),
  verdict text check (verdict in ('accepted', 'rejected')), -- null = not signed
  remark text not null default '',
  signed_name text,
  signed_by text,
  signed_at timestamptz,
  check ((verdict is null) = (signed_at is null) and (verdict is null) = (signed_name is null) and (verdict is null) = (signed_by is null))
);
create index spot_check_by_project on portolan.spot_check (project_id, made_at);
create table portolan.spot_check_mark (
  spot_check_id uuid not null references portolan.spot_check (id) on delete cascade,
  position int not null, -- place in records, from 0
  project_id uuid not null references portolan.project (id) on delete cascade,
  in_order boolean, -- null = only a comment so far
  comment text not null default '',
  marked_by text not null,
  marked_at timestamptz not null default clock_timestamp(),
  primary key (spot_check_id, position)
);

-- Steps of the cut-over that a person ticked.
create table portolan.cut_over_mark (
  project_id uuid not null references portolan.project (id) on delete cascade,
  step text not null,
  done boolean not null,
  comment text not null default '',
  marked_by text not null,
  marked_at timestamptz not null default clock_timestamp(),
  primary key (project_id, step)
);

-- At most one schedule of deltas per project.
create table portolan.delta_schedule (
  project_id uuid primary key references portolan.project (id) on delete cascade,
  cron text not null,
  zone text not null,
  ends_at timestamptz, -- null = until somebody stops it
  approve_gates boolean not null,
  state text not null check (state in ('on', 'paused', 'ended')),
  reason text, -- why it is paused
  made_by text not null,
  made_at timestamptz not null default clock_timestamp(),
  last_run_id uuid,
  last_at timestamptz
);

-- Settings of the installation by name; secrets are sealed and never given back.
create table portolan.console_setting (
  name text primary key,
  value jsonb not null,
  sealed text,
  changed_by text not null,
  changed_at timestamptz not null default clock_timestamp()
);

-- Who is told, and what.
create table portolan.console_target (
  id uuid primary key,
  kind text not null check (kind in ('webhook', 'email')),
  address text not null,
  events jsonb not null,
  sealed text, -- of a webhook: the key that signs
  made_by text not null,
  made_at timestamptz not null default clock_timestamp()
);

-- Messages to be sent, and what became of them; tried again until they are delivered or given up.
create table portolan.notification (
  id uuid primary key,
  target_id uuid not null references portolan.console_target (id) on delete cascade,
  project_id uuid references portolan.project (id) on delete cascade,
  event text not null,
  subject text not null,
  body jsonb not null,
  state text not null check (state in ('waiting', 'sent', 'given-up')),
  attempts int not null default 0,
  next_at timestamptz not null default clock_timestamp(),
  error text,
  made_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz
);
create index notification_waiting on portolan.notification (next_at) where state = 'waiting';
create index notification_by_project on portolan.notification (project_id);
