-- Raw records as the source gave them, and the links between them.
-- `data` is json, not jsonb: it keeps the order of fields as read, and is written faster.

create table portolan.raw_record (
  seq bigint generated always as identity primary key, -- order of first staging
  project_id uuid not null,
  object text collate "C" not null,
  source_id text collate "C" not null,
  data json not null,
  hash text not null,
  position text not null,
  modified_at text, -- ISO 8601 as the source says it
  derived boolean not null default false, -- gathered from other records; extraction never sees it
  sort_key text collate "C" not null default '', -- load order; at most 200 characters
  seen_run uuid not null, -- run whose extraction saw it last
  changed_run uuid not null, -- run in which the content became what it is
  gone_at timestamptz, -- no longer at the source
  -- Most telling column first, here and in the other look-ups by id: rows staged a moment ago have no statistics, and
  -- an index that begins like another one is then taken for it (measured: 40 times slower).
  unique (source_id, object, project_id)
);
create index raw_record_gone on portolan.raw_record (source_id, object, project_id) where gone_at is not null; -- links leave them out
create index raw_record_page on portolan.raw_record (project_id, object, seq) where gone_at is null;
create index raw_record_load_order on portolan.raw_record (project_id, object, sort_key, seq) where gone_at is null;

-- Fields that a person corrected: laid over the record whenever it is read, so that they outlive the next extraction.
create table portolan.correction (
  project_id uuid not null,
  object text collate "C" not null,
  source_id text collate "C" not null,
  fields jsonb not null,
  saved_at timestamptz not null default clock_timestamp(),
  primary key (project_id, object, source_id)
);

-- Values may be longer than an index entry (2,700 bytes), so they are found by their md5 and then compared.
create table portolan.link_key (
  project_id uuid not null,
  object text collate "C" not null,
  source_id text collate "C" not null,
  kind text collate "C" not null,
  value text collate "C" not null,
  value_md5 uuid not null generated always as (md5(value)::uuid) stored
);
create index link_key_value on portolan.link_key (value_md5, kind, object, project_id);
create index link_key_record on portolan.link_key (source_id, object, project_id);
create index link_key_object on portolan.link_key (project_id, object, kind);

create table portolan.link_candidate (
  project_id uuid not null,
  from_object text collate "C" not null,
  from_id text collate "C" not null,
  name text collate "C" not null,
  ordinal int not null,
  to_object text collate "C" not null,
  rank int not null,
  kind text collate "C" not null,
  value text collate "C" not null,
  value_md5 uuid not null generated always as (md5(value)::uuid) stored,
  label text
);
create index link_candidate_record on portolan.link_candidate (from_id, from_object, project_id);
create index link_candidate_name on portolan.link_candidate (project_id, from_object, name);

create table portolan.link (
  project_id uuid not null,
  from_object text collate "C" not null,
  from_id text collate "C" not null,
  name text collate "C" not null,
  ordinal int not null,
  to_object text collate "C" not null,
  state text not null check (state in ('found', 'missing', 'ambiguous')),
  target_id text collate "C",
  candidates text[] not null,
  asked text not null,
  label text,
  primary key (from_id, name, ordinal, from_object, project_id)
);
create index link_target on portolan.link (target_id, name, to_object, project_id) where state = 'found';
create index link_name on portolan.link (project_id, from_object, name);

create table portolan.sample_selection (
  run_id uuid not null,
  object text collate "C" not null,
  source_id text collate "C" not null,
  primary key (run_id, object, source_id)
);
