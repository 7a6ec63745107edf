-- Finding crosswalk rows by their place at the destination: a dry run of a rollback asks which dependants are our own.
create index crosswalk_destination on portolan.crosswalk (project_id, destination_object, destination_id);
