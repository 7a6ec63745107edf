-- The ledger: outcomes, crosswalk, intents, quarantine, verification and rollback.

create table portolan.outcome (
  run_id uuid not null,
  mapping text collate "C" not null,
  source_id text collate "C" not null,
  phase text collate "C" not null,
  outcome text not null check (outcome in ('created', 'updated', 'matched', 'merged', 'skipped', 'quarantined', 'failed')),
  reason text,
  batch_id uuid not null,
  primary key (run_id, mapping, source_id)
);

create table portolan.crosswalk (
  project_id uuid not null,
  mapping text collate "C" not null,
  source_id text collate "C" not null,
  source_object text not null,
  destination_object text not null,
  destination_id text not null,
  how text not null check (how in ('created', 'matched', 'merged')),
  key text,
  payload json not null,
  payload_hash text not null,
  previous json,
  version text,
  content_hash text,
  run_id uuid not null,
  primary key (project_id, mapping, source_id)
);

-- Folded payload values of the few fields that merges look up (the fields are in crosswalk_fold_field).
create table portolan.crosswalk_fold_field (
  project_id uuid not null,
  mapping text collate "C" not null,
  field text collate "C" not null,
  primary key (project_id, mapping, field)
);
create table portolan.crosswalk_fold (
  project_id uuid not null,
  mapping text collate "C" not null,
  field text collate "C" not null,
  source_id text collate "C" not null,
  value_md5 uuid not null,
  primary key (project_id, mapping, source_id, field)
);
create index crosswalk_fold_value on portolan.crosswalk_fold (value_md5, field, mapping, project_id);

-- Rows here are open: closing an intent deletes it.
create table portolan.intent (
  project_id uuid not null,
  key text collate "C" not null,
  run_id uuid not null,
  batch_id uuid not null,
  mapping text not null,
  source_id text not null,
  action text not null check (action in ('create', 'update', 'delete')),
  destination_object text not null,
  destination_id text,
  payload_hash text not null,
  previous json,
  written_at timestamptz not null default clock_timestamp(),
  primary key (project_id, key)
);

create table portolan.quarantine (
  id bigint generated always as identity primary key,
  project_id uuid not null,
  run_id uuid not null,
  mapping text collate "C" not null,
  source_object text collate "C" not null,
  source_id text collate "C" not null,
  stage text not null check (stage in ('extract', 'transform', 'load', 'verify')),
  code text not null,
  message text not null,
  remedy text not null,
  field text,
  position text not null,
  raw text,
  created_at timestamptz not null default clock_timestamp(),
  resolved_at timestamptz,
  unique (project_id, mapping, source_object, source_id)
);
create index quarantine_page on portolan.quarantine (project_id, id);

create table portolan.verification_step (
  batch_id uuid not null,
  step int not null,
  run_id uuid not null,
  mapping text collate "C" not null,
  records int not null,
  fields int not null,
  exact int not null,
  equal_after_normalisation int not null,
  declared_lossy int not null,
  mismatch int not null,
  unreadable int not null,
  primary key (batch_id, step)
);
create index verification_step_run on portolan.verification_step (run_id, mapping);

create table portolan.verification_field (
  batch_id uuid not null,
  step int not null,
  run_id uuid not null,
  mapping text collate "C" not null,
  field text collate "C" not null,
  class text not null,
  count int not null
);
create index verification_field_step on portolan.verification_field (batch_id, step);
create index verification_field_run on portolan.verification_field (run_id);

create table portolan.verification_finding (
  id bigint generated always as identity primary key,
  batch_id uuid not null,
  step int not null,
  run_id uuid not null,
  mapping text collate "C" not null,
  source_id text collate "C" not null,
  destination_id text not null,
  field text not null,
  class text not null check (class in ('declaredLossy', 'mismatch', 'unreadable')),
  written json not null,
  found json not null
);
create index verification_finding_step on portolan.verification_finding (batch_id, step);
create index verification_finding_run on portolan.verification_finding (run_id, class, id);

-- What a rollback did with each crosswalk row, and how many destination records each of its batches deleted.
create table portolan.rollback_row (
  run_id uuid not null,
  mapping text collate "C" not null,
  source_id text collate "C" not null,
  action text not null check (action in ('removed', 'restored', 'kept')),
  destination_object text,
  destination_id text,
  reason text,
  details json,
  primary key (run_id, mapping, source_id)
);
create table portolan.rollback_count (
  run_id uuid not null,
  batch_id uuid not null,
  deleted int not null,
  primary key (run_id, batch_id)
);
