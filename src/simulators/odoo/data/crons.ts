import type { OdooVersion } from '../options.ts';

export interface Cron { readonly name: string; readonly model: string; readonly code: string; readonly active: boolean; readonly every: 'minutes' | 'hours' | 'days' | 'weeks'; readonly externalId?: string }

/** Scheduled actions in the order of their ids: as measured on 14; the later versions rename some and switch the enrichment of leads on. */
export function cronsOf(version: OdooVersion, crm: boolean, ocaHelpdesk = false): readonly Cron[] {
  const later = version >= 17;
  const cron = (name: string, model: string, code: string, every: Cron['every'], active = true): Cron => ({ name, model, code, active, every });
  return [
    cron('Base: Auto-vacuum internal data', 'ir.autovacuum', 'model._run_vacuum_cleaner()', 'days'),
    { ...cron('Mail: Email Queue Manager', 'mail.mail', 'model.process_email_queue()', 'hours'), externalId: 'mail.ir_cron_mail_scheduler_action' },
    cron('Publisher: Update Notification', 'publisher_warranty.contract', 'model.update_notification(None)', 'weeks'),
    ...(later ? [] : [cron('Mail: Notify channel moderators', 'mail.message', 'model._notify_moderators', 'days')]),
    cron('Notification: Delete Notifications older than 6 Month', 'mail.notification', 'model._gc_notifications(max_age_days=180)', 'days'),
    cron('Users: Notify About Unregistered Users', 'res.users', 'model.send_unregistered_user_reminder()', 'days'),
    cron(later ? 'Automation Rules: check and execute' : 'Base Action Rule: check and execute', 'base.automation', 'model._check(True)', 'minutes', false),
    cron('Calendar: Event Reminder', 'calendar.alarm_manager', 'model.get_next_mail()', 'minutes'),
    cron('Mail: Fetchmail Service', 'fetchmail.server', 'model._fetch_mails()', 'minutes', false),
    cron('Partner Autocomplete : Sync with remote DB', 'res.partner.autocomplete.sync', 'model.start_sync()', 'minutes'),
    cron('SMS: SMS Queue Manager', 'sms.sms', 'model._process_queue()', 'hours'),
    cron('Snailmail: process letters queue', 'snailmail.letter', 'model._snailmail_cron()', 'hours'),
    cron('Digest Emails', 'digest.digest', 'model._cron_send_digest_email()', 'days'),
    ...(crm ? [
      cron('Predictive Lead Scoring: Recompute Automated Probabilities', 'crm.lead', 'model._cron_update_automated_probabilities()', 'days', false),
      cron('CRM: enrich leads (IAP)', 'crm.lead', 'model._iap_enrich_leads_cron()', 'hours', later),
    ] : []),
    ...(ocaHelpdesk ? [cron('Generate Helpdesk SLA alerts from cron', 'helpdesk.sla', 'model.check_sla()', 'hours')] : []),
    cron('Email Marketing: Process queue', 'mailing.mailing', 'model._process_mass_mailing_queue()', 'minutes'),
  ];
}
