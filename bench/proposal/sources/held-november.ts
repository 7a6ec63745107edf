/**
 * Seven more products, four languages, for scoring only: written down after the matcher was finished, from how their interfaces and
 * exports name things as far as the evaluator knows them. Form as in unseen-english.ts.
 */
export const heldNovember = `
# bexio kontakte person de
Kontakt-Nr. | accountno
Anrede | prefix
Name 1 | last
Name 2 | first
Firma | company
Geburtsdatum | birthday
Strasse + Nr. | street
Adresszusatz | street2
PLZ | zip
Ort | city
Land | country
E-Mail | email
E-Mail 2 | -:email
Festnetz | phone
Festnetz 2 | -:phone
Mobile | mobile
Fax | -:phone
Webseite | website
Skype-Name | -:handle
Sprache | lang
Branche | pindustry
Kategorien | tags
Ansprechpartner bei uns | owner
Bemerkungen | notes
Zuletzt geändert | updated
# billomat kunden organisation de
Kundennummer | accountno
Firma | company
Straße | street
Postleitzahl | zip
Ort | city
Bundesland/Kanton | region
Länderkürzel | countryCode
Vorname des Ansprechpartners | -:given
Nachname des Ansprechpartners | -:family
Telefonnummer | phone
Mobilfunknummer | mobile
E-Mail-Adresse | email
Homepage | website
Steuernummer | taxno
Umsatzsteuer-Identifikationsnummer | vat
Kontonummer (IBAN) | iban
Rabatt in % | -:percent
Zahlungsziel (Tage) | terms
Schlagworte | tags
Notiz | notes
Mahnstufe | -:small
Angelegt am | created
# efficy contacts person fr
N° contact | id
Civilité | prefix
Prénom | first
Nom de famille | last
Société | company
Fonction | job
Service | dept
Tél. direct | phone
Tél. mobile | mobile
Télécopie | -:phone
Adresse e-mail | email
E-mail privé | -:email
Rue et numéro | street
Complément d'adresse | street2
CP | zip
Localité | city
Pays | country
Langue | lang
Date de naissance | birthday
Commercial attitré | owner
Origine du contact | source
Mots-clés | tags
Ne plus mailer | optout
Commentaire interne | notes
Créé le | created
Modifié le | updated
Photo | photo
# forcemanager cuentas organisation es
Código de cuenta | accountno
Razón social | company
CIF/NIF | vat
Tipo de cuenta | ctype
Sector de actividad | industry
Dirección postal | street
Código postal | zip
Localidad | city
Provincia | region
País | country
Teléfono principal | phone
Segundo teléfono | -:phone
Correo electrónico | email
Página web | website
Comercial asignado | owner
Facturación anual | revenue
Número de empleados | employees
Observaciones | notes
Etiquetas | tags
Latitud | lat
Longitud | lng
Última visita | -:date
Fecha de alta | created
Cuenta matriz | parent
# firmao klienci organisation pl
Nazwa skrócona | -:company
Pełna nazwa firmy | company
NIP | vat
REGON | regno
Ulica i numer | street
Kod pocztowy | zip
Miejscowość | city
Województwo | region
Kraj | country
Numer telefonu | phone
Faks | -:phone
Adres e-mail | email
Strona internetowa | website
Branża | industry
Liczba zatrudnionych | employees
Typ klienta | ctype
Opiekun handlowy | owner
Źródło pozyskania | source
Etykiety | tags
Uwagi | notes
Termin płatności | terms
Nr konta bankowego | iban
Data utworzenia | created
Data ostatniego kontaktu | lastcontact
# salesflare contacts person en
id | ID | id
prefix | Prefix | prefix
firstname | First name | first
middle | Middle name | middle
lastname | Last name | last
email | Email | email
emails.secondary | Secondary email | -:email
phone_number | Phone number | phone
mobile_phone_number | Mobile phone number | mobile
home_phone_number | Home phone number | -:phone
fax_number | Fax number | -:phone
address.street | Street | street
address.city | City | city
address.zip | Zip | zip
address.state_region | State / region | region
address.country | Country | country
position.role | Role | job
position.organisation | Organisation | company
social_profiles.linkedin | LinkedIn | linkedin
picture | Picture | photo
birth_date | Birth date | birthday
owner | Owner | owner
tags | Tags | tags
last_interaction_date | Last interaction | lastcontact
creation_date | Creation date | created
archived | Archived | -:bool
# zgloszeniomat zgloszenia ticket pl
Nr zgłoszenia | tno
Temat | subject
Treść zgłoszenia | body
Zgłaszający | requester
E-mail zgłaszającego | reqEmail
Telefon zgłaszającego | reqPhone
Kategoria | tcat
Pilność | tpriority
Stan zgłoszenia | tstatus
Przypisane do | assignee
Zespół | team
Kanał kontaktu | channel
Tagi | tags
Data zgłoszenia | created
Termin realizacji | due
Data pierwszej odpowiedzi | firstresp
Data rozwiązania | resolved
Data zamknięcia | closed
Ocena klienta | csat
Komentarz do oceny | csatComment
Ostatnia zmiana | updated
Numer seryjny urządzenia | -:ref
`;
