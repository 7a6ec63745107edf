/** Invented people, companies and sentences. */
export const FIRST_NAMES = [
  'Ada', 'Boris', 'Célia', 'Dario', 'Elif', 'Finn', 'Gabriela', 'Håkon', 'Ines', 'Jonas', 'Kasia', 'Liam', 'Małgorzata', 'Noor', 'Oskar', 'Petra', 'Quentin', 'Rosa', 'Sören', 'Tereza', 'Ugo', 'Vera', 'Wojciech', 'Xenia', 'Yusuf', 'Zoë',
];
export const LAST_NAMES = [
  'Albrecht', 'Bianchi', 'Castro', 'Dvořák', 'Eriksson', 'Fontaine', 'Grzelak', 'Hofer', 'Iversen', 'Jansen', 'Kowal', 'Lindqvist', 'Marchetti', 'Nowicki', 'O’Rourke', 'Petrov', 'Quispe', 'Ruiz', 'Szabó', 'Tamm', 'Ueda', 'Varga', 'Weiss', 'Young', 'Zieliński',
];
export const COMPANIES = ['Amberfield Foods', 'Brightwater Tools', 'Cobalt & Sons', 'Dunmore Textiles', 'Eastgate Optics', 'Fernhill Dairy', 'Granite Works', 'Hazel Logistics', 'Ironbridge Print', 'Juniper Labs', 'Kestrel Marine', 'Larkspur Hotels'];
export const CITIES = ['Kraków', 'Gent', 'Porto', 'Malmö', 'Graz', 'Brno', 'Lyon', 'Turku'];
export const SUBJECTS = [
  'Invoice shows the wrong amount', 'Cannot log in after the update', 'Delivery arrived damaged', 'How do I export my orders?', 'Printer stops at page 3', 'Refund not received', 'Password reset mail never comes', 'Feature request: dark mode',
  'Würde gern das Abo kündigen', 'Problème de connexion', 'Zmiana adresu dostawy', 'App crashes on start 😞', 'Question about <b>API</b> & limits', 'Warranty claim', 'Order #100482 missing two items', 'RE: RE: FW: still waiting',
];
export const SENTENCES = [
  'Thank you for your quick answer.', 'It still does not work on my machine.', 'I have attached a screenshot of the message.', 'Could you check this on your side, please?', 'We tried it again this morning with the same result.',
  'The order number is in the subject.', 'Our accounting needs the corrected document by Friday.', 'I have passed this on to my colleagues in the warehouse.', 'Please restart the device and tell us what the display shows.',
  'A replacement leaves our warehouse today.', 'Prices < 100 € & discounts > 5 % are shown without tax.', 'Das hat leider nicht geholfen.', 'Merci beaucoup pour votre aide !', 'Dziękuję, teraz działa. 👍', 'שלום, תודה רבה', 'We will close this ticket unless we hear from you.',
];
export const TAGS = ['Billing', 'billing', 'Bug', 'Delivery', 'Feature request', 'Hardware', 'How-to', 'Login', 'Refund', 'Urgent customer', 'VIP', 'Ünvan', 'Returns & repairs', 'Spam?'];
export const FILES: readonly (readonly [name: string, mimeType: string])[] = [
  ['screenshot.png', 'image/png'], ['photo.jpg', 'image/jpeg'], ['invoice.pdf', 'application/pdf'], ['error log.txt', 'text/plain'], ['orders.csv', 'text/csv'], ['contract ąę.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['prices.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'], ['logo.png', 'image/png'], ['archive.zip', 'application/zip'], ['setup.exe', 'application/x-msdos-program'], ['macro.js', 'application/javascript'],
  ['forwarded.eml', 'message/rfc822'], ['clip.mp4', 'video/mp4'], ['run.bat', 'application/x-msdos-program'], ['diagram.svg', 'image/svg+xml'], ['no ending', 'application/octet-stream'],
];
