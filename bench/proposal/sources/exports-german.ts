/** German exports of CRM, address-book, shop and help-desk products; form as in crm-english.ts. Origin: the products' German interfaces and help pages. */
export const exportsGerman = `
# outlook kontakte person de
Anrede | Anrede | prefix
Vorname | Vorname | first
Weitere Vornamen | Weitere Vornamen | middle
Nachname | Nachname | last
Suffix | Suffix | suffix
Firma | Firma | company
Abteilung | Abteilung | dept
Position | Position | job
Straße geschäftlich | Straße geschäftlich | street
Ort geschäftlich | Ort geschäftlich | city
Region geschäftlich | Region geschäftlich | region
Postleitzahl geschäftlich | Postleitzahl geschäftlich | zip
Land/Region geschäftlich | Land/Region geschäftlich | country
Straße privat | Straße privat | - | street
Ort privat | Ort privat | - | city
Postleitzahl privat | Postleitzahl privat | - | zip
Telefon geschäftlich | Telefon geschäftlich | phone
Fax geschäftlich | Fax geschäftlich | - | phone
Telefon (privat) | Telefon (privat) | - | phone
Mobiltelefon | Mobiltelefon | mobile
E-Mail-Adresse | E-Mail-Adresse | email
E-Mail 2: Adresse | E-Mail 2: Adresse | - | email
Webseite | Webseite | website
Geburtstag | Geburtstag | birthday
Geschlecht | Geschlecht | gender
Kategorien | Kategorien | tags
Notizen | Notizen | notes
Partner | Partner | - | first
Name des/der Vorgesetzten | Name des/der Vorgesetzten | - | full
Name Assistent | Name Assistent | - | full
Sprache | Sprache | lang
Beruf | Beruf | - | enum:Kaufmann,Techniker
Jahrestag | Jahrestag | - | date
# centralstation firmen organisation de
ID | ID | id
Firma | Firma | company
Beschreibung | Beschreibung | desc
Straße | Straße | street
PLZ | PLZ | zip
Ort | Ort | city
Bundesland | Bundesland | region
Land | Land | country
Telefon | Telefon | phone
Fax | Fax | - | phone
E-Mail | E-Mail | email
Homepage | Homepage | website
USt-IdNr. | USt-IdNr. | vat
Handelsregister-Nr. | Handelsregister-Nr. | regno
Kundennummer | Kundennummer | accountno
Branche | Branche | industry
Anzahl Mitarbeiter | Anzahl Mitarbeiter | employees
Jahresumsatz | Jahresumsatz | revenue
Schlagworte | Schlagworte | tags
Verantwortlicher | Verantwortlicher | owner
Bemerkung | Bemerkung | notes
Zahlungsziel | Zahlungsziel | terms
IBAN | IBAN | iban
BIC | BIC | - | bic
Angelegt am | Angelegt am | created
Geändert am | Geändert am | updated
Letzter Kontakt | Letzter Kontakt | lastcontact
# weclapp kunden organisation de
Kundennr. | Kundennr. | accountno
Firma | Firma | company
Firma 2 | Firma 2 | - | company
Anschrift Straße 1 | Anschrift Straße 1 | street
Anschrift Straße 2 | Anschrift Straße 2 | street2
Anschrift PLZ | Anschrift PLZ | zip
Anschrift Ort | Anschrift Ort | city
Anschrift Land | Anschrift Land | country
Lieferanschrift Straße | Lieferanschrift Straße | - | street
Lieferanschrift Ort | Lieferanschrift Ort | - | city
Telefon | Telefon | phone
Mobil | Mobil | mobile
Telefax | Telefax | - | phone
E-Mail | E-Mail | email
Website | Website | website
Umsatzsteuer-ID | Umsatzsteuer-ID | vat
Steuernummer | Steuernummer | taxno
Zahlungsbedingung | Zahlungsbedingung | terms
Kreditlimit | Kreditlimit | credit
Währung | Währung | - | enum:EUR,CHF
Vertriebsmitarbeiter | Vertriebsmitarbeiter | owner
Kundenkategorie | Kundenkategorie | ctype
Preisliste | Preisliste | pricelist
Gesperrt | Gesperrt | - | bool
Interne Notiz | Interne Notiz | notes
Erstellungsdatum | Erstellungsdatum | created
# cas kontakte person de
GGUID | GGUID | id | hexid
Adressnummer | Adressnummer | accountno
Anrede | Anrede | prefix
Titel | Titel | - | enum:Dr.,Prof.
Vorname | Vorname | first
Name | Name | last
Firma | Firma | company
Funktion | Funktion | job
Abteilung | Abteilung | dept
Strasse | Strasse | street
PLZ | PLZ | zip
Ort | Ort | city
Land | Land | country
Telefon gesch. | Telefon gesch. | phone
Telefon Durchwahl | Telefon Durchwahl | - | small
Mobil gesch. | Mobil gesch. | mobile
Fax gesch. | Fax gesch. | - | phone
E-Mail gesch. | E-Mail gesch. | email
E-Mail priv. | E-Mail priv. | - | email
Internet | Internet | website
Geburtsdatum | Geburtsdatum | birthday
Newsletter | Newsletter | optin
Werbesperre | Werbesperre | optout
Betreuer | Betreuer | owner
Kundenart | Kundenart | ctype
ABC-Klasse | ABC-Klasse | - | enum:A,B,C
Notizen | Notizen | notes
Angelegt von | Angelegt von | - | full
Angelegt am | Angelegt am | created
Letzte Änderung | Letzte Änderung | updated
# pipedrive2 deals deal de
ID | ID | id
Titel | Titel | dname
Wert | Wert | amount
Währung | Währung | currency
Gewichteter Wert | Gewichteter Wert | weighted
Wahrscheinlichkeit | Wahrscheinlichkeit | prob
Organisation | Organisation | orgRef | company
Kontaktperson | Kontaktperson | contact | full
Besitzer | Besitzer | owner
Phase | Phase | stage
Pipeline | Pipeline | pipeline
Status | Status | dstatus
Label | Label | tags
Erwartetes Abschlussdatum | Erwartetes Abschlussdatum | close
Grund für Verlust | Grund für Verlust | lostReason
Deal erstellt | Deal erstellt | created
Letzte Änderung | Letzte Änderung | updated
Gewonnen am | Gewonnen am | - | datetime
Verloren am | Verloren am | - | datetime
Deal geschlossen am | Deal geschlossen am | closedAt
Anzahl Aktivitäten | Anzahl Aktivitäten | - | int
Nächste Aktivität am | Nächste Aktivität am | - | date
Produktname | Produktname | - | enum:Basis,Profi
Quelle | Quelle | source
Ersteller | Ersteller | - | full
# verkauf verkaufschancen deal de
Verkaufschance | Verkaufschance | dname
Kunde | Kunde | orgRef | company
Ansprechpartner | Ansprechpartner | contact | full
Auftragswert | Auftragswert | amount
Abschlusswahrscheinlichkeit | Abschlusswahrscheinlichkeit | prob
Voraussichtl. Abschluss | Voraussichtl. Abschluss | close
Verkaufsphase | Verkaufsphase | stage
Zuständig | Zuständig | owner
Vertriebsteam | Vertriebsteam | team
Herkunft | Herkunft | source
Kampagne | Kampagne | campaign
Wettbewerber | Wettbewerber | - | company
Verlustgrund | Verlustgrund | lostReason
Priorität | Priorität | priority
Nächster Schritt | Nächster Schritt | nextstep
Bemerkungen | Bemerkungen | notes
E-Mail Ansprechpartner | E-Mail Ansprechpartner | contactEmail
Telefon Ansprechpartner | Telefon Ansprechpartner | contactPhone
Rabatt % | Rabatt % | - | rate
Deckungsbeitrag | Deckungsbeitrag | - | money
Erfasst am | Erfasst am | created
# zammad tickets ticket de
Nummer | Nummer | tno
Titel | Titel | subject
Beschreibung | Beschreibung | body
Kunde | Kunde | requester | full
E-Mail Kunde | E-Mail Kunde | reqEmail
Organisation | Organisation | orgRef | company
Gruppe | Gruppe | team
Besitzer | Besitzer | assignee
Status | Status | tstatus
Priorität | Priorität | tpriority
Kategorie | Kategorie | tcat
Typ | Typ | ttype
Kanal | Kanal | channel
Tags | Tags | tags
Erstellt am | Erstellt am | created
Aktualisiert am | Aktualisiert am | updated
Geschlossen am | Geschlossen am | closed
Erste Antwort am | Erste Antwort am | firstresp
Fällig am | Fällig am | due
Eskaliert am | Eskaliert am | - | datetime
Lösung | Lösung | - | text
Zeitaufwand | Zeitaufwand | - | int
Anzahl Artikel | Anzahl Artikel | - | int
Zufriedenheit | Zufriedenheit | csat
Letzter Kontakt Kunde | Letzter Kontakt Kunde | - | datetime
# personio mitarbeiter person de
Personalnummer | Personalnummer | - | int
Vorname | Vorname | first
Nachname | Nachname | last
E-Mail | E-Mail | email
Private E-Mail | Private E-Mail | - | email
Telefon dienstlich | Telefon dienstlich | phone
Mobil privat | Mobil privat | - | mobile
Geburtsdatum | Geburtsdatum | birthday
Geschlecht | Geschlecht | gender
Familienstand | Familienstand | - | enum:ledig,verheiratet
Nationalität | Nationalität | - | country
Position | Position | job
Abteilung | Abteilung | dept
Standort | Standort | - | city
Vorgesetzter | Vorgesetzter | - | full
Eintrittsdatum | Eintrittsdatum | - | date
Austrittsdatum | Austrittsdatum | - | date
Straße und Hausnummer | Straße und Hausnummer | street
PLZ | PLZ | zip
Stadt | Stadt | city
Land | Land | country
IBAN | IBAN | iban
Steuerklasse | Steuerklasse | - | small
Gehalt | Gehalt | - | money
# shopware kunden person de
Kundennummer | Kundennummer | accountno
Anrede | Anrede | prefix
Vorname | Vorname | first
Nachname | Nachname | last
Firma | Firma | company
E-Mail-Adresse | E-Mail-Adresse | email
Telefonnummer | Telefonnummer | phone
Rechnungsadresse Straße | Rechnungsadresse Straße | street
Rechnungsadresse PLZ | Rechnungsadresse PLZ | zip
Rechnungsadresse Ort | Rechnungsadresse Ort | city
Rechnungsadresse Land | Rechnungsadresse Land | country
Lieferadresse Straße | Lieferadresse Straße | - | street
Lieferadresse Ort | Lieferadresse Ort | - | city
Kundengruppe | Kundengruppe | ctype
Geburtstag | Geburtstag | birthday
USt-ID | USt-ID | vat
Anzahl Bestellungen | Anzahl Bestellungen | - | int
Gesamtumsatz | Gesamtumsatz | - | money
Letzte Bestellung | Letzte Bestellung | - | date
Letzte Anmeldung | Letzte Anmeldung | lastseen
Newsletter abonniert | Newsletter abonniert | optin
Gast | Gast | - | bool
Sprache | Sprache | lang
Aktiv | Aktiv | active
Registriert am | Registriert am | signup
`;
