import { describe, expect, it } from 'vitest';
import { errorForFault } from './faults.ts';
import { readableText } from './readable-message.ts';

const nameOf = (name: string, effect: 'read' | 'write' = 'write', message = 'text'): string => {
  const error = errorForFault({ name, message, httpStatus: 200 }, effect, 'crm.lead.create');
  return `${error.name} ${error.code}`;
};

describe('the table of Odoo faults', () => {
  it.each([
    ['odoo.exceptions.AccessDenied', 'AuthenticationError access-denied'],
    ['werkzeug.exceptions.Unauthorized', 'AuthenticationError access-denied'],
    ['odoo.exceptions.AccessError', 'AuthenticationError missing-right'],
    ['odoo.exceptions.MissingError', 'RecordRejectedError record-gone'],
    ['odoo.exceptions.UserError', 'RecordRejectedError refused'],
    ['odoo.exceptions.RedirectWarning', 'RecordRejectedError refused'],
    ['builtins.ValueError', 'RecordRejectedError invalid-value'],
    ['psycopg2.errors.UniqueViolation', 'RecordRejectedError invalid-value'],
    ['psycopg2.errors.SerializationFailure', 'RetriableError rolled-back'],
    ['psycopg2.errors.DeadlockDetected', 'RetriableError rolled-back'],
    ['odoo.exceptions.LockError', 'RetriableError rolled-back'],
    ['psycopg2.OperationalError', 'AmbiguousError database-lost'],
    ['psycopg2.errors.DiskFull', 'FatalError destination-disk-full'],
    ['werkzeug.exceptions.NotFound', 'ConfigurationError missing-model'],
    ['werkzeug.exceptions.UnprocessableEntity', 'FatalError not-callable'],
    ['odoo.addons.acme.exceptions.OurOwn', 'RecordRejectedError refused'],
  ])('%s on a write is %s', (name, expected) => { expect(nameOf(name)).toBe(expected); });

  it('treats reads apart: nothing can be ambiguous or quarantined there', () => {
    expect(nameOf('psycopg2.OperationalError', 'read')).toBe('RetriableError database-lost');
    expect(nameOf('builtins.ValueError', 'read')).toBe('FatalError unexpected-fault');
  });
  it('knows a database that does not exist', () => {
    expect(nameOf('psycopg2.OperationalError', 'read', 'FATAL:  database "x" does not exist\n')).toBe('ConfigurationError wrong-database');
  });
});

describe('an Odoo that builds its models anew', () => {
  it.each([
    ['builtins.AttributeError', "'Char' object has no attribute 'depends'"],
    ['builtins.AttributeError', "'NoneType' object has no attribute 'model_name'"],
    ['builtins.RuntimeError', 'OrderedDict mutated during iteration'],
    ['builtins.TypeError', 'Many2many fields crm.lead2opportunity.partner.duplicated_lead_ids and crm.lead2opportunity.partner.duplicated_lead_ids use the same table and columns'],
  ])('is waited for, whatever the call: %s %s', (name, message) => {
    expect([nameOf(name, 'write', message), nameOf(name, 'read', message)]).toEqual(['RetriableError registry-in-flux', 'RetriableError registry-in-flux']);
    expect(errorForFault({ name, message, httpStatus: 200 }, 'write', 'crm.lead.load').remedy).toContain('restart Odoo');
  });
  it('is not taken for one that lacks a method, or for a record of a wrong kind', () => {
    expect(nameOf('builtins.AttributeError', 'write', "type object 'crm.lead' has no attribute 'lode'")).toBe('FatalError not-callable');
    expect(nameOf('builtins.AttributeError', 'write', "'str' object has no attribute 'get'")).toBe('FatalError not-callable');
  });
});

describe('readable messages', () => {
  it.each([
    ["The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n- Delete: another model requires the record being deleted. If possible, archive it instead.\n\nModel: Lead (crm.lead), Field: Opportunity (name)\n", /required field|link/u],
    ["The operation cannot be completed: Missing required value for the field 'Opportunity' (name).\nModel: 'Lead' (crm.lead)", /^the required field name is empty\.$/u],
    ['The operation cannot be completed: another model requires the record being deleted. Constraint: crm_lead_partner_id_fkey', /^a link to another record does not hold/u],
    ["Another model is using the record you are trying to delete.\n\nThe troublemaker is: 'Lead' (crm.lead)", /^a link to another record/u],
    ["('You cannot delete contacts linked to a user.\\nDo it.', {'type': 'x'}, 'Go to users', None)", /^You cannot delete contacts linked to a user\.$/u],
    ["Unknown error during import: <class 'odoo.exceptions.ValidationError'>: Field names must be unique.", /^Field names must be unique\.$/u],
    ['The operation cannot be completed: Tag name already exists!', /^Tag name already exists!$/u],
  ])('%j', (raw, expected) => { expect(readableText(raw)).toMatch(expected); });
});
