-- What a preview saw a mapping take no longer, or take again, of the records that are in: a dry delta settles them as a delta would.
create table portolan.foreseen_leaving (
  run_id uuid not null references portolan.run (id) on delete cascade,
  mapping text collate "C" not null,
  source_id text collate "C" not null,
  leaves boolean not null, -- false = it had been left out, and is taken again
  primary key (run_id, mapping, source_id)
);
create index foreseen_place on portolan.foreseen (run_id, destination_object, destination_id); -- who else would live at a place that somebody leaves
