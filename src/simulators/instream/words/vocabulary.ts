/** The invented people, companies and words of one language. */
export interface Vocabulary {
  readonly womenFirstNames: readonly string[];
  readonly menFirstNames: readonly string[];
  /** Surnames as [of a man, of a woman]. */
  readonly surnames: readonly (readonly [string, string])[];
  readonly companyStems: readonly string[];
  readonly companyBranches: readonly string[];
  readonly legalForms: readonly string[];
  readonly streets: readonly string[];
  /** City, postal code, region. */
  readonly cities: readonly (readonly [string, string, string])[];
  readonly country: string;
  readonly currency: string;
  readonly phonePrefix: string;
  readonly jobTitles: readonly string[];
  readonly industries: readonly string[];
  readonly sources: readonly string[];
  readonly tags: readonly string[];
  readonly lists: readonly string[];
  readonly listStatuses: readonly string[];
  readonly lostReasons: readonly string[];
  /** Pipeline and its stages as [name, type, probability or ''], in order. */
  readonly pipelines: readonly Readonly<{ name: string; stages: readonly (readonly [string, 'active' | 'won' | 'lost', string])[] }>[];
  readonly dealSubjects: readonly string[];
  readonly noteSentences: readonly string[];
  /** Added to what was edited after the first export. */
  readonly afterwards: string;
  readonly mailSubjects: readonly string[];
  readonly greetings: readonly string[];
  readonly farewells: readonly string[];
  readonly callOutcomes: readonly string[];
  readonly meetingTitles: readonly string[];
  readonly places: readonly string[];
  readonly taskTitles: readonly string[];
  /** Without the ending. */
  readonly fileNames: readonly string[];
  /** The currency field of relation lists. */
  readonly relationValue: string;
  readonly customFields: Readonly<{ text: string; number: string; currency: string; percent: string; date: string; single: string; multi: string; boolean: string }>;
  readonly segments: readonly string[];
  readonly interests: readonly string[];
}
