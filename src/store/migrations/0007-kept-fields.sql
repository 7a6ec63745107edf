-- Fields that people changed at the destination before a later run updated the record, and that the run left to them: they
-- are not verified, and a rollback keeps the record. An empty list = changed outside of what we wrote; null = nobody did.
alter table portolan.crosswalk add column kept_fields json;
