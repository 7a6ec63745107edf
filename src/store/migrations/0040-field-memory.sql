-- What confirmed plans teach later ones: where people let each header of an object go. No values; it goes with its project.
create table portolan.remembered_line (
  project_id uuid not null references portolan.project (id) on delete cascade,
  source_platform text not null,
  destination_platform text not null,
  source_object text collate "C" not null,
  destination_object text collate "C" not null,
  header text collate "C" not null, -- folded
  target text, -- null = no counterpart
  corrected boolean not null, -- a person decided otherwise than had been proposed
  confirmed_at timestamptz not null default now(),
  primary key (project_id, source_object, destination_object, header)
);
create index remembered_line_by_header on portolan.remembered_line (header);
