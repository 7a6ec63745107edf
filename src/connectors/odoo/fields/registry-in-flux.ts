/**
 * How an Odoo of one process and many threads answers while it builds its models anew, as it does after each new or removed
 * field: whatever else runs meanwhile finds them half built. [14, measured over 19 creations beside two
 * readers: readers failed in 17, the creation itself in 3]
 * Mostly over within two seconds. Where the call that makes the fields was itself disturbed it stays so until Odoo is restarted.
 */
const signs = [
  /'(?:Boolean|Integer|Float|Monetary|Char|Text|Html|Date|Datetime|Binary|Image|Selection|Reference|Many2one\w*|One2many|Many2many|Json|Properties\w*|Id|Serialized)' object has no attribute '\w+'/u,
  /'NoneType' object has no attribute 'model_name'/u,
  /(?:OrderedDict|dictionary|Set|set) (?:mutated|changed size) during iteration/u,
  /Many2many fields \S+ and \S+ use the same table and columns/u,
];

/** @param text message or traceback's last line, in English whatever the user's language */
export function isRegistryInFlux(text: string): boolean {
  return signs.some((sign) => sign.test(text));
}

export const registryRemedy = 'It passes by itself when another change of fields ends. If it stays, restart Odoo (its idea of its own models is broken until then), then resume.';
