/** A view of a module, in the outline that extensions hold on to: pages, groups, titles; decoration is left out. Fields a version lacks are taken out. */
export interface BaseView { readonly externalId: string; readonly name: string; readonly model: string; readonly type: string; readonly priority: number; readonly arch: string; readonly versions?: readonly number[] }

const fields = (names: string): string => names.split(' ').map((name) => `<field name="${name}"/>`).join('');
const CHATTER = '<div class="oe_chatter"><field name="message_follower_ids"/><field name="activity_ids"/><field name="message_ids"/></div>';

/** Names, priorities, pages and groups as measured on 14; the later versions keep these anchors (18 and 19 write <chatter/>). */
export const BASE_VIEWS: readonly BaseView[] = [
  {
    externalId: 'base.view_partner_simple_form', name: 'res.partner.simplified.form', model: 'res.partner', type: 'form', priority: 16,
    arch: `<form><sheet><div class="oe_title"><h1>${fields('name')}</h1></div><group>${fields('function phone email mobile')}</group></sheet></form>`,
  },
  {
    externalId: 'base.view_partner_form', name: 'res.partner.form', model: 'res.partner', type: 'form', priority: 1,
    arch: `<form string="Partners"><sheet><div class="oe_button_box" name="button_box"/><field name="image_1920" widget="image" class="oe_avatar"/><div class="oe_title"><h1>${fields('name')}</h1>${fields('is_company commercial_partner_id active company_type parent_id company_name')}</div>`
      + `<group><group>${fields('type street street2 city state_id zip country_id vat')}</group><group>${fields('function phone mobile user_ids email website title lang category_id')}</group></group>`
      + '<notebook colspan="4"><page string="Contacts &amp; Addresses" name="contact_addresses"><field name="child_ids" mode="kanban"><form><sheet><group><field name="name"/><field name="type"/></group></sheet></form></field></page>'
      + `<page name="sales_purchases" string="Sales &amp; Purchase"><group name="container_row_2"><group string="Sales" name="sale">${fields('user_id team_id')}</group><group string="Purchase" name="purchase"/><group name="misc" string="Misc">${fields('ref company_id industry_id')}</group></group></page>`
      + `<page name="internal_notes" string="Internal Notes">${fields('comment')}</page></notebook></sheet>${CHATTER}</form>`,
  },
  {
    externalId: 'crm.crm_lead_view_form', name: 'crm.lead.form', model: 'crm.lead', type: 'form', priority: 16,
    arch: `<form class="o_lead_opportunity_form" string="Lead Form"><header>${fields('stage_id')}</header><sheet>${fields('active')}<div class="oe_title"><h1>${fields('name')}</h1>${fields('company_currency expected_revenue probability')}</div>`
      + `<group><group name="lead_partner">${fields('partner_id partner_name street city state_id zip country_id website')}</group><group name="opportunity_partner">${fields('email_from phone')}</group><group name="lead_info">${fields('contact_name email_cc function mobile')}</group>`
      + `<group>${fields('date_deadline priority tag_ids user_id team_id type')}</group><group name="lead_priority"/><group name="opportunity_info"/></group>`
      + `<notebook><page string="Internal Notes" name="internal_notes">${fields('description')}</page><page name="extra" string="Extra Info"><group><group/><group string="Marketing" name="categorization">${fields('company_id campaign_id medium_id source_id referred')}</group></group></page>`
      + `<page name="lead" string="Extra Information"><group><group string="Tracking">${fields('date_open date_closed')}</group><group name="Misc"/></group></page></notebook></sheet>${CHATTER}</form>`,
  },
  {
    externalId: 'crm.quick_create_opportunity_form', name: 'crm.lead.form.quick_create', model: 'crm.lead', type: 'form', priority: 1000,
    arch: `<form><group>${fields('partner_id name email_from phone expected_revenue')}</group></form>`,
  },
  {
    externalId: 'mail.mail_message_view_form', name: 'mail.message.view.form', model: 'mail.message', type: 'form', priority: 20,
    arch: `<form string="Message"><sheet><group><group>${fields('subject date email_from author_id message_type subtype_id is_internal')}</group><group>${fields('model res_id record_name parent_id')}</group></group>`
      + `<notebook><page string="Body" name="body">${fields('body')}</page><page string="Gateway" name="gateway"><group><group>${fields('reply_to message_id')}</group></group></page>`
      + `<page string="Recipients" name="recipients"><group><group string="Recipients">${fields('partner_ids notified_partner_ids')}</group></group></page></notebook></sheet></form>`,
  },
  {
    externalId: 'calendar.view_calendar_event_form', name: 'calendar.event.form', model: 'calendar.event', type: 'form', priority: 1,
    arch: `<form string="Meetings"><sheet>${fields('res_model res_id active')}<div class="oe_title"><h1>${fields('name')}</h1>${fields('partner_ids')}</div>`
      + `<notebook><page name="page_details" string="Meeting Details"><group><group>${fields('start_date stop_date start stop duration allday')}</group><group>${fields('categ_ids location description')}</group></group></page>`
      + `<page name="page_options" string="Options"><group><group>${fields('recurrency')}</group><group>${fields('privacy show_as')}</group></group></page>`
      + '<page name="page_invitations" string="Invitations"><field name="attendee_ids"><tree><field name="common_name"/><field name="email"/><field name="state"/></tree></field></page>'
      + `<page name="page_misc" string="Misc"><group>${fields('user_id')}</group></page></notebook></sheet><div class="oe_chatter"><field name="message_follower_ids"/><field name="message_ids"/></div></form>`,
  },
  {
    externalId: 'mail.mail_activity_view_form_popup', name: 'mail.activity.view.form.popup', model: 'mail.activity', type: 'form', priority: 20,
    arch: `<form string="Log an Activity"><sheet><group>${fields('res_model res_model_id res_id')}</group><group><group>${fields('activity_type_id summary')}</group><group>${fields('date_deadline user_id')}</group></group>${fields('note id')}<footer/></sheet></form>`,
  },
  {
    externalId: 'base.view_attachment_form', name: 'ir.attachment form', model: 'ir.attachment', type: 'form', priority: 16,
    arch: `<form string="Attachments"><sheet><label for="name"/><h1>${fields('name')}</h1><group><group>${fields('type datas url mimetype')}</group><group string="Attached To">${fields('res_model res_field res_id res_name company_id public')}</group></group><group string="Description">${fields('description')}</group></sheet></form>`,
  },
];
