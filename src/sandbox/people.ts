import { snowflakeAt } from '../shared/domain/ids.ts';
import type { Role, WorldUser } from './types.ts';

const FICTION = 'Cuenta ficticia de la red de prácticas · Fictional practice account';
const PEOPLE: readonly [username: string, name: string, role: Role, lang: 'es' | 'en'][] = [
  ['CuentaClara', 'Cuenta Clara', 'brand', 'es'],
  ['ClaraAyuda', 'Cuenta Clara · Atención', 'department', 'es'],
  ['ClaraNogueira_f', 'Clara Nogueira', 'personal', 'es'],
  ['asesoria_tilo', 'Asesoría Tilo', 'other', 'es'], ['marcos_cuentas', 'Marcos Cuentas', 'other', 'es'], ['LuciaAutonoma', 'Lucía Autónoma', 'other', 'es'],
  ['gestoria_norte', 'Gestoría Norte', 'other', 'es'], ['PabloRevisor', 'Pablo Revisor', 'other', 'es'], ['diario_ledger', 'Diario Ledger', 'other', 'es'],
  ['TaxNotes_fic', 'Tax Notes Fictional', 'other', 'en'], ['amelia_books', 'Amelia Books', 'other', 'en'], ['ledger_lane', 'Ledger Lane', 'other', 'en'],
  ['IvaYOtrasCosas', 'IVA y otras cosas', 'other', 'es'], ['nora_nominas', 'Nora Nóminas', 'other', 'es'], ['prensa_balance', 'Prensa Balance', 'other', 'es'],
  ['audit_owl', 'Audit Owl', 'other', 'en'], ['CafeContable', 'Café Contable ☕', 'other', 'es'], ['raul_pyme', 'Raúl Pyme', 'other', 'es'],
  ['invoice_iris', 'Iris Invoice', 'other', 'en'], ['opo_hacienda_f', 'Opositora a Hacienda', 'other', 'es'], ['bufete_arce', 'Bufete Arce', 'other', 'es'],
  ['quarterly_quinn', 'Quinn Quarterly', 'other', 'en'], ['sara_modelos', 'Sara y los modelos', 'other', 'es'], ['CooperativaSur', 'Cooperativa Sur', 'other', 'es'],
  ['numeros_rojos_f', 'Números Rojos', 'other', 'es'], ['vera_vat', 'Vera VAT', 'other', 'en'], ['club_amortiza', 'Club Amortiza', 'other', 'es'], ['hadi_ledger', 'هادي Ledger', 'other', 'en'],
];

/** The cast, the same for every seed; the brand comes first. */
export function cast(): WorldUser[] {
  const base = BigInt(snowflakeAt(Date.UTC(2021, 0, 4)));
  return PEOPLE.map(([username, name, role, lang], index) => ({
    id: String(base + BigInt(index * 7_919)), username, name, role, lang, bio: FICTION, verified: role === 'brand' || username === 'prensa_balance',
  }));
}
