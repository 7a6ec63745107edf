-- A rollback asks which destination records a run created, by their ids, before it takes dependants along.
create index crosswalk_destination on portolan.crosswalk (destination_id, destination_object, project_id);
