/**
 * Which vendors the weights are learned from, which the certainty is calibrated on, and which are only scored. By vendor and
 * language of its interface, so that no field list is both. The vocabulary of the matcher was written and corrected with an eye
 * on the errors of the learning vendors alone; those of the other two parts were never looked at.
 */
const calibrationVendors: ReadonlySet<string> = new Set('capsule subiekt front salesforcefr happyfox streak nimble wix zendeskusers sevdesk hubspotfr pennylane salesforcees zohopl'.split(' '));
const testVendors: ReadonlySet<string> = new Set('kustomer axonaut outreach chargebee hubspotde raynet odoohelpdesk capsuleopps constantcontact intercomexport hubspotunternehmen dynamicsde freshdeskfr zendeskes prestashopes shoper'.split(' '));
/** Scored too; written down when nothing of the matcher was changed any more on their account, and before anybody had seen how it does on them. */
export const lateVendors: ReadonlySet<string> = new Set('bexio billomat efficy forcemanager firmao salesflare zgloszeniomat'.split(' '));

export type Part = 'learn' | 'calibrate' | 'test';
export const partOf = (vendor: string): Part => (testVendors.has(vendor) || lateVendors.has(vendor) ? 'test' : calibrationVendors.has(vendor) ? 'calibrate' : 'learn');
