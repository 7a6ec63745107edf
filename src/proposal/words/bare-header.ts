/** What a connector puts before a customer's own name to keep it apart from its own fields: `cf:Region`, `attr.region`. */
const marks = /^(?:cf:|attr\.)/;

/** The header as the customer wrote it. */
export const bareHeader = (name: string): string => name.replace(marks, '');
