/** Polish exports; form as in crm-english.ts. Origin: the products' Polish interfaces and help pages. */
export const exportsPolish = `
# livespace firmy organisation pl
ID | ID | id | uuid
Nazwa firmy | Nazwa firmy | company
Nazwa skrócona | Nazwa skrócona | - | company
NIP | NIP | vat
REGON | REGON | regno
KRS | KRS | - | natid
Ulica | Ulica | street
Kod pocztowy | Kod pocztowy | zip
Miejscowość | Miejscowość | city
Województwo | Województwo | region
Kraj | Kraj | country
Telefon | Telefon | phone
Telefon kom. | Telefon kom. | mobile
Faks | Faks | - | phone
Adres e-mail | Adres e-mail | email
Strona WWW | Strona WWW | website
Branża | Branża | industry
Liczba pracowników | Liczba pracowników | employees
Roczny przychód | Roczny przychód | revenue
Opiekun | Opiekun | owner
Tagi | Tagi | tags
Uwagi | Uwagi | notes
Źródło | Źródło | source
Typ klienta | Typ klienta | ctype
Data utworzenia | Data utworzenia | created
Data modyfikacji | Data modyfikacji | updated
Ostatni kontakt | Ostatni kontakt | lastcontact
Termin płatności | Termin płatności | terms
Limit kredytowy | Limit kredytowy | credit
# livespace osoby person pl
Imię | Imię | first
Nazwisko | Nazwisko | last
Firma | Firma | company
Stanowisko | Stanowisko | job
Dział | Dział | dept
E-mail służbowy | E-mail służbowy | email
E-mail prywatny | E-mail prywatny | - | email
Telefon służbowy | Telefon służbowy | phone
Telefon komórkowy | Telefon komórkowy | mobile
Adres | Adres | street
Kod pocztowy | Kod pocztowy | zip
Miasto | Miasto | city
Kraj | Kraj | country
Data urodzenia | Data urodzenia | birthday
Płeć | Płeć | gender
Zgoda marketingowa | Zgoda marketingowa | optin
Opiekun handlowy | Opiekun handlowy | owner
Etykiety | Etykiety | tags
Notatka | Notatka | notes
Utworzono | Utworzono | created
Utworzył | Utworzył | - | full
Zmodyfikowano | Zmodyfikowano | updated
LinkedIn | LinkedIn | linkedin
PESEL | PESEL | - | natid
Język | Język | lang
# livespace szanse deal pl
Nazwa szansy | Nazwa szansy | dname
Firma | Firma | orgRef | company
Osoba kontaktowa | Osoba kontaktowa | contact | full
Wartość | Wartość | amount
Waluta | Waluta | currency
Wartość ważona | Wartość ważona | weighted
Prawdopodobieństwo | Prawdopodobieństwo | prob
Etap | Etap | stage
Status | Status | dstatus
Lejek sprzedaży | Lejek sprzedaży | pipeline
Przewidywana data zamknięcia | Przewidywana data zamknięcia | close
Data zamknięcia | Data zamknięcia | closedAt
Opiekun | Opiekun | owner
Zespół | Zespół | team
Źródło pozyskania | Źródło pozyskania | source
Kampania | Kampania | campaign
Powód przegranej | Powód przegranej | lostReason
Priorytet | Priorytet | priority
Następny krok | Następny krok | nextstep
Opis | Opis | desc
Konkurencja | Konkurencja | - | company
Data dodania | Data dodania | created
Ostatnia zmiana etapu | Ostatnia zmiana etapu | stagechanged
E-mail osoby kontaktowej | E-mail osoby kontaktowej | contactEmail
Telefon osoby kontaktowej | Telefon osoby kontaktowej | contactPhone
Liczba dni w etapie | Liczba dni w etapie | - | int
# thulium zgloszenia ticket pl
Numer zgłoszenia | Numer zgłoszenia | tno
Temat | Temat | subject
Treść | Treść | body
Klient | Klient | requester | full
E-mail klienta | E-mail klienta | reqEmail
Telefon klienta | Telefon klienta | reqPhone
Firma | Firma | orgRef | company
Agent | Agent | assignee
Zespół | Zespół | team
Status | Status | tstatus
Priorytet | Priorytet | tpriority
Kategoria | Kategoria | tcat
Typ zgłoszenia | Typ zgłoszenia | ttype
Kanał | Kanał | channel
Tagi | Tagi | tags
Data utworzenia | Data utworzenia | created
Data zamknięcia | Data zamknięcia | closed
Data rozwiązania | Data rozwiązania | resolved
Pierwsza odpowiedź | Pierwsza odpowiedź | firstresp
Termin realizacji | Termin realizacji | due
Ocena klienta | Ocena klienta | csat
Komentarz do oceny | Komentarz do oceny | csatComment
Czas obsługi | Czas obsługi | - | int
Liczba wiadomości | Liczba wiadomości | - | int
Ostatnia aktualizacja | Ostatnia aktualizacja | updated
# subiekt kontrahenci organisation pl
Symbol | Symbol | accountno
Nazwa pełna | Nazwa pełna | company
NIP | NIP | vat
Ulica i nr | Ulica i nr | street
Nr lokalu | Nr lokalu | street2
Kod | Kod | zip
Poczta | Poczta | - | city
Miejscowość | Miejscowość | city
Państwo | Państwo | country
Tel. | Tel. | phone
Tel. kom. | Tel. kom. | mobile
E-mail | E-mail | email
WWW | WWW | website
Rachunek bankowy | Rachunek bankowy | iban
Bank | Bank | - | company
Grupa | Grupa | ctype
Cecha | Cecha | tags
Forma płatności | Forma płatności | terms
Rabat | Rabat | - | rate
Uwagi | Uwagi | notes
Opiekun klienta | Opiekun klienta | owner
Data wprowadzenia | Data wprowadzenia | created
Zgoda na przetwarzanie danych | Zgoda na przetwarzanie danych | - | bool
Saldo | Saldo | - | money
# getresponse kontakty person pl
Imię i nazwisko | Imię i nazwisko | full
Adres e-mail | Adres e-mail | email
Numer telefonu | Numer telefonu | phone
Nazwa firmy | Nazwa firmy | company
Miasto | Miasto | city
Kraj | Kraj | country
Kod pocztowy | Kod pocztowy | zip
Lista | Lista | - | enum:Newsletter,Klienci
Data subskrypcji | Data subskrypcji | signup
Adres IP | Adres IP | - | ip
Punkty | Punkty | - | int
Źródło subskrypcji | Źródło subskrypcji | source
Ostatnio wysłano | Ostatnio wysłano | lastsent
Ostatnie otwarcie | Ostatnie otwarcie | lastopen
Liczba kliknięć | Liczba kliknięć | - | int
Wypisany | Wypisany | optout
Notatka | Notatka | notes
Data urodzin | Data urodzin | birthday
# bitrix leady lead pl
ID | ID | id
Nazwa leada | Nazwa leada | dname
Etap leada | Etap leada | pstatus
Imię | Imię | first
Nazwisko | Nazwisko | last
Zwrot grzecznościowy | Zwrot grzecznościowy | prefix
Nazwa firmy | Nazwa firmy | company
Stanowisko | Stanowisko | job
Telefon służbowy | Telefon służbowy | phone
Telefon komórkowy | Telefon komórkowy | mobile
Służbowy e-mail | Służbowy e-mail | email
Prywatny e-mail | Prywatny e-mail | - | email
Witryna | Witryna | website
Źródło | Źródło | source
Informacje o źródle | Informacje o źródle | - | text
Szansa - kwota | Szansa - kwota | amount
Waluta | Waluta | currency
Osoba odpowiedzialna | Osoba odpowiedzialna | owner
Komentarz | Komentarz | notes
Adres | Adres | street
Miasto | Miasto | city
Kod pocztowy | Kod pocztowy | zip
Kraj | Kraj | country
Utworzono | Utworzono | created
Utworzone przez | Utworzone przez | - | full
Zmieniono | Zmieniono | updated
UTM Source | UTM Source | - | enum:google,facebook
UTM Campaign | UTM Campaign | campaign
`;
