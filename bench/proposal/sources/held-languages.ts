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
# zendeskes tickets ticket es
ID de ticket | tno
Asunto | subject
Descripción | body
Solicitante | requester
Correo electrónico del solicitante | reqEmail
Asignatario | assignee
Grupo | team
Organización | orgRef
Estado | tstatus
Prioridad | tpriority
Tipo | ttype
Canal | channel
Etiquetas | tags
Fecha de creación | created
Última actualización | updated
Fecha de resolución | resolved
Vence el | due
Calificación de satisfacción | csat
Comentario de satisfacción | csatComment
Marca | brand
Reaperturas | -:int
# hubspotes empresas organisation es
ID de registro | id
Nombre de la empresa | company
Nombre de dominio de la empresa | domain
Número de teléfono | phone
Dirección | street
Código postal | zip
Ciudad | city
Estado o región | region
País o región | country
Sector | industry
Número de empleados | employees
Ingresos anuales | revenue
Descripción | desc
Tipo | ctype
Propietario de la empresa | owner
Año de fundación | founded
Zona horaria | tz
Página de empresa en LinkedIn | linkedin
Fecha de creación | created
Fecha de última modificación | updated
Número de contactos asociados | -:int
# salesforcees contactos person es
Id. del contacto | id
Tratamiento | prefix
Nombre | first
Apellidos | last
Nombre de la cuenta | company
Cargo | job
Departamento | dept
Correo electrónico | email
Teléfono | phone
Móvil | mobile
Teléfono particular | -:phone
Otro teléfono | -:phone
Fax | -:phone
Calle de correspondencia | street
Ciudad de correspondencia | city
Código postal de correspondencia | zip
País de correspondencia | country
Fecha de nacimiento | birthday
Responsable | -:full
Asistente | -:full
Origen del candidato | source
Descripción | desc
Propietario del contacto | owner
No enviar correo electrónico | optout
Fecha de creación | created
Última modificación | updated
# factorial empleados person es
Nombre | first
Apellidos | last
Correo electrónico | email
Correo personal | -:email
Teléfono | phone
Puesto | job
Equipo | -:enum:Ventas,IT
Fecha de nacimiento | birthday
Género | gender
Nacionalidad | -:country
Documento de identidad | -:natid
Fecha de incorporación | -:date
Fecha de baja | -:date
Responsable directo | -:full
Dirección | street
Ciudad | city
Código postal | zip
Provincia | region
País | country
Salario bruto | -:money
IBAN | iban
# prestashopes clientes person es
ID | id
Tratamiento | prefix
Nombre | first
Apellidos | last
Dirección de correo electrónico | email
Empresa | company
Ventas | -:money
Activado | active
Boletín de noticias | optin
Ofertas de asociados | -:bool
Fecha de registro | signup
Última visita | lastseen
Dirección | street
Dirección (2) | street2
Código postal/Zip | zip
Ciudad | city
País | country
Teléfono fijo | phone
Teléfono móvil | mobile
Número de identificación fiscal | vat
# pipedrivepl osoby person pl
ID | id
Nazwa | full
Imię | first
Nazwisko | last
Organizacja | company
E-mail - Praca | email
E-mail - Dom | -:email
Telefon - Praca | phone
Telefon - Komórka | mobile
Etykieta | tags
Właściciel | owner
Otwarte szanse sprzedaży | -:int
Data ostatniej aktywności | lastactivity
Data następnej aktywności | -:date
Osoba utworzona | created
Czas aktualizacji | updated
Stanowisko | job
Adres pocztowy | fulladdr
Urodziny | birthday
Notatki | notes
# zohopl transakcje deal pl
ID rekordu | id
Nazwa transakcji | dname
Nazwa firmy | orgRef
Nazwisko kontaktu | contactName
Kwota | amount
Data zamknięcia | close
Etap | stage
Prawdopodobieństwo (%) | prob
Oczekiwany przychód | weighted
Następny krok | nextstep
Typ | dtype
Źródło leada | source
Źródło kampanii | campaign
Opis | desc
Właściciel transakcji | owner
Waluta | currency
Powód przegranej | lostReason
Utworzone przez | -:full
Czas utworzenia | created
Czas modyfikacji | updated
Tag | tags
# fakturownia klienci organisation pl
Nazwa | company
NIP | vat
Ulica | street
Kod pocztowy | zip
Miasto | city
Kraj | country
E-mail | email
Telefon | phone
Telefon komórkowy | mobile
Strona WWW | website
Numer konta bankowego | iban
Bank | -:company
Uwagi | notes
Kategoria | ctype
Termin płatności | terms
Rabat | -:rate
Identyfikator zewnętrzny | extid
Osoba kontaktowa | -:full
Utworzono | created
Adres do korespondencji - ulica | -:street
# shoper klienci person pl
ID klienta | id
Imię | first
Nazwisko | last
Adres e-mail | email
Telefon | phone
Firma | company
NIP | vat
Ulica i numer | street
Kod pocztowy | zip
Miasto | city
Kraj | country
Grupa klientów | ctype
Newsletter | optin
Data rejestracji | signup
Data ostatniego logowania | lastseen
Liczba zamówień | -:int
Wartość zamówień | -:money
Komentarz | notes
Aktywny | active
Język | lang
# zendeskpl zgloszenia ticket pl
Numer | tno
Temat | subject
Opis | body
Zgłaszający | requester
Adres e-mail zgłaszającego | reqEmail
Przypisany do | assignee
Grupa | team
Organizacja | orgRef
Status | tstatus
Priorytet | tpriority
Typ | ttype
Kanał | channel
Tagi | tags
Data utworzenia | created
Data aktualizacji | updated
Data rozwiązania | resolved
Termin | due
Ocena satysfakcji | csat
Komentarz do oceny | csatComment
Marka | brand
Liczba odpowiedzi | -:int
`;
