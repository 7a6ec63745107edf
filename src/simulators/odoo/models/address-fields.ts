/** The fields that make an address, taken and given as a whole. */
export const ADDRESS = ['street', 'street2', 'zip', 'city', 'state_id', 'country_id'] as const;
