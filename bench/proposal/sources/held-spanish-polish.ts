/** Spanish and Polish vendors that are only calibrated on or scored, or that came late; form as in unseen-english.ts. */
export const heldSpanishPolish = `
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
