/** French exports; form as in crm-english.ts. Origin: the products' French interfaces and help pages. */
export const exportsFrench = `
# sellsy societes organisation fr
Identifiant | Identifiant | id
Raison sociale | Raison sociale | company
Forme juridique | Forme juridique | - | enum:SAS,SARL,SA
SIRET | SIRET | regno
Code APE | Code APE | - | enum:6201Z,4690Z
N° TVA intracommunautaire | N° TVA intracommunautaire | vat
Adresse | Adresse | street
Complément d'adresse | Complément d'adresse | street2
Code postal | Code postal | zip
Ville | Ville | city
Pays | Pays | country
Téléphone | Téléphone | phone
Portable | Portable | mobile
Fax | Fax | - | phone
E-mail | E-mail | email
Site web | Site web | website
Secteur d'activité | Secteur d'activité | industry
Effectif | Effectif | employees
Chiffre d'affaires annuel | Chiffre d'affaires annuel | revenue
Type de client | Type de client | ctype
Propriétaire | Propriétaire | owner
Tags | Tags | tags
Commentaire | Commentaire | notes
Conditions de paiement | Conditions de paiement | terms
Encours autorisé | Encours autorisé | credit
Code client | Code client | accountno
Date de création | Date de création | created
Dernière modification | Dernière modification | updated
# axonaut contacts person fr
Civilité | Civilité | prefix
Prénom | Prénom | first
Nom | Nom | last
Société | Société | company
Fonction | Fonction | job
Adresse e-mail | Adresse e-mail | email
Téléphone fixe | Téléphone fixe | phone
Téléphone portable | Téléphone portable | mobile
Téléphone personnel | Téléphone personnel | - | phone
Rue | Rue | street
Code postal | Code postal | zip
Ville | Ville | city
Région | Région | region
Pays | Pays | country
Date de naissance | Date de naissance | birthday
Langue | Langue | lang
Origine | Origine | source
Statut du prospect | Statut du prospect | pstatus
Étiquettes | Étiquettes | tags
Remarques | Remarques | notes
Désinscrit de la newsletter | Désinscrit de la newsletter | optout
Commercial | Commercial | owner
Dernier contact | Dernier contact | lastcontact
Date d'ajout | Date d'ajout | created
Modifié le | Modifié le | updated
Nombre de factures | Nombre de factures | - | int
Total facturé | Total facturé | - | money
# nocrm opportunites deal fr
Identifiant | Identifiant | id
Nom de l'opportunité | Nom de l'opportunité | dname
Société | Société | orgRef | company
Contact principal | Contact principal | contact | full
Montant estimé | Montant estimé | amount
Probabilité | Probabilité | prob
Montant pondéré | Montant pondéré | weighted
Étape | Étape | stage
Statut | Statut | dstatus
Pipeline de vente | Pipeline de vente | pipeline
Date de clôture prévue | Date de clôture prévue | close
Attribué à | Attribué à | owner
Équipe | Équipe | team
Source | Source | source
Raison de la perte | Raison de la perte | lostReason
Priorité | Priorité | priority
Description | Description | desc
Devise | Devise | currency
Prochaine action | Prochaine action | nextstep
Date de la prochaine activité | Date de la prochaine activité | - | date
E-mail du contact | E-mail du contact | contactEmail
Téléphone du contact | Téléphone du contact | contactPhone
Concurrents | Concurrents | - | company
Créé le | Créé le | created
Mis à jour le | Mis à jour le | updated
Date de gain | Date de gain | - | date
# glpi tickets ticket fr
ID | ID | tno
Titre | Titre | subject
Description | Description | body
Type | Type | ttype
Catégorie | Catégorie | tcat
Statut | Statut | tstatus
Urgence | Urgence | tpriority
Impact | Impact | - | enum:Moyen,Haut
Demandeur | Demandeur | requester | full
E-mail du demandeur | E-mail du demandeur | reqEmail
Technicien | Technicien | assignee
Groupe de techniciens | Groupe de techniciens | team
Entité | Entité | - | company
Source de la demande | Source de la demande | channel
Lieu | Lieu | - | city
Date d'ouverture | Date d'ouverture | created
Date de résolution | Date de résolution | resolved
Date de clôture | Date de clôture | closed
Échéance | Échéance | due
Dernière modification | Dernière modification | updated
Observateurs | Observateurs | - | full
Solution | Solution | - | text
Satisfaction | Satisfaction | csat
Commentaire de satisfaction | Commentaire de satisfaction | csatComment
Nombre de suivis | Nombre de suivis | - | int
# brevo contacts person fr
EMAIL | EMAIL | email
NOM | Nom | last
PRENOM | Prénom | first
SMS | SMS | mobile
TELEPHONE | Téléphone | phone
SOCIETE | Société | company
POSTE | Poste | job
VILLE | Ville | city
CODE_POSTAL | Code postal | zip
PAYS | Pays | country
DATE_NAISSANCE | Date de naissance | birthday
LANGUE | Langue | lang
LISTES | Listes | - | enum:Clients,Prospects
DATE_AJOUT | Date d'ajout | created
DATE_MODIFICATION | Date de modification | updated
OUVERTURES | Ouvertures | - | int
CLICS | Clics | - | int
BLACKLIST | Désabonné | optout
OPT_IN | Opt-in | optin
# prestashop clients person fr
ID | ID | id
Titre de civilité | Titre de civilité | prefix
Prénom | Prénom | first
Nom | Nom | last
Adresse e-mail | Adresse e-mail | email
Société | Société | company
SIRET | SIRET | regno
Adresse de facturation | Adresse de facturation | street
Code postal de facturation | Code postal de facturation | zip
Ville de facturation | Ville de facturation | city
Pays de facturation | Pays de facturation | country
Adresse de livraison | Adresse de livraison | - | street
Ville de livraison | Ville de livraison | - | city
Téléphone mobile | Téléphone mobile | mobile
Téléphone | Téléphone | phone
Date de naissance | Date de naissance | birthday
Newsletter | Newsletter | optin
Offres partenaires | Offres partenaires | - | bool
Groupe par défaut | Groupe par défaut | ctype
Total des ventes | Total des ventes | - | money
Activé | Activé | active
Date d'inscription | Date d'inscription | signup
Dernière visite | Dernière visite | lastseen
# zoho2 prospects lead fr
ID du prospect | ID du prospect | id
Prénom | Prénom | first
Nom de famille | Nom de famille | last
Entreprise | Entreprise | company
Intitulé de poste | Intitulé de poste | job
Adresse e-mail | Adresse e-mail | email
E-mail secondaire | E-mail secondaire | - | email
Téléphone | Téléphone | phone
Mobile | Mobile | mobile
Télécopie | Télécopie | - | phone
Site Web | Site Web | website
Source du prospect | Source du prospect | source
Statut du prospect | Statut du prospect | pstatus
Secteur | Secteur | pindustry
Nombre d'employés | Nombre d'employés | pemployees
Revenus annuels | Revenus annuels | prevenue
Évaluation | Évaluation | rating
Identifiant Skype | Identifiant Skype | - | handle
Twitter | Twitter | twitter
Rue | Rue | street
Ville | Ville | city
État/Province | État/Province | region
Code postal | Code postal | zip
Pays | Pays | country
Description | Description | desc
Balise | Balise | tags
Désinscription de la liste de diffusion | Désinscription de la liste de diffusion | optout
Créé par | Créé par | - | full
Propriétaire du prospect | Propriétaire du prospect | owner
Heure de création | Heure de création | created
Heure de modification | Heure de modification | updated
`;
