/** Numbers that keep the hashes of different questions about one record apart. */
export const topics = {
  kind: 1, name: 2, duplicate: 3, identifier: 4, facets: 5, created: 6, phone: 7, consent: 8, preferences: 9, optouts: 10, relations: 11, relationAttributes: 12,
  devices: 13, removed: 14, merged: 15, changed: 16, object: 17, event: 18, eventProperties: 19, backdated: 20, delivery: 21, outcome: 22, source: 23, fate: 24, manual: 25,
  suppression: 26, ghost: 27, turned: 28, attribute: 1_000,
} as const;
