-- A record whose mapping takes it no longer, because its condition or the plan changed: a delta settles it like one that is gone.
alter table portolan.crosswalk add column left_out boolean not null default false;

-- Such a record has an outcome in two phases of one run: passed by where it was loaded, and settled with the deletions.
alter table portolan.outcome drop constraint outcome_pkey;
alter table portolan.outcome add primary key (run_id, mapping, source_id, phase);
