/**
 * Which vendors the weights are learned from, which the certainty is calibrated on, and which are only scored. By vendor and
 * language of its interface, so that no field list is both. The vocabulary of the matcher was written and corrected with an eye
 * on the errors of the learning vendors alone.
 */
export const calibrationVendors: ReadonlySet<string> = new Set(('klaviyo attio personio tienda agile quickbooks servicenow customerio freshdeskde ebp hubspotpl '
  + 'zohodesk liveagent monday copperleads insightlyopps bitrixen sendgrid bigcommerce planhat activecampaigndeals salesforcede cleverreach otrs adressbuch pipedrivefr mailerlite vtigerfr hubspotes factorial pipedrivepl fakturownia zendeskpl').split(' '));
export const testVendors: ReadonlySet<string> = new Set(('kustomer capsule axonaut subiekt outreach front chargebee hubspotde salesforcefr raynet '
  + 'happyfox odoohelpdesk streak capsuleopps nimble constantcontact wix intercomexport zendeskusers hubspotunternehmen sevdesk dynamicsde hubspotfr freshdeskfr pennylane zendeskes salesforcees prestashopes zohopl shoper').split(' '));

export type Part = 'learn' | 'calibrate' | 'test';
export const partOf = (vendor: string): Part => (testVendors.has(vendor) ? 'test' : calibrationVendors.has(vendor) ? 'calibrate' : 'learn');
