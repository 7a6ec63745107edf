-- Records as the platform's answer to their create showed them: verified from it, without a call of its own. Goes with its crosswalk row.
create table portolan.seen_record (
  project_id uuid not null,
  mapping text collate "C" not null,
  source_id text collate "C" not null,
  payload_hash text not null, -- of what was written; another one in the crosswalk = written again since, and no longer as seen
  seen json not null,
  primary key (project_id, mapping, source_id),
  foreign key (project_id, mapping, source_id) references portolan.crosswalk (project_id, mapping, source_id) on delete cascade
);
