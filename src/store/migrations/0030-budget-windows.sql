-- Limits that a platform states itself in its answers: so many calls until the window ends, then all of them again.
alter table portolan.api_budget
  add column window_limit integer, -- null = the platform has stated none
  add column window_left integer,
  add column window_ends timestamptz,
  add column window_ms integer; -- length of a window as far as it was seen
