-- Counts of destination objects taken just before a delta first creates or deletes a record of the object in a phase: a phase that
-- changes nothing needs none.
create table portolan.phase_count (
  run_id uuid not null references portolan.run (id) on delete cascade,
  phase text collate "C" not null,
  object text collate "C" not null,
  count bigint not null,
  primary key (run_id, phase, object)
);
