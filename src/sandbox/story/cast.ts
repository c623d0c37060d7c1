import type { Role } from '../types.ts';

export interface Person {
  username: string;
  name: string;
  role: Role;
  /** Language they write in. */
  lang: 'es' | 'en' | 'ca' | 'pt';
  bio: string;
  /** One or two capitals on the avatar. */
  initials: string;
  /** Index of the avatar's colour (draw/avatar.ts). */
  colour: number;
  followers: number;
  /** The brand follows them: their posts are in its home timeline. */
  followed: boolean;
  verified?: true;
}

const person = (username: string, name: string, lang: Person['lang'], initials: string, colour: number, followers: number, bio: string, more: Partial<Person> = {}): Person => ({
  username, name, role: 'other', lang, bio, initials, colour, followers, followed: true, ...more,
});
const CUSTOMER = { followed: false } as const;

/** Everybody of the practice network, the brand first. All of them are invented. */
export const CAST: readonly Person[] = [
  person('CuentaClara', 'Cuenta Clara', 'es', 'C', 0, 18_400, 'Contabilidad e impuestos contados con calma.', { role: 'brand', verified: true }),
  person('ClaraAyuda', 'Cuenta Clara · Ayuda', 'es', 'CA', 0, 2_100, 'Atención a suscriptores, de lunes a viernes.', { role: 'department' }),
  person('ClaraNogueira_f', 'Clara Nogueira', 'es', 'CN', 1, 3_900, 'Edito Cuenta Clara. Opino por mi cuenta.', { role: 'personal' }),
  person('gestoria_norte', 'Gestoría Norte', 'es', 'GN', 2, 1_240, 'Gestoría de barrio. Abrimos a las nueve y decimos que no a tiempo.'),
  person('PabloRevisor', 'Pablo Olmedo', 'es', 'PO', 3, 9_600, 'Audito. Pregunto dos veces.'),
  person('LuciaAutonoma', 'Lucía Ferrán', 'es', 'LF', 4, 820, 'Ilustradora autónoma. Aprendiendo a leer casillas.'),
  person('raul_pyme', 'Raúl Benavent', 'es', 'RB', 5, 410, 'Carpintería, nueve personas, un torno que se queja.'),
  person('nora_nominas', 'Nora Iriarte', 'es', 'NI', 6, 5_300, 'Nóminas y laboral. El convenio se lee.'),
  person('prensa_balance', 'Balance Diario', 'es', 'BD', 7, 64_000, 'Economía de la empresa pequeña.', { verified: true }),
  person('marta_fiscal', 'Marta Quiroga', 'es', 'MQ', 8, 22_500, 'Periodista. Impuestos, anexos y letra pequeña.'),
  person('opo_hacienda_f', 'Irene opositando', 'es', 'IO', 9, 1_700, 'Opositora a Hacienda. Canto temas y a veces acierto.'),
  person('IvaYOtrasCosas', 'IVA y otras cosas', 'es', 'IV', 10, 12_800, 'Un impuesto por frase.'),
  person('CafeContable', 'Café Contable ☕', 'es', 'CC', 11, 7_400, 'Pódcast de contabilidad con magdalenas.'),
  person('bufete_arce', 'Bufete Arce', 'es', 'BA', 1, 4_150, 'Derecho tributario y mercantil.'),
  person('sara_modelos', 'Sara Villalba', 'es', 'SV', 4, 2_900, 'Asesora. Tengo modelos favoritos y lo reconozco.'),
  person('CooperativaSur', 'Cooperativa Sur', 'es', 'CS', 2, 1_050, 'Once socios, una asamblea y mucho aceite.'),
  person('numeros_rojos_f', 'Números Rojos', 'es', 'NR', 3, 15_200, 'Finanzas con retraso.'),
  person('club_amortiza', 'Club Amortiza', 'es', 'AM', 9, 960, 'Club de lectura de libros de cuentas. Jueves.'),
  person('asesoria_tilo', 'Asesoría Tilo', 'es', 'AT', 6, 1_380, 'Asesoramos a gente que madruga.'),
  person('tomas_facturas', 'Tomás Rey', 'es', 'TR', 5, 2_250, 'Enseño Factura Serena, un programa que no existe.'),
  person('elena_libros', 'Elena Duarte', 'es', 'ED', 8, 1_620, 'Librera. Inventario, devoluciones y poesía.'),
  person('profe_contable', 'Profe Andrade', 'es', 'PA', 10, 3_480, 'Doy contabilidad en FP. La panadera Remedios es mía.'),
  person('javi_reparto', 'Javi Montoya', 'es', 'JM', 11, 260, 'Fontanero. Oficina: una furgoneta.'),
  person('nuria_cat', 'Núria Pascual', 'ca', 'NP', 7, 740, 'Despatx petit, cafè llarg.'),
  person('ze_contas', 'Zé Contas', 'pt', 'ZC', 5, 690, 'Contabilista. Dos dois lados da fronteira.'),
  person('hadi_ledger', 'هادي Ledger', 'en', 'HL', 6, 1_150, 'Month-end in three languages.'),
  person('TaxNotes_fic', 'Tax Notes Fictional', 'en', 'TN', 7, 41_000, 'Tax news for small firms.', { verified: true }),
  person('amelia_books', 'Amelia Whitlock', 'en', 'AW', 4, 3_100, 'Bookkeeper, Shropshire. Kettle always on.'),
  person('ledger_lane', 'Ledger Lane', 'en', 'LL', 2, 1_900, 'Bookkeeping for Main Street. Office hours 9 to 4 Central.'),
  person('audit_owl', 'Audit Owl', 'en', 'AO', 3, 11_700, 'Nocturnal. Evidence-based.'),
  person('invoice_iris', 'Iris Calloway', 'en', 'IC', 8, 1_480, 'Designer. Sends invoices, hopes.'),
  person('quarterly_quinn', 'Quinn Abara', 'en', 'QA', 9, 6_200, 'Tax preparer. Four seasons, all of them deadlines.'),
  person('vera_vat', 'Vera Lindqvist', 'en', 'VL', 1, 4_700, 'Cross-border VAT. Keep your proof of transport.'),
  person('pip_payroll', 'Pip Hargreaves', 'en', 'PH', 11, 2_600, 'Payroll, Leeds. Cake accepted.'),
  person('newsdesk_vat', 'Priya Raman', 'en', 'PR', 10, 17_300, 'Reporter. Tax, trade, footnotes.'),
  person('dot_software', 'Dot from Tallyfox', 'en', 'DT', 5, 5_050, 'Product person at an invented ledger app.'),
  person('grant_cpa', 'Grant Okafor', 'en', 'GO', 2, 530, 'CPA candidate. Flashcards everywhere.'),
  person('marlow_cafe', 'Marlow & Daughters', 'en', 'MD', 8, 880, 'Café. Scones, margins.', CUSTOMER),
  person('expat_ellie', 'Ellie Tran', 'en', 'ET', 9, 640, 'Translator, new in Valencia.', CUSTOMER),
  person('berta_hilos', 'Berta Salgado', 'es', 'BS', 10, 310, 'Mercería Salgado: hilos, botones y paciencia.', CUSTOMER),
  person('martin_olmo', 'Martín del Olmo', 'es', 'MO', 6, 190, 'Llevo los números de una clínica dental.', CUSTOMER),
  person('yago_pixel', 'Yago Soto', 'es', 'YS', 5, 1_320, 'Programo por cuenta propia.', CUSTOMER),
  person('rosa_taxi', 'Rosa Cifuentes', 'es', 'RC', 4, 270, 'Taxi de noche, cuentas de día.', CUSTOMER),
  person('ainhoa_bar', 'Ainhoa Goñi', 'es', 'AG', 3, 350, 'Bar Goñi. Menú del día y cierre de caja.', CUSTOMER),
];
