/** Invented people, places and things. */
export const firstNames = ['Ada', 'Bartosz', 'Célia', 'Dmytro', 'Elif', 'Førde', 'Grażyna', 'Hugo', 'Inês', 'Jürgen', 'Kalina', 'Łucja', 'Mateo', 'Nikola', 'Oisín', 'Priya', 'Renée', 'Søren', 'Tomáš', 'Zoë'] as const;
export const lastNames = ['Aalto', 'Brzęk', 'Castellan', 'Dvořák', 'Eskildsen', 'Fontaine', 'Grünwald', 'Hollins', 'Ibarra', 'Jankowiak', 'Körner', 'Łubieński', 'Marquez', 'Novotná', 'O’Rell', 'Peeters', 'Quist', 'Rådström', 'Šimek', 'Whitlow'] as const;

const plain = (word: string): string => word.normalize('NFD').replaceAll(/[\u0300-\u036f]/g, '').replaceAll('Ł', 'L').replaceAll('ł', 'l').replaceAll(/[øØ]/g, 'o').replaceAll(/[^A-Za-z]/g, '').toLowerCase();
export const firstPlain: readonly string[] = firstNames.map(plain);
export const lastPlain: readonly string[] = lastNames.map(plain);

export const countries = ['PL', 'DE', 'GB', 'US', 'FR', 'CZ', 'NO', 'PT'] as const;
export const countryNames = ['Poland', 'Germany', 'United Kingdom', 'United States', 'France', 'Czechia', 'Norway', 'Portugal'] as const;
export const cities = ['Gdynia', 'Köln', 'Leeds', 'Boise', 'Nîmes', 'Brno', 'Tromsø', 'Évora'] as const;
export const timezones = ['Europe/Warsaw', 'Europe/Berlin', 'Europe/London', 'America/Boise', 'Europe/Paris', 'Europe/Prague', 'Europe/Oslo', 'Europe/Lisbon'] as const;
export const languages = ['pl', 'de', 'en-GB', 'en', 'fr', 'cs', 'nb', 'pt'] as const;
export const dialCodes = ['+48', '+49', '+44', '+1', '+33', '+420', '+47', '+351'] as const;
export const plans = ['free', 'starter', 'team', 'business', 'enterprise'] as const;
export const industries = ['Logistics', 'Ceramics', 'Software', 'Forestry', 'Education', 'Bakeries'] as const;
export const companyWords = ['Northlight', 'Tern & Sons', 'Kiln Works', 'Oakline', 'Brightwater', 'Żubr Logistyka', 'Pear Street', 'Quarry Lane', 'Fjordline', 'Amberside'] as const;
export const eventNames = ['signed_up', 'order_completed', 'Plan Upgraded', 'page viewed', 'support/ticket-opened', 'trial_ended', 'café_visited', 'invoice.paid', 'video_watched', 'feature_used'] as const;
