-- Which of a schedule's times was heard of last, so that one that passed while no server ran is found and made up for once.
alter table portolan.delta_schedule
  add column heard_at timestamptz, -- null = none since it was set
  add column made_up_for timestamptz; -- the time that the last delta made up for; null = it started at its own
