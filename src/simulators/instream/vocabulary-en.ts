import type { Vocabulary } from './vocabulary.ts';

/** Invented; cities are ordinary English ones, people and companies do not exist. */
export const english: Vocabulary = {
  womenFirstNames: ['Abigail', 'Beatrice', 'Chloë', 'Daphne', 'Edith', 'Fiona', 'Gwendolyn', 'Harriet', 'Imogen', 'Josephine', 'Matilda', 'Nadine', 'Ophelia', 'Penelope', 'Rosalind', 'Winifred'],
  menFirstNames: ['Alastair', 'Benedict', 'Conrad', 'Desmond', 'Edmund', 'Fergus', 'Gilbert', 'Humphrey', 'Jasper', 'Lionel', 'Mortimer', 'Neville', 'Percival', 'Rufus', 'Sebastian', 'Tobias'],
  surnames: [['Applewick', 'Applewick'], ['Birchdale', 'Birchdale'], ['Cotterstone', 'Cotterstone'], ['Dunmarrow', 'Dunmarrow'], ['Elderfen', 'Elderfen'], ['Foxhollow', 'Foxhollow'], ['Greywater', 'Greywater'], ['Hawksbridge', 'Hawksbridge'], ['Inglethorn', 'Inglethorn'], ['Kestrelby', 'Kestrelby'], ['Larkspire', 'Larkspire'], ['Mossgrove', 'Mossgrove'], ["O'Tarn", "O'Tarn"], ['Pennyfarth', 'Pennyfarth'], ['Quillmere', 'Quillmere'], ['Rookwell-Hay', 'Rookwell-Hay'], ['Saltmarsh', 'Saltmarsh'], ['van der Wyk', 'van der Wyk'], ['Wrenfield', 'Wrenfield']],
  companyStems: ['Amber Heron', 'Blue Anvil', 'Copper Kettle', 'Dray & Daughters', 'Eastwind', 'Fernhill', 'Granite Pine', 'Hollow Oak', 'Ironbark', 'Juniper', 'Kingfisher Row', 'Lantern', 'Millstone', 'North Quay', 'Otter Creek', 'Pebble', 'Redshank', 'Silver Birch', 'Thistle', 'Willowmere'],
  companyBranches: ['Analytics', 'Bakeries', 'Construction', 'Energy', 'Foods', 'Furniture', 'Gardens', 'Logistics', 'Metals', 'Printing', 'Software', 'Supplies', 'Training', 'Works'],
  legalForms: ['Ltd', 'Inc.', 'LLP', 'plc', 'Holdings'],
  streets: ['Acorn Lane', 'Brook Street', 'Chapel Road', 'Elm Row', 'Foundry Way', 'Harbour Street', 'Mill Lane', 'Orchard Close', 'Quarry Hill', 'Station Road'],
  cities: [['Leeds', 'LS1 1AA', 'West Yorkshire'], ['Bristol', 'BS1 1AA', 'Bristol'], ['Norwich', 'NR1 1AA', 'Norfolk'], ['Durham', 'DH1 1AA', 'County Durham'], ['Exeter', 'EX1 1AA', 'Devon'], ['Chester', 'CH1 1AA', 'Cheshire']],
  country: 'United Kingdom', currency: 'GBP', phonePrefix: '+44',
  jobTitles: ['Managing Director', 'Head of Purchasing', 'Sales Manager', 'Chief Accountant', 'Owner', 'Office Manager', 'Engineer', 'Buyer', ''],
  industries: ['construction', 'retail', 'IT', 'manufacturing', 'services', 'food', 'education'],
  sources: ['Referral', 'Trade fair', 'Website', 'Cold call', 'LinkedIn', 'E-mail campaign'],
  tags: ['VIP', 'New customer', 'Hot lead', 'Call back', 'Partner', 'Annual contract', 'Pays late', 'Fair 2025', 'Do not call', 'Wholesale'],
  lists: ['VIP customers', 'Spring fair 2026', 'Newsletter', 'Suppliers - north', 'Former customers', 'Autumn training', 'Cold contacts', 'Resellers'],
  listStatuses: ['New', 'In touch', 'Interested', 'Inactive'],
  lostReasons: ['Price', 'Competitor', 'No budget', 'No answer'],
  pipelines: [
    { name: 'Main sales', stages: [['New', 'active', '10'], ['Meeting', 'active', '25'], ['Offer sent', 'active', '50'], ['Negotiation', 'active', '75'], ['Won', 'won', '100'], ['Lost', 'lost', '0']] },
    { name: 'Onboarding', stages: [['Analysis', 'active', ''], ['Trial', 'active', ''], ['Contract', 'active', ''], ['Live', 'won', ''], ['Rejected', 'lost', '']] },
    { name: 'Renewals', stages: [['Due', 'active', '60'], ['Meeting', 'active', '70'], ['Renewed', 'won', '100'], ['Cancelled', 'lost', '0']] },
  ],
  dealSubjects: ['Office furniture', 'Licences for a year', 'Team training', 'Warehouse refit', 'Fleet service', 'Christmas campaign', 'System roll-out', 'Packaging - trial batch'],
  noteSentences: ['Asks for an offer by Friday.', 'Call again after the holidays.', 'Interested in larger quantities.', 'We talked about a discount for early payment.', 'Will send a sample to the Leeds office.', 'Her brother runs a company too, worth asking.', 'Meeting moved to next month.', 'The board decides on the budget.'],
  customFields: { text: 'Sales remarks', number: 'Branch count', currency: 'Lifetime value', percent: 'Discount', date: 'Last order', single: 'Customer segment', multi: 'Interests', boolean: 'GDPR consent' },
  segments: ['small business', 'mid-size business', 'enterprise', 'public body'],
  interests: ['wood', 'metal', 'glass', 'plastics', 'service, repair'],
};
