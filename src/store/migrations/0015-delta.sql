-- Delta: what became of records whose source record is gone, and by what an unchanged record is known without a call.

-- New outcomes of records that are gone at the source.
alter table portolan.outcome drop constraint outcome_outcome_check;
alter table portolan.outcome add constraint outcome_outcome_check
  check (outcome in ('created', 'updated', 'matched', 'merged', 'skipped', 'quarantined', 'failed', 'deleted', 'archived', 'kept'));

-- input_hash: hash over all that the transform looked at when the record was last settled, look-ups at the destination aside.
-- archived: the record was archived at the destination because it is gone at the source.
alter table portolan.crosswalk add column input_hash text, add column archived boolean not null default false;

-- What a delta did with each record that is gone at the source, one by one, for its report.
create table portolan.retired_row (
  run_id uuid not null references portolan.run (id) on delete cascade,
  mapping text collate "C" not null,
  source_id text collate "C" not null,
  action text not null check (action in ('deleted', 'archived', 'kept', 'skipped')),
  reason text,
  destination_object text not null,
  destination_id text not null,
  details json not null,
  primary key (run_id, mapping, source_id)
);
