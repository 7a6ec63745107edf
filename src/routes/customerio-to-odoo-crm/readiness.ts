import type { CheckResult } from '../../connector/check-result.ts';
import type { Route } from '../../engine/route.ts';
import { answeredCheck } from '../../plan/answered-check.ts';
import { listOf, objectOf } from './lines.ts';

const check = (name: string, title: string) => ({
  passed: (message: string): CheckResult => ({ name, title, result: 'passed', message, remedy: null }),
  warning: (message: string, remedy: string): CheckResult => ({ name, title, result: 'warning', message, remedy }),
  failed: (message: string, remedy: string): CheckResult => ({ name, title, result: 'failed', message, remedy }),
});

/** Checks that need both sides. */
export const readiness: Route['readiness'] = ({ source, destination, answers = {} }) => {
  const crm = check('route-crm-models', 'CRM models');
  const blacklists = check('route-blacklists', 'Blacklists');
  const redacted = check('route-redacted', 'Redacted content');
  const types = check('route-object-types', 'Types of objects');
  const missing = ['mail.blacklist', 'phone.blacklist'].filter((name) => objectOf(destination, name) === undefined);
  const hidden = listOf(source, 'transactional_message').filter((row) => row['hide_message_body'] === true).length;
  const named = listOf(source, 'object_type').map((row) => `${String(row['id'])} ${String(row['name'])}`);
  const sampled = source.notes.find((note) => note.code === 'sampled');
  return [
    objectOf(destination, 'crm.lead') === undefined ? crm.failed('The destination has no crm.lead: the CRM app is not installed, or this user may not see it.', 'Install the CRM app (Apps > CRM), or give the user Sales rights.') : crm.passed('crm.lead is there.'),
    missing.length === 0 ? blacklists.passed('Addresses and numbers can be blocked.') : missing.includes('mail.blacklist') ? blacklists.failed(`The destination has no ${missing.join(' and no ')}: people who unsubscribed could be mailed.`, 'Install the module that brings it (mail; phone_validation), or give the user Settings rights.') : blacklists.warning(`The destination has no ${missing.join(', ')}: opt-outs of SMS stay in fields.`, 'Install the module phone_validation.'),
    hidden === 0 ? redacted.passed('No transactional message hides its body.') : redacted.warning(`${hidden} transactional messages hide their body: what was sent cannot be moved.`, 'Nothing to do; they are marked (x_content_redacted).'),
    named.length === 0 ? types.passed('The workspace has no objects.') : answeredCheck(types.warning(`Types: ${named.join(', ')}. Which are companies is known only to people.`, 'Answer the decisions object-type:….'), listOf(source, 'object_type').map((row) => ({ id: `object-type:${String(row['id'])}`, about: String(row['name']) })), answers),
    sampled === undefined ? check('route-attribute-types', 'Types of attributes').passed('Types are those of all values.') : check('route-attribute-types', 'Types of attributes').warning(sampled.message, 'Look at the lines of the attributes that matter; make them text where other values may come.'),
  ];
};
