/** German, French, Spanish and Polish vendors for calibration and scoring only; form as in unseen-english.ts. */
export const unseenLanguages = `
# lexware kunden organisation de
Kunden-Nr. | accountno
Firmenname | company
Namenszusatz | -:company
Straße u. Hausnr. | street
Adresszusatz | street2
Postleitzahl | zip
Stadt | city
Land | country
Telefon 1 | phone
Telefon 2 | -:phone
Faxnummer | -:phone
Mobiltelefon | mobile
E-Mail-Adresse | email
Internetadresse | website
Umsatzsteuer-ID-Nr. | vat
Steuer-Nr. | taxno
Bankverbindung IBAN | iban
Zahlungsbedingungen | terms
Rabattgruppe | -:enum:A,B
Preisgruppe | pricelist
Ansprechpartner | -:full
Sachbearbeiter | owner
Notizfeld | notes
Anlagedatum | created
Umsatz Vorjahr | revenue
Sperrvermerk | -:bool
# hubspotde kontakte person de
Datensatz-ID | id
Vorname | first
Nachname | last
E-Mail | email
Telefonnummer | phone
Mobiltelefonnummer | mobile
Jobtitel | job
Unternehmensname | company
Website-URL | website
Straße | street
Stadt | city
Bundesland/Region | region
Postleitzahl | zip
Land/Region | country
Lifecycle-Phase | lifecycle
Lead-Status | pstatus
Für Kontakt zuständiger Mitarbeiter | owner
Ursprüngliche Quelle | source
Von allen E-Mails abgemeldet | optout
Bevorzugte Sprache | lang
Erstelldatum | created
Datum der letzten Änderung | updated
Letzte Kontaktaufnahme | lastcontact
Anzahl zugeordneter Deals | -:int
Faxnummer | -:phone
HubSpot-Bewertung | -:int
# zohode leads lead de
Lead-ID | id
Vorname | first
Nachname | last
Firma | company
Titel | job
E-Mail | email
Telefon | phone
Mobil | mobile
Fax | -:phone
Website | website
Lead-Quelle | source
Lead-Status | pstatus
Branche | pindustry
Anzahl der Mitarbeiter | pemployees
Jahresumsatz | prevenue
Bewertung | rating
Lead-Eigentümer | owner
Straße | street
Stadt | city
Bundesland | region
PLZ | zip
Land | country
Beschreibung | desc
Tag | tags
E-Mail-Abmeldung | optout
Skype-ID | -:handle
Erstellt von | -:full
Erstellungszeit | created
Änderungszeit | updated
# freshdeskde tickets ticket de
Ticket-ID | tno
Betreff | subject
Beschreibung | body
Status | tstatus
Priorität | tpriority
Quelle | channel
Typ | ttype
Agent | assignee
Gruppe | team
Name des Anfragenden | requester
E-Mail des Anfragenden | reqEmail
Firma | orgRef
Schlagwörter | tags
Erstellungszeit | created
Fälligkeitsdatum | due
Zeit der ersten Antwort | firstresp
Gelöst am | resolved
Geschlossen am | closed
Zuletzt aktualisiert | updated
Anzahl der Agenten-Interaktionen | -:int
Umfrageergebnis | csat
Lösungsstatus | -:enum:Innerhalb SLA,Verletzt
# teamleader societes organisation fr
Nom de l'entreprise | company
Forme sociale | -:enum:SA,SPRL
Numéro de TVA | vat
Adresse e-mail | email
Numéro de téléphone | phone
Site internet | website
Rue et numéro | street
Code postal | zip
Localité | city
Pays | country
Secteur | industry
Responsable du compte | owner
Délai de paiement | terms
Langue | lang
IBAN | iban
BIC | -:bic
Tags | tags
Infos complémentaires | notes
Newsletter | optin
Ajouté le | created
Dernière mise à jour | updated
Adresse de livraison - rue | -:street
Adresse de livraison - ville | -:city
# salesforcefr opportunites deal fr
ID de l'opportunité | id
Nom de l'opportunité | dname
Nom du compte | orgRef
Montant | amount
Revenu escompté | weighted
Date de clôture | close
Étape | stage
Probabilité (%) | prob
Type | dtype
Origine de la piste | source
Source principale de la campagne | campaign
Prochaine étape | nextstep
Description | desc
Propriétaire de l'opportunité | owner
Devise de l'opportunité | currency
Créé par | -:full
Date de création | created
Date de dernière modification | updated
Catégorie de prévision | -:enum:Pipeline,Engagement
Privé | -:bool
# zendeskfr tickets ticket fr
Id du ticket | tno
Sujet | subject
Description | body
Demandeur | requester
Adresse e-mail du demandeur | reqEmail
Assigné à | assignee
Groupe | team
Organisation | orgRef
Statut du ticket | tstatus
Priorité | tpriority
Type de ticket | ttype
Canal | channel
Marqueurs | tags
Date de création | created
Date de mise à jour | updated
Date de résolution | resolved
Première réponse | firstresp
Échéance | due
Score de satisfaction | csat
Commentaire de satisfaction | csatComment
Nombre de réouvertures | -:int
Marque | Marque | brand | enum:Nord,Sud
# ebp clients person fr
Code | accountno
Civilité | prefix
Nom | last
Prénom | first
Raison sociale | company
Adresse 1 | street
Adresse 2 | street2
CP | zip
Ville | city
Département | -:enum:35,44,69
Pays | country
Tél. fixe | phone
Tél. portable | mobile
Télécopie | -:phone
E-mail | email
Site Web | website
N° TVA | vat
N° SIRET | regno
Mode de règlement | terms
Plafond de crédit | credit
Remise | -:rate
Commercial | owner
Famille de client | ctype
Date de naissance | birthday
Observations | notes
# pipedrivees negocios deal es
ID | id
Título | dname
Valor | amount
Moneda | currency
Valor ponderado | weighted
Probabilidad | prob
Organización | orgRef
Persona de contacto | contact
Propietario | owner
Etapa | stage
Embudo | pipeline
Estado | dstatus
Fecha prevista de cierre | close
Motivo de la pérdida | lostReason
Etiqueta | tags
Negocio creado | created
Hora de actualización | updated
Negocio cerrado el | closedAt
Total de actividades | -:int
Fecha de la próxima actividad | -:date
Último cambio de etapa | stagechanged
# a3 empresas organisation es
Código cliente | accountno
Razón social | company
Nombre comercial | -:company
CIF | vat
Domicilio | street
Cód. postal | zip
Población | city
Provincia | region
País | country
Teléfono 1 | phone
Teléfono móvil | mobile
Fax | -:phone
Correo electrónico | email
Sitio web | website
Actividad | industry
Número de trabajadores | employees
Volumen de negocio | revenue
Forma de pago | terms
Límite de crédito | credit
Tarifa | pricelist
Cuenta bancaria | iban
Comercial | owner
Notas | notes
Fecha de alta | created
Fecha de baja | -:date
Persona de contacto | -:full
# freshsaleses contactos person es
Nombre | first
Apellido | last
Puesto | job
Cuenta | company
Correo electrónico | email
Trabajo | phone
Móvil | mobile
Dirección | street
Ciudad | city
Estado | region
Código postal | zip
País | country
Fuente | source
Etapa del ciclo de vida | lifecycle
Estatus | pstatus
Propietario de ventas | owner
Etiquetas | tags
Puntaje | -:int
Zona horaria | tz
Último contacto | lastcontact
Estado de suscripción | -:enum:Suscrito,No suscrito
Creado el | created
Actualizado el | updated
# ifirma kontrahenci organisation pl
Nazwa kontrahenta | company
Nazwa skrócona | -:company
NIP | vat
REGON | regno
Ulica i nr domu | street
Kod pocztowy | zip
Miejscowość | city
Kraj | country
E-mail | email
Telefon | phone
Fax | -:phone
Strona internetowa | website
Numer konta | iban
Termin płatności (dni) | terms
Osoba do kontaktu | -:full
Opis | desc
Typ kontrahenta | ctype
Identyfikator | id
Data dodania | created
Czy odbiorca | -:bool
# hubspotpl transakcje deal pl
Identyfikator rekordu | id
Nazwa transakcji | dname
Kwota | amount
Etap transakcji | stage
Lejek | pipeline
Data zamknięcia | close
Właściciel transakcji | owner
Typ transakcji | dtype
Priorytet | priority
Prawdopodobieństwo transakcji | prob
Opis transakcji | desc
Powód utraty | lostReason
Waluta | currency
Kwota prognozowana | weighted
Powiązana firma | orgRef
Data utworzenia | created
Data ostatniej modyfikacji | updated
Następny krok | nextstep
Liczba powiązanych kontaktów | -:int
Pierwotne źródło | source
# raynet kontakty person pl
Tytuł przed nazwiskiem | -:enum:dr,mgr
Imię | first
Nazwisko | last
Stanowisko | job
Firma | company
E-mail | email
E-mail 2 | -:email
Telefon 1 | phone
Telefon 2 | -:phone
Ulica | street
Miasto | city
Województwo | region
Kod pocztowy | zip
Kraj | country
Data urodzenia | birthday
Opiekun | owner
Źródło pozyskania | source
Tagi | tags
Notatki | notes
Zgoda na newsletter | optin
Facebook | facebook
Data utworzenia | created
Data ostatniej zmiany | updated
Ocena | -:enum:A,B,C
# freshdeskpl zgloszenia ticket pl
ID zgłoszenia | tno
Temat | subject
Opis | body
Status | tstatus
Priorytet | tpriority
Źródło | channel
Typ | ttype
Agent | assignee
Grupa | team
Imię i nazwisko zgłaszającego | requester
E-mail zgłaszającego | reqEmail
Telefon zgłaszającego | reqPhone
Firma | orgRef
Znaczniki | tags
Utworzono | created
Termin realizacji | due
Rozwiązano | resolved
Zamknięto | closed
Ostatnia aktualizacja | updated
Wynik ankiety | csat
Interakcje agenta | -:int
`;
