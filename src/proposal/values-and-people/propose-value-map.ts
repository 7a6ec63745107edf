import { countryCodeOf } from '../../plan/values/countries.ts';
import { fold } from '../../plan/values/fold.ts';
import { prepareTexts, indexTexts, likenesses } from '../match/similarity.ts';
import { readHeader } from '../words/read-header.ts';

/** Where one value goes. */
export interface ValueProposal {
  readonly value: string;
  readonly target: string | null; // null = no option corresponds
  readonly probability: number; // 0..1 that this is right
  readonly reason: string;
}

export interface ProposeValueMapParams {
  readonly values: readonly string[]; // distinct, as they occur
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** Words for steps of urgency and for states, by what they stand for; folded. Five languages. */
const senses: { readonly [sense: string]: string } = {
  'level 0': 'none no keine aucune ninguna brak unset 0', 'level 1': 'low lowest minor niedrig gering basse faible baja bajo niski niska p4 trivial 1', 'level 2': 'medium normal mid moderate mittel moyenne moyen media medio sredni sredia srednia normalny normale p3 2',
  'level 3': 'high major hoch haute elevee alta alto wysoki wysoka p2 3', 'level 4': 'urgent critical highest blocker dringend kritisch sehr_hoch urgente critique critico pilny krytyczny very_high tres_haute p1 4 5',
  new: 'new neu nouveau nouvelle nuevo nueva nowy nowe nowa draft created', open: 'open offen ouvert ouverte abierto abierta otwarty otwarte otwarta in_progress in_bearbeitung en_cours en_curso w_trakcie active todo working', pending: 'pending waiting on_hold hold wartend en_attente pendiente oczekujace oczekuje waiting_on_customer snoozed paused warten',
  solved: 'solved resolved gelost geloest erledigt resolu resuelto rozwiazane rozwiazany done completed fixed complete fertig', closed: 'closed geschlossen ferme clos cerrado zamkniete zamkniety cancelled canceled archived', won: 'won closed_won closedwon gewonnen gagne gagnee ganado ganada wygrana wygrany fermee_gagnee', lost: 'lost closed_lost closedlost verloren perdu perdue perdido perdida przegrana przegrany fermee_perdue',
  qualified: 'qualified qualification qualifiziert qualifizierung qualifie calificado calificacion zakwalifikowany kwalifikacja qualifiedtobuy', proposal: 'proposal proposition quote angebot devis propuesta presupuesto oferta proposal_price_quote angebot_erstellt', negotiation: 'negotiation negotiation_review verhandlung negociation negociacion negocjacje',
  yes: 'yes true y ja oui si tak wahr vrai verdadero prawda on', no: 'no false n nein non nie falsch faux falso falsz off', male: 'male m mannlich homme hombre mezczyzna herr mr monsieur senor pan', female: 'female f w weiblich femme mujer kobieta frau ms mrs madame senora pani mme',
};
const senseOf = new Map(Object.entries(senses).flatMap(([sense, words]) => words.split(' ').map((word) => [word.replaceAll('_', ' '), sense] as const)));
const sense = (text: string): string | null => senseOf.get(fold(text).replaceAll(/[_./-]+/g, ' ').trim()) ?? null;

/**
 * Proposes for each value of a picklist, stage or country column the option it corresponds to. Evidence, strongest first: the same
 * text, the same country, the same sense in another language, the same ideas, similar letters. Two values may share an option.
 */
export function proposeValueMap({ values, options }: ProposeValueMapParams): readonly ValueProposal[] {
  const byText = new Map(options.flatMap(({ value, label }) => [[fold(label), value], [fold(value), value]] as const));
  const labels = options.map(({ value, label }) => prepareTexts([label, value]));
  const index = indexTexts(labels);
  return values.map((value) => {
    const same = byText.get(fold(value));
    if (same !== undefined) return { value, target: same, probability: 0.98, reason: 'same text' };
    const country = countryCodeOf(value);
    if (country !== null) {
      const hit = options.find((option) => countryCodeOf(option.label) === country || countryCodeOf(option.value) === country);
      if (hit !== undefined) return { value, target: hit.value, probability: 0.97, reason: `both mean the country ${country}` };
    }
    const meant = sense(value);
    // A label says what is meant; the value behind it ("1") may be a mere number.
    const labelled = meant === null ? [] : options.filter((option) => sense(option.label) === meant);
    const alike = meant === null || labelled.length > 0 ? labelled : options.filter((option) => sense(option.value) === meant);
    if (alike[0] !== undefined) return { value, target: alike[0].value, probability: alike.length === 1 ? 0.92 : 0.6, reason: `both read as "${meant}"` };
    let best = -1;
    let score = 0;
    for (const [at, likeness] of likenesses(prepareTexts([value]), index).entries()) {
      const total = readHeader(value).unknown.length > 0 ? likeness.letters : Math.max(likeness.letters, likeness.atoms);
      if (total > score) { score = total; best = at; }
    }
    const option = options[best];
    if (option !== undefined && score >= 0.5) return { value, target: option.value, probability: Math.round((0.35 + 0.5 * score) * 100) / 100, reason: `reads like "${option.label}"` };
    return { value, target: null, probability: Math.round((1 - 0.8 * score) * 100) / 100, reason: 'no option reads like it' };
  });
}
