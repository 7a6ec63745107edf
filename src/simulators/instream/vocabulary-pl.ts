import type { Vocabulary } from './vocabulary.ts';

/** Invented; cities and streets are ordinary Polish ones, people and companies do not exist. */
export const polish: Vocabulary = {
  womenFirstNames: ['Agnieszka', 'Bożena', 'Celina', 'Dorota', 'Elżbieta', 'Grażyna', 'Halina', 'Irena', 'Jadwiga', 'Katarzyna', 'Łucja', 'Małgorzata', 'Olga', 'Róża', 'Świętosława', 'Urszula', 'Wiesława', 'Zofia', 'Żaneta'],
  menFirstNames: ['Andrzej', 'Bogusław', 'Cezary', 'Dariusz', 'Grzegorz', 'Henryk', 'Jędrzej', 'Krzysztof', 'Łukasz', 'Mieczysław', 'Paweł', 'Rafał', 'Sławomir', 'Tadeusz', 'Witold', 'Wojciech', 'Zbigniew', 'Żelisław'],
  surnames: [['Bąkowicz', 'Bąkowicz'], ['Ćwiklański', 'Ćwiklańska'], ['Dębnicki', 'Dębnicka'], ['Frączyk', 'Frączyk'], ['Gęsiński', 'Gęsińska'], ['Jeżewicz', 'Jeżewicz'], ['Kłosowski', 'Kłosowska'], ['Łabędzki', 'Łabędzka'], ['Mączyński', 'Mączyńska'], ['Niedźwiadek', 'Niedźwiadek'], ['Ostrówek', 'Ostrówek'], ['Pszczelarz', 'Pszczelarz'], ['Rzeźnik-Żak', 'Rzeźnik-Żak'], ['Sójczyński', 'Sójczyńska'], ['Śliwkowski', 'Śliwkowska'], ['Trzcinny', 'Trzcinna'], ['Wąsowicz', 'Wąsowicz'], ['Zięborak', 'Zięborak'], ['Źrebicki', 'Źrebicka'], ['Żurawiński', 'Żurawińska'], ['de Wrona', 'de Wrona'], ["O'Kruk", "O'Kruk"]],
  companyStems: ['Brzozowy Gaj', 'Czarna Łódź', 'Dąbpol', 'Gwiazdka', 'Jaskółka', 'Karpacz-Met', 'Krzemień', 'Młyn Pod Lipą', 'Nadwiślanka', 'Orzeł i Syn', 'Pstrągpol', 'Słoneczna Dolina', 'Ślimak', 'Trójkąt', 'Wędka', 'Wschód-Zachód', 'Zamczysko', 'Źródełko', 'Żabka Błotna', 'Żubrostal'],
  companyBranches: ['Budownictwo', 'Druk', 'Energia', 'Kosmetyki', 'Księgowość', 'Logistyka', 'Meble', 'Ogrody', 'Oprogramowanie', 'Piekarnie', 'Serwis', 'Szkolenia', 'Tworzywa', 'Żywność'],
  legalForms: ['sp. z o.o.', 'S.A.', 'sp. j.', 'sp. k.', 'Przedsiębiorstwo Handlowe'],
  streets: ['Długa', 'Jaśminowa', 'Kościelna', 'Łąkowa', 'Młyńska', 'Ogrodowa', 'Polna', 'Różana', 'Słowicza', 'Świerkowa', 'Źródlana', 'Żeglarska'],
  cities: [['Poznań', '61-001', 'wielkopolskie'], ['Łódź', '90-001', 'łódzkie'], ['Kraków', '30-001', 'małopolskie'], ['Gdańsk', '80-001', 'pomorskie'], ['Rzeszów', '35-001', 'podkarpackie'], ['Świdnica', '58-100', 'dolnośląskie'], ['Zielona Góra', '65-001', 'lubuskie'], ['Białystok', '15-001', 'podlaskie'], ['Warszawa', '00-001', 'mazowieckie']],
  country: 'Polska', currency: 'PLN', phonePrefix: '+48',
  jobTitles: ['Prezes Zarządu', 'Dyrektor handlowy', 'Kierownik zakupów', 'Główna księgowa', 'Specjalista ds. sprzedaży', 'Właściciel', 'Asystentka zarządu', 'Inżynier', ''],
  industries: ['budownictwo', 'handel', 'IT', 'produkcja', 'usługi', 'żywność', 'edukacja'],
  sources: ['Polecenie', 'Targi', 'Strona www', 'Zimny kontakt', 'LinkedIn', 'Kampania e-mail'],
  tags: ['VIP', 'Nowy klient', 'Żywa szansa', 'Do oddzwonienia', 'Partner', 'Umowa roczna', 'Płatnik gotówką', 'Łódź 2025', 'Nie dzwonić', 'Hurt'],
  lists: ['Klienci VIP', 'Targi Poznań 2026', 'Newsletter', 'Dostawcy - północ', 'Byli klienci', 'Szkolenia jesień', 'Zimne kontakty', 'Partnerzy handlowi'],
  listStatuses: ['Nowy', 'W kontakcie', 'Zainteresowany', 'Nieaktywny'],
  lostReasons: ['Cena', 'Konkurencja', 'Brak budżetu', 'Brak odpowiedzi'],
  pipelines: [
    { name: 'Sprzedaż główna', stages: [['Nowa szansa', 'active', '10'], ['Rozmowa', 'active', '25'], ['Oferta wysłana', 'active', '50'], ['Negocjacje', 'active', '75'], ['Wygrana', 'won', '100'], ['Przegrana', 'lost', '0']] },
    { name: 'Wdrożenia', stages: [['Analiza', 'active', ''], ['Próba', 'active', ''], ['Umowa', 'active', ''], ['Wdrożone', 'won', ''], ['Odrzucone', 'lost', '']] },
    { name: 'Odnowienia', stages: [['Do odnowienia', 'active', '60'], ['Rozmowa', 'active', '70'], ['Odnowione', 'won', '100'], ['Rezygnacja', 'lost', '0']] },
  ],
  dealSubjects: ['Dostawa mebli biurowych', 'Licencje na rok', 'Szkolenie zespołu', 'Remont hali', 'Serwis floty', 'Kampania świąteczna', 'Wdrożenie systemu', 'Opakowania - próbna partia'],
  noteSentences: ['Prosi o ofertę do piątku.', 'Zadzwonić po długim weekendzie.', 'Zainteresowany większą ilością.', 'Rozmawialiśmy o rabacie za płatność z góry.', 'Wyśle próbkę do łódzkiego oddziału.', 'Żona też prowadzi firmę, warto zapytać.', 'Spotkanie przełożone na przyszły miesiąc.', 'Budżet zatwierdzi zarząd.'],
  customFields: { text: 'Uwagi handlowe', number: 'Liczba oddziałów', currency: 'Wartość życiowa', percent: 'Rabat', date: 'Ostatnie zamówienie', single: 'Segment klienta', multi: 'Zainteresowania', boolean: 'Zgoda RODO' },
  segments: ['mała firma', 'średnia firma', 'duża firma', 'instytucja'],
  interests: ['drewno', 'metal', 'szkło', 'tworzywa', 'usługi, serwis'],
};
