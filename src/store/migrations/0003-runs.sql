-- Runs, phases, batches, gates, call counts and API budgets.

create table portolan.run (
  id uuid primary key,
  number bigint generated always as identity unique, -- order of creation
  project_id uuid not null references portolan.project,
  mode text not null,
  plan_hash text not null,
  status text not null default 'running',
  desired text not null default 'run' check (desired in ('run', 'pause', 'cancel')),
  settings json not null,
  error json,
  driver text, -- process that drives the run, until its lease ends
  driver_until timestamptz,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz
);
create index run_project on portolan.run (project_id, number desc);

create table portolan.phase (
  run_id uuid not null references portolan.run,
  position int not null,
  name text collate "C" not null,
  status text not null default 'waiting' check (status in ('waiting', 'running', 'gate', 'done', 'failed')),
  before json not null default '{}',
  started_at timestamptz,
  finished_at timestamptz,
  primary key (run_id, name)
);

create table portolan.batch (
  id uuid primary key default gen_random_uuid(),
  run_id uuid not null references portolan.run,
  phase text collate "C" not null,
  kind text collate "C" not null,
  subject text collate "C" not null,
  position int not null,
  work json not null,
  checkpoint json,
  status text not null default 'waiting' check (status in ('waiting', 'running', 'done', 'failed')),
  fence int not null default 0, -- increased at each claim; a worker writes only under the fence it was given
  attempts int not null default 0,
  worker text,
  claimed_at timestamptz,
  error json,
  unique (run_id, phase, kind, subject, position)
) with (fillfactor = 70); -- updated once a step: room for HOT updates

create table portolan.gate (
  run_id uuid not null references portolan.run,
  phase text collate "C" not null,
  opened_at timestamptz not null default clock_timestamp(),
  approved_at timestamptz,
  approved_by text,
  primary key (run_id, phase)
);

create table portolan.call_count (
  run_id uuid not null references portolan.run,
  connection text collate "C" not null,
  endpoint text collate "C" not null,
  count bigint not null,
  primary key (run_id, connection, endpoint)
);

-- One token bucket per connection and limit. `paid_until` is the bucket's clock: a penalty moves it into the future.
create table portolan.api_budget (
  connection text collate "C" not null,
  limit_name text collate "C" not null,
  tokens double precision not null, -- negative = calls already promised
  paid_until timestamptz not null,
  primary key (connection, limit_name)
) with (fillfactor = 50);
