-- Where a preview saw records go, so that what it says of records that hang on them, merge with them or look them up is what a load would do.
create table portolan.foreseen (
  run_id uuid not null references portolan.run (id) on delete cascade,
  mapping text collate "C" not null,
  source_id text collate "C" not null,
  destination_object text collate "C" not null,
  destination_id text not null, -- 'preview:<mapping>:<source id>' of a record that a load would create
  given json not null, -- the fields that others may look it up by, or want along
  primary key (run_id, mapping, source_id)
);
create table portolan.foreseen_value (
  run_id uuid not null,
  destination_object text collate "C" not null,
  field text collate "C" not null, -- '' = the values as a whole
  value_md5 uuid not null, -- of the folded value
  mapping text collate "C" not null,
  source_id text collate "C" not null,
  primary key (run_id, destination_object, field, value_md5, mapping, source_id),
  foreign key (run_id, mapping, source_id) references portolan.foreseen (run_id, mapping, source_id) on delete cascade
);
