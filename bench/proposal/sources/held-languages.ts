/** Vendors in four languages that are only calibrated on or scored; form as in unseen-english.ts. */
export const heldLanguages = `
# salesforcede accounts organisation de
Account-ID | id
Accountname | company
Accountnummer | accountno
Typ | ctype
Übergeordneter Account | parent
Branche | industry
Jahresumsatz | revenue
Mitarbeiter | employees
Telefon | phone
Fax | -:phone
Website | website
Rechnungsstraße | street
Rechnungsort | city
Rechnungsbundesland | region
Rechnungspostleitzahl | zip
Rechnungsland | country
Versandstraße | -:street
Versandort | -:city
Versandpostleitzahl | -:zip
Accountinhaber | owner
Beschreibung | desc
Bewertung | -:enum:Heiß,Kalt
Eigentumsverhältnisse | -:enum:Privat,Öffentlich
Erstellungsdatum | created
Datum der letzten Änderung | updated
# hubspotunternehmen unternehmen organisation de
Datensatz-ID | id
Name des Unternehmens | company
Domainname des Unternehmens | domain
Telefonnummer | phone
Straße | street
Postleitzahl | zip
Stadt | city
Land/Region | country
Branche | industry
Anzahl der Mitarbeiter | employees
Jahresumsatz | revenue
Beschreibung | desc
Typ | ctype
Für Unternehmen zuständiger Mitarbeiter | owner
Gründungsjahr | founded
Lifecycle-Phase | lifecycle
LinkedIn-Unternehmensseite | linkedin
Erstelldatum | created
Letztes Änderungsdatum | updated
Anzahl zugeordneter Kontakte | -:int
# cleverreach empfaenger person de
E-Mail | email
Anrede | prefix
Vorname | first
Nachname | last
Firma | company
Straße | street
PLZ | zip
Ort | city
Land | country
Registriert | signup
Aktiviert | -:datetime
Abgemeldet | -:datetime
Quelle | source
Bounced | bounced
Tags | tags
Bestellungen | -:int
Geburtstag | birthday
# sevdesk kontakte organisation de
Kunden-Nr. | accountno
Organisation | company
Kategorie | ctype
Umsatzsteuer-ID | vat
Steuernummer | taxno
Straße | street
PLZ | zip
Ort | city
Land | country
Telefon | phone
E-Mail | email
Webseite | website
IBAN | iban
BIC | -:bic
Skonto Prozent | -:rate
Zahlungsziel Tage | terms
Debitoren-Nr. | -:ref
Beschreibung | desc
Tags | tags
Offener Betrag | -:money
# otrs tickets ticket de
Ticketnummer | tno
Titel | subject
Kundenbenutzer | requester
Kunden-E-Mail | reqEmail
Kundennummer | -:ref
Queue | team
Besitzer | assignee
Verantwortlicher | -:full
Status | tstatus
Priorität | tpriority
Typ | ttype
Service | tcat
SLA | -:enum:Gold,Silber
Erstellt | created
Geändert | updated
Geschlossen | closed
Erste Reaktion | firstresp
Lösungszeit | -:datetime
Sperre | -:bool
Anzahl Artikel | -:int
# dynamicsde chancen deal de
Thema | dname
Potenzieller Kunde | orgRef
Kontakt | contact
Geschätzter Umsatz | amount
Geschätztes Abschlussdatum | close
Tatsächlicher Umsatz | -:money
Wahrscheinlichkeit | prob
Bewertung | -:enum:Heiß,Warm
Vertriebsphase | stage
Besitzer | owner
Währung | currency
Budgetbetrag | -:money
Kampagne | campaign
Beschreibung | desc
Statusgrund | dstatus
Erstellt am | created
Geändert am | updated
Erstellt von | -:full
# adressbuch kontakte person de
Name | last
Vorname | first
Titel | prefix
Firma/Organisation | company
Berufsbezeichnung | job
Tel. geschäftlich | phone
Tel. privat | -:phone
Mobilnr. | mobile
Telefax | -:phone
E-Mail geschäftlich | email
E-Mail privat | -:email
Straße + Nr. | street
PLZ | zip
Wohnort | city
Staat | country
Homepage | website
Bemerkungen | notes
Gruppe | tags
Erfassungsdatum | created
Geb. | birthday
# hubspotfr contacts person fr
ID de l'objet | id
Prénom | first
Nom | last
E-mail | email
Numéro de téléphone | phone
Numéro de téléphone mobile | mobile
Intitulé du poste | job
Nom de l'entreprise | company
URL du site web | website
Adresse | street
Ville | city
Département/Région | region
Code postal | zip
Pays/Région | country
Phase du cycle de vie | lifecycle
Statut du lead | pstatus
Propriétaire du contact | owner
Source d'origine | source
Désabonné de tous les e-mails | optout
Langue préférée | lang
Date de création | created
Date de dernière modification | updated
Dernier contact | lastcontact
Numéro de fax | -:phone
Nombre de transactions associées | -:int
# pipedrivefr personnes person fr
Nom | full
Prénom | first
Nom de famille | last
Organisation | company
E-mail - Travail | email
E-mail - Domicile | -:email
Téléphone - Travail | phone
Téléphone - Portable | mobile
Étiquette | tags
Propriétaire | owner
Affaires ouvertes | -:int
Dernière activité | lastactivity
Prochaine activité | -:date
Personne créée le | created
Heure de mise à jour | updated
Visible pour | -:enum:1,3
Fonction | job
Adresse postale | fulladdr
Anniversaire | birthday
Remarques | notes
# freshdeskfr contacts person fr
Nom complet | full
Titre | job
E-mail | email
Téléphone professionnel | phone
Téléphone mobile | mobile
Entreprise | company
Adresse | street
Fuseau horaire | tz
Langue | lang
Étiquettes | tags
À propos | desc
Identifiant externe unique | extid
Twitter | twitter
Créé le | created
Mis à jour le | updated
Autres e-mails | -:email
# mailerlite abonnes person fr
E-mail | email
Nom | last
Prénom | first
Entreprise | company
Ville | city
Pays | country
Code postal | zip
Téléphone | phone
Inscrit le | signup
Désinscrit le | -:datetime
Adresse IP | -:ip
Groupes | tags
Ouvertures | -:int
Clics | -:int
Source | source
# pennylane clients organisation fr
Identifiant client | id
Nom du client | company
SIREN | regno
Numéro de TVA | vat
Adresse de facturation | street
Code postal de facturation | zip
Ville de facturation | city
Pays de facturation | country
Adresse de livraison | -:street
E-mails | email
Téléphone | phone
Conditions de règlement | terms
IBAN | iban
Langue de facturation | lang
Notes | notes
Référence | accountno
Solde | -:money
# vtigerfr affaires deal fr
Nom de l'affaire | dname
Organisation | orgRef
Contact | contact
Montant | amount
Date de clôture prévue | close
Phase de vente | stage
Probabilité | prob
Source du lead | source
Prochaine étape | nextstep
Campagne | campaign
Assigné à | owner
Description | desc
Type | dtype
Revenu pondéré | weighted
Motif de perte | lostReason
Date de création | created
Date de modification | updated
`;
