import type { Theme } from '../../../../shared/domain/template.ts';

/** An item of the practice publisher, in both languages: words, where it lies on its site, days since it was published. */
export interface PracticeItem {
  theme: Theme;
  tier: 'free' | 'premium' | 'status';
  path: string;
  age: number;
  title: { es: string; en: string };
  text?: { es: string; en: string };
}
type Line = [path: string, age: number, es: string, en: string, textEs?: string, textEn?: string];
const of = (theme: Theme, tier: PracticeItem['tier'], folder: string, lines: readonly Line[]): PracticeItem[] => lines.map(([path, age, es, en, textEs, textEn]) => ({
  theme, tier, path: `${folder}/${path}`, age, title: { es, en }, ...(textEs !== undefined && textEn !== undefined ? { text: { es: textEs, en: textEn } } : {}),
}));

/** What the practice account's library begins with; all of it is invented, as its network is, in which some of it was shared already. */
export const PRACTICE_ITEMS: readonly PracticeItem[] = [
  ...of('research', 'free', 'resenas', [
    ['pymes-74-dias', 3, 'Estudio: las pymes tardan 74 días en cobrar', 'Study: small firms wait 74 days to be paid', 'Setenta y cuatro días de media para cobrar una factura. El estudio dice también quién cobra antes, y no es el que más insiste.', 'Seventy-four days on average to get an invoice paid. The study also says who is paid sooner, and it is not whoever insists most.'],
    ['deuda-y-crecimiento', 9, 'Reseña: deuda y crecimiento en 1.200 pymes', 'Review: debt and growth in 1,200 small firms'],
    ['contabilidad-creativa', 16, 'La contabilidad creativa, medida', 'Creative accounting, measured', '¿Se puede medir cuánto maquillaje lleva un balance? Tres investigadoras lo han intentado con dos mil cuentas.', 'Can you measure how much make-up a balance sheet wears? Three researchers tried it with two thousand sets of accounts.'],
    ['digitalizacion-productividad', 24, 'Reseña: digitalización y productividad en el despacho', 'Review: going digital and productivity in the practice'],
    ['morosidad-evidencia', 31, 'Morosidad: qué dice la evidencia', 'Late payment: what the evidence says'],
    ['coste-de-cumplir', 38, 'Lo que cuesta cumplir: nuevo estudio por tamaños', 'What compliance costs: a new study by size'],
    ['auditoria-y-tamano', 47, 'Reseña: auditoría y tamaño de la empresa', 'Review: auditing and company size'],
    ['valor-razonable', 58, 'El valor razonable en la práctica', 'Fair value in practice'],
    ['empresa-familiar-relevo', 66, 'Reseña: empresa familiar y relevo', 'Review: family firms and succession'],
    ['fiscalidad-verde', 79, 'Fiscalidad verde: primeros datos', 'Green taxes: the first figures'],
    ['umbrales-de-auditoria', 90, 'Crecer hasta el umbral: empresas que se quedan a un empleado', 'Growing up to the threshold: firms that stop one employee short'],
    ['inspeccion-y-azar', 104, 'Inspecciones al azar: qué aprende quien las recibe', 'Random inspections: what those inspected learn'],
  ]),
  ...of('articles', 'free', 'articulos', [
    ['cierre-lista-20', 2, 'Cierre contable: lista de 20 puntos', 'Closing the books: a list of 20 points', 'Veinte comprobaciones antes de cerrar el año. La 14 ahorra más disgustos que las otras diecinueve juntas.', 'Twenty checks before you close the year. Number 14 saves more trouble than the other nineteen together.'],
    ['factura-electronica-empezar', 6, 'Factura electrónica: por dónde empezar', 'E-invoicing: where to begin'],
    ['invoice-to-germany', 11, 'IVA en facturas intracomunitarias: 7 dudas', 'VAT on invoices within the EU: 7 questions'],
    ['amortizar-por-meses', 15, 'Amortización acelerada: guía breve', 'Accelerated depreciation: a short guide', 'Amortizar antes no es pagar menos: es pagar después. Cuándo compensa, con tres máquinas de ejemplo.', 'Depreciating sooner is not paying less but paying later. When it is worth it, with three machines as examples.'],
    ['balance-diez-minutos', 20, 'Cómo leer un balance en diez minutos', 'How to read a balance sheet in ten minutes'],
    ['leer-el-extracto', 27, 'Conciliación bancaria paso a paso', 'Bank reconciliation step by step'],
    ['retenciones-diciembre', 5, 'Retenciones de diciembre: lo que cambia', 'December withholdings: what changes'],
    ['coche-y-autonomo', 35, 'Gastos deducibles con coche propio', 'Deductible costs of your own car'],
    ['prorrata-sin-dolor', 44, 'La prorrata del IVA sin dolor', 'Partial VAT exemption without tears', 'Prorrata: la palabra asusta más que la cuenta. Un bar que también alquila un piso lo explica mejor que la ley.', 'The word scares more than the sum. A bar that also lets a flat explains it better than the law does.'],
    ['errores-anticipos', 52, 'Errores al contabilizar anticipos', 'Mistakes in booking advances'],
    ['plazos-303', 61, 'Plazos del modelo 303 explicados', 'The quarterly VAT return and its dates'],
    ['nomina-extra', 73, 'La paga extra, prorrateada o entera', 'The extra pay, spread or in one go'],
  ]),
  ...of('news', 'free', 'noticias', [
    ['exencion-iva-debate', 0, 'El Congreso debate una nueva exención del IVA', 'Parliament debates a new VAT exemption'],
    ['criterio-dilaciones', 0, 'Un tribunal fija criterio sobre dilaciones', 'A court settles what counts as delay', 'Cuánto puede tardar una inspección y quién responde de la demora. El criterio nuevo, en cuatro párrafos.', 'How long an inspection may take and who answers for the delay. The new line, in four paragraphs.'],
    ['calendario-diciembre', 1, 'Calendario del contribuyente: diciembre', 'The taxpayer’s calendar: December'],
    ['otra-prorroga', 1, 'Opinión: otra prórroga más', 'Opinion: one more extension'],
    ['retraso-paquete-iva', 2, 'Bruselas retrasa el paquete del IVA', 'Brussels puts off the VAT package'],
    ['consulta-dietas', 2, 'Consulta vinculante sobre dietas', 'A binding answer on subsistence costs'],
    ['pyme-no-es-pequena', 3, 'Opinión: la pyme no es una gran empresa pequeña', 'Opinion: a small firm is no little big one', 'Pedirle a un taller los papeles de una multinacional no es rigor. Es no haber estado en un taller.', 'Asking a workshop for a multinational’s paperwork is not rigour. It is never having been in a workshop.'],
    ['registro-horario', 4, 'Registro horario: llega el borrador', 'Working-time records: the draft is here'],
    ['tipos-de-interes', 5, 'El interés de demora no cambia en enero', 'Interest on late payment stays as it is in January'],
    ['censo-unico', 6, 'El censo único se estrena con colas', 'The single register opens with queues'],
    ['opinion-plazos', 7, 'Opinión: los plazos también son derechos', 'Opinion: deadlines are rights too'],
    ['ayudas-digitales', 8, 'Ayudas digitales: segunda convocatoria', 'Digital grants: the second call'],
  ]),
  ...of('premium', 'premium', 'premium', [
    ['cierre-en-nueve-tardes', 4, 'Guía completa del cierre fiscal', 'The complete guide to the tax year end', 'El cierre en nueve tardes, con los asientos de cada una. Para suscriptores.', 'The year end in nine afternoons, with the entries of each. For subscribers.'],
    ['cuadro-amortizaciones', 10, 'Plantilla: cuadro de amortizaciones', 'Template: a depreciation table'],
    ['informe-inspecciones', 14, 'Informe: por dónde irán las inspecciones', 'Report: where inspections will look'],
    ['operaciones-vinculadas', 19, 'Dosier de operaciones vinculadas', 'A file on related-party dealings'],
    ['consolidacion-desde-cero', 26, 'Vídeo: consolidación desde cero', 'Video: consolidation from scratch'],
    ['cuadro-de-retenciones', 33, 'Memento de retenciones', 'A handbook of withholdings', 'Cada renta con su tipo y cada tipo con su excepción, en una hoja que cabe junto a la impresora.', 'Each income with its rate and each rate with its exception, on a sheet that fits beside the printer.'],
    ['fusion-inversa', 40, 'Caso práctico: fusión inversa', 'A worked case: reverse merger'],
    ['prorrata-especial', 51, 'Calculadora de prorrata especial', 'A calculator for special partial exemption'],
    ['modelo-200-ajustes', 62, 'Modelo 200: los 30 ajustes', 'Corporation tax: the 30 adjustments'],
    ['due-diligence', 75, 'Due diligence: lista completa', 'Due diligence: the whole list'],
    ['socio-trabajador', 88, 'Socio que trabaja en su sociedad: consulta a fondo', 'A partner on the payroll: an answer in depth'],
    ['clausulas-renting', 99, 'Doce cláusulas de renting, comentadas', 'Twelve leasing clauses, annotated'],
  ]),
  ...of('house', 'premium', 'premium', [
    ['curso-niif-16', 8, 'Curso: NIIF 16 en tres horas', 'Course: IFRS 16 in three hours'],
    ['suscripcion-despachos', 22, 'Suscripción para despachos: cinco puestos', 'A subscription for practices: five seats'],
    ['jornada-cierre', 12, 'Jornada del cierre: programa y plazas', 'Year-end day: programme and places', 'Un día entero con el cierre y con quien lo hace todos los años. Quedan pocas plazas.', 'A whole day on the year end with those who do it every year. Few places are left.'],
    ['coleccion-casos', 45, 'Casos resueltos: la colección entera', 'Solved cases: the whole collection'],
    ['simulador-de-cuota', 57, 'Simulador de cuotas y retenciones', 'A simulator of dues and withholdings'],
    ['revista-anual', 70, 'La revista en papel, un año', 'The magazine on paper for a year'],
  ]),
  ...of('house', 'status', 'hoy', [
    ['consultorio', 0, 'Empieza el consultorio en directo', 'The live consulting hour begins', 'Abrimos el consultorio en directo. Pregunta por aquí y te leemos.', 'The live consulting hour is open. Ask here and we will read you.'],
    ['numero-diciembre', 0, 'Ya está el número de diciembre', 'The December issue is out'],
    ['ultima-llamada-jornada', 1, 'Última llamada: jornada del cierre', 'Last call: year-end day'],
    ['encuesta-facturas', 1, 'Encuesta: ¿facturas ya en electrónico?', 'Poll: are your invoices electronic yet?'],
    ['nueva-busqueda', 2, 'El buscador de la web, renovado', 'The site has a new search'],
    ['horario-fiestas', 2, 'Horario de atención en fiestas', 'Opening hours over the holidays'],
  ]),
];
