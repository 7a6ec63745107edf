/**
 * Which vendors the weights are learned from, which the certainty is calibrated on, and which are only scored. By vendor, so that
 * none is both. The vocabulary of the matcher was written and corrected with an eye on the errors of the learning vendors alone.
 */
export const calibrationVendors: ReadonlySet<string> = new Set('helpscout stripe jira weclapp prestashop sage getresponse'.split(' '));
export const testVendors: ReadonlySet<string> = new Set('klaviyo kustomer attio capsule personio axonaut tienda subiekt'.split(' '));

export type Part = 'learn' | 'calibrate' | 'test';
export const partOf = (vendor: string): Part => (testVendors.has(vendor) ? 'test' : calibrationVendors.has(vendor) ? 'calibrate' : 'learn');
