/** The mapping under which new fields stand in ledger, reports and rollback, like any other record. */
export const FIELDS_MAPPING = 'fields';
export const FIELDS_OBJECT = 'plan.field';
