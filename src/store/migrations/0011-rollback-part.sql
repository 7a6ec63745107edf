-- Records that live and die with another one, set aside by a rollback until it has decided about that one.
create table portolan.rollback_part (
  run_id uuid not null,
  mapping text collate "C" not null,
  source_id text collate "C" not null,
  destination_object text collate "C" not null,
  destination_id text collate "C" not null,
  of_object text collate "C" not null,
  of_id text collate "C" not null,
  details json not null, -- what the report says of it where it is kept
  primary key (run_id, mapping, source_id)
);
create index rollback_part_of on portolan.rollback_part (run_id, of_object, of_id);
