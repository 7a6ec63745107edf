-- Projects with their connections, catalogs, plans and facts, and the audit log.
-- Text keys are collated "C": code point order, the same on every server, and the order in which pages go on.

create table portolan.project (
  id uuid primary key,
  name text collate "C" not null unique,
  route text not null,
  created_at timestamptz not null default clock_timestamp()
);

create table portolan.connection (
  project_id uuid not null references portolan.project,
  role text not null check (role in ('source', 'destination')),
  platform text not null,
  settings json not null,
  secrets text not null, -- sealed with AES-256-GCM; see src/store/secrets.ts
  saved_at timestamptz not null default clock_timestamp(),
  primary key (project_id, role)
);

create table portolan.catalog (
  project_id uuid not null references portolan.project,
  role text not null check (role in ('source', 'destination')),
  catalog json not null,
  hash text not null,
  discovered_at timestamptz not null default clock_timestamp(),
  primary key (project_id, role)
);

create table portolan.plan (
  project_id uuid not null references portolan.project,
  version int not null,
  hash text not null,
  text text not null,
  confirmed_at timestamptz,
  confirmed_by text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (project_id, version)
);
create index plan_hash on portolan.plan (project_id, hash, version desc);

create table portolan.project_fact (
  project_id uuid not null references portolan.project,
  name text collate "C" not null,
  value json not null,
  primary key (project_id, name)
);

create table portolan.audit (
  id bigint generated always as identity primary key,
  project_id uuid,
  at timestamptz not null default clock_timestamp(),
  actor text not null,
  action text not null,
  details json not null
);
create index audit_project on portolan.audit (project_id, id);

-- Append-only: rows may not be changed, and only a purge, which sets `portolan.purging` for its transaction, may delete.
create function portolan.refuse_audit_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('portolan.purging', true) = 'on' then return old; end if;
  raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_append_only before update or delete on portolan.audit
  for each row execute function portolan.refuse_audit_change();
create trigger audit_no_truncate before truncate on portolan.audit
  for each statement execute function portolan.refuse_audit_change();
