-- A rollback says of every record what became of it, and a dry run what would: records that somebody had deleted, and records
-- that were there before and never changed by us, have fates of their own, apart from those that the rollback deletes.
alter table portolan.rollback_row drop constraint rollback_row_action_check;
alter table portolan.rollback_row add constraint rollback_row_action_check check (action in ('removed', 'restored', 'kept', 'gone', 'untouched'));
create index rollback_row_action on portolan.rollback_row (run_id, action, mapping, source_id);
