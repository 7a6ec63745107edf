-- What did not survive the transform, counted per run, mapping and field: written in the same transaction as the outcomes,
-- so that a repeated step never counts twice.
create table portolan.loss_count (
  run_id uuid not null references portolan.run (id) on delete cascade,
  mapping text not null,
  field text not null,
  records integer not null,
  primary key (run_id, mapping, field)
);
