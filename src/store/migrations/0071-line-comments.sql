-- What people say to one another about lines of a plan. Kept beside the plan, so that a remark makes no new version of it.
create table portolan.line_comment (
  id uuid primary key,
  project_id uuid not null references portolan.project (id) on delete cascade,
  line text collate "C" not null, -- name of the line, the same in every version of the plan
  author text not null,
  text text not null,
  created_at timestamptz not null default clock_timestamp()
);
create index line_comment_by_project on portolan.line_comment (project_id, line, created_at);
