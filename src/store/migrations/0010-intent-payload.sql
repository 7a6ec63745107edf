-- What an interrupted attempt was about to write: a rollback without a resume compares with it, and an update that was made
-- but not written down is known by it. kept_fields: as in the crosswalk, found out before the update changed the record.
alter table portolan.intent add column payload json, add column kept_fields json;
